import type { ComponentChildren } from 'preact';
import { CodeBlock } from './code-block.tsx';
import { Copy } from './copy.tsx';
import {
  type Call,
  type Content,
  exampleOf,
  kindOf,
  type OpenApi,
  type Operation,
  type Schema,
  schemaOf,
} from './open-api.ts';

type Props = { readonly api: OpenApi; readonly call: Call; readonly children?: ComponentChildren };

/** One call: what it takes, what it answers, and every error with an example. */
export function OperationView({ api, call, children }: Props) {
  const { method, path, operation } = call;
  const answers = Object.entries(operation.responses);
  const parameters = operation.parameters ?? [];
  return (
    <article class="card operation" id={operation.operationId}>
      <h2>{operation.summary}</h2>
      <p class="path">
        <span class="method" data-method={method}>
          {method}
        </span>
        <code>{path}</code>
        {operation.security?.length === 0 && <span class="pill">not signed</span>}
      </p>
      {operation.description !== undefined && <p>{operation.description}</p>}
      {children}
      {parameters.length > 0 && <Parameters parameters={parameters} />}
      {operation.requestBody !== undefined && (
        <>
          <h3>Body</h3>
          <Body api={api} content={operation.requestBody.content} />
        </>
      )}
      <h3>Answers</h3>
      {answers.map(([status, answer], index) => (
        <details key={status} open={index === 0} class="answer">
          <summary>
            <span class={status < '300' ? 'pill good' : 'pill warn'}>{status}</span> {answer.description}
          </summary>
          {answer.content !== undefined && <Body api={api} content={answer.content} />}
        </details>
      ))}
    </article>
  );
}

function Parameters({ parameters }: { readonly parameters: NonNullable<Operation['parameters']> }) {
  return (
    <>
      <h3>Parameters</h3>
      <dl class="rows">
        {parameters.map((parameter) => (
          <div key={parameter.name}>
            <dt>
              <code>{parameter.name}</code> <small>{parameter.in}</small>
            </dt>
            <dd>
              {parameter.schema === undefined ? '' : kindOf(parameter.schema)}{' '}
              {parameter.description ?? parameter.schema?.description}
              {parameter.required !== true && <small> optional</small>}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Body({ api, content }: { readonly api: OpenApi; readonly content: Content }) {
  return (
    <>
      {Object.entries(content).map(([type, media]) => (
        <div key={type} class="body">
          {media.schema !== undefined && <Shape api={api} schema={media.schema} />}
          {Object.entries(media.examples ?? {}).map(([name, example]) => {
            const { summary, value } = exampleOf(api, example);
            const text = JSON.stringify(value, undefined, 2);
            return (
              <div class="pane" key={name}>
                <div class="pane-head">
                  <h4>{summary ?? `Example, ${type}`}</h4>
                  <Copy label="Copy" read={async () => text} />
                </div>
                <CodeBlock text={text} />
              </div>
            );
          })}
        </div>
      ))}
    </>
  );
}

function Shape({ api, schema }: { readonly api: OpenApi; readonly schema: Schema }) {
  const name = schema.$ref === undefined ? undefined : kindOf(schema);
  if (name === 'Problem') return null;
  return (
    <details class="shape">
      <summary>Fields{name === undefined ? '' : ` of ${name}`}</summary>
      <Fields api={api} schema={schemaOf(api, schema)} />
    </details>
  );
}

/** A named shape; other shapes link to it by its name. */
export function SchemaCard({ api, name }: { readonly api: OpenApi; readonly name: string }) {
  const schema = api.components.schemas[name];
  if (schema === undefined) return null;
  return (
    <article class="card operation" id={`shape-${name}`}>
      <h2>{name}</h2>
      {schema.description !== undefined && <p>{schema.description}</p>}
      <Fields api={api} schema={schema} />
    </article>
  );
}

function Fields({ api, schema }: { readonly api: OpenApi; readonly schema: Schema }) {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return <p class="quiet">{kindOf(schema)}</p>;
  return (
    <dl class="rows">
      {fields.map(([name, field]) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>
            <Kind api={api} schema={field} />
            {schema.required?.includes(name) !== true && <small> optional</small>}
            {field.description !== undefined && <p>{field.description}</p>}
            {field.pattern !== undefined && field.enum === undefined && (
              <p>
                <code>{field.pattern}</code>
              </p>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Kind({ api, schema }: { readonly api: OpenApi; readonly schema: Schema }) {
  const words = kindOf(schema);
  const named = words.replace(/^list of /, '').split(',')[0] ?? '';
  if (!(named in api.components.schemas)) return <span>{words}</span>;
  return <a href={`#shape-${named}`}>{words}</a>;
}
