import { useState } from 'preact/hooks';
import { CodeBlock } from './code-block.tsx';
import { Copy } from './copy.tsx';
import { Markdown } from './markdown.tsx';
import { callsOf, type OpenApi } from './open-api.ts';
import { OperationView, SchemaCard } from './operation-view.tsx';

export type Samples = Readonly<Record<string, string>>;

/** The whole API on one page: calls, answers, errors, events, shapes, and how to sign. */
export function ReferencePage({ api, samples }: { readonly api: OpenApi; readonly samples: Samples }) {
  return (
    <>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <header class="top">
        <div class="brand">
          <img src="/console/icon.svg" alt="" width="26" height="26" />
          <span>Aftercare</span>
        </div>
        <nav aria-label="Pages">
          <a href="/#/">Walk-through</a>
          <a href="/#/day">Clinic’s day</a>
          <a href="/docs" aria-current="page">
            API
          </a>
        </nav>
        <a class="raw" href="/docs/openapi.json">
          OpenAPI 3.1
        </a>
      </header>
      <div class="reference">
        <Contents api={api} />
        <main id="content" tabIndex={-1}>
          <section class="card">
            <h1>API reference</h1>
            <p class="lead">{api.info.summary}</p>
            <Markdown text={api.info.description} />
          </section>
          <Signing samples={samples} />
          {api.tags.map((tag) => (
            <section key={tag.name} id={tag.name.replaceAll(' ', '-')} aria-label={tag.name}>
              {tag.name === 'events' ? (
                <Events api={api} />
              ) : (
                callsOf(api, tag.name).map((call) => (
                  <OperationView key={call.operation.operationId} api={api} call={call} />
                ))
              )}
            </section>
          ))}
          <section id="shapes" aria-label="Shapes">
            {Object.keys(api.components.schemas).map((name) => (
              <SchemaCard key={name} api={api} name={name} />
            ))}
          </section>
        </main>
      </div>
    </>
  );
}

function Contents({ api }: { readonly api: OpenApi }) {
  return (
    <nav class="contents" aria-label="Contents">
      <a href="#signing">Signing</a>
      {api.tags.map((tag) => (
        <div key={tag.name}>
          <a class="tag" href={`#${tag.name.replaceAll(' ', '-')}`}>
            {tag.name}
          </a>
          {callsOf(api, tag.name).map(({ method, operation }) => (
            <a key={operation.operationId} href={`#${operation.operationId}`}>
              <span class="method" data-method={method}>
                {method}
              </span>
              {operation.summary}
            </a>
          ))}
        </div>
      ))}
      <a class="tag" href="#shapes">
        shapes
      </a>
    </nav>
  );
}

const languages = [
  ['sign.sh', 'curl'],
  ['sign.ts', 'TypeScript'],
  ['sign.py', 'Python'],
  ['Sign.cs', 'C#'],
] as const;

function Signing({ samples }: { readonly samples: Samples }) {
  const [file, setFile] = useState<string>(languages[0][0]);
  const text = samples[file] ?? '';
  return (
    <section class="card" id="signing" aria-labelledby="signing-title">
      <h2 id="signing-title">Signing</h2>
      <Markdown text={(samples['README.md'] ?? '').replace(/^# .*\n/, '')} />
      <div class="pane-head">
        <fieldset class="switch" aria-label="Language">
          {languages.map(([name, words]) => (
            <button type="button" key={name} aria-pressed={file === name} onClick={() => setFile(name)}>
              {words}
            </button>
          ))}
        </fieldset>
        <Copy label="Copy" read={async () => text} />
      </div>
      <CodeBlock text={text} />
    </section>
  );
}

/** All events have one shape: it stands once, under the list of their names. */
function Events({ api }: { readonly api: OpenApi }) {
  const types = Object.keys(api.webhooks);
  const [first] = types;
  const operation = first === undefined ? undefined : api.webhooks[first]?.post;
  if (operation === undefined) return null;
  const shared = { ...operation, operationId: 'events', summary: 'Events to the clinic’s webhook' };
  return (
    <OperationView api={api} call={{ method: 'POST', path: 'your webhook address', operation: shared }}>
      <ul class="names">
        {types.map((type) => (
          <li key={type}>
            <code>{type}</code>
          </li>
        ))}
      </ul>
    </OperationView>
  );
}
