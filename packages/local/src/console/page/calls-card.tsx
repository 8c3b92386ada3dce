import { useState } from 'preact/hooks';
import type { ViewProps } from './app.tsx';
import { CodeBlock } from './code-block.tsx';
import { Copy } from './copy.tsx';
import type { CallRecord } from './state.ts';
import type { Wire } from './wire.ts';

/** The request and the answer behind each step, to be repeated from a shell. */
export function CallsCard({ client, state }: ViewProps) {
  const [all, setAll] = useState(false);
  const calls = state.calls.filter((call) => all || !call.automatic);
  return (
    <section class="card" aria-labelledby="calls-title">
      <header>
        <h2 id="calls-title">
          <span class="who">Behind each step</span>Requests and answers
        </h2>
        <label class="check">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
          Show what the page reads by itself
        </label>
      </header>
      {calls.length === 0 ? (
        <p class="empty">
          Whatever you do on this page is one call of the API. It will stand here with its answer, and as a
          signed curl command to copy.
        </p>
      ) : (
        <ol class="calls">
          {calls.map((call) => (
            <Call key={call.id} call={call} wire={client.wire} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Call({ call, wire }: { readonly call: CallRecord; readonly wire: Wire }) {
  const { pathname, search } = new URL(call.request.url);
  return (
    <li>
      <details>
        <summary>
          <span class={call.status < 400 ? 'pill good' : 'pill bad'}>{call.status}</span>
          <b>
            {call.label}
            {call.times > 1 ? `, ${call.times} times` : ''}
          </b>
          <code>
            {call.request.method} {pathname}
            {search}
          </code>
        </summary>
        <div class="call">
          <Pane title={call.signed ? 'Request, signed' : 'Request'} text={call.curl}>
            <Copy label={call.signed ? 'Copy, signed now' : 'Copy'} read={() => wire.freshCurl(call)} />
          </Pane>
          <Pane title={`Answer ${call.status}`} text={pretty(call.body)}>
            <Copy label="Copy" read={async () => pretty(call.body)} />
          </Pane>
        </div>
        {call.signed && (
          <p class="quiet">
            A signature holds for five minutes. “Copy, signed now” signs the same request anew.
          </p>
        )}
      </details>
    </li>
  );
}

function Pane(props: {
  readonly title: string;
  readonly text: string;
  readonly children: preact.ComponentChildren;
}) {
  return (
    <div class="pane">
      <div class="pane-head">
        <h3>{props.title}</h3>
        {props.children}
      </div>
      <CodeBlock text={props.text} />
    </div>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
