import { instantFromEpochMs } from '@aftercare/time/instant';
import { useState } from 'preact/hooks';
import type { ViewProps } from './app.tsx';
import { freeNumber, type SessionDraft, samples } from './samples.ts';
import { SessionFields } from './session-fields.tsx';

/** One session, as a form or as the JSON that is posted; both write the same draft. */
export function SessionForm({ client, state }: ViewProps) {
  const { composing, problem } = state;
  const [draft, setDraft] = useState<SessionDraft>(() => firstDraft(state));
  const [json, setJson] = useState<string>();
  const [fault, setFault] = useState<string>();
  const asJson = json !== undefined;

  const show = (next: SessionDraft): void => {
    setDraft(next);
    setFault(undefined);
    if (asJson) setJson(pretty(next));
  };
  const readJson = (): SessionDraft | undefined => {
    const read = draftOf(json ?? '');
    if (read === undefined)
      setFault('This is not a session in JSON: it needs sessionId, patient and treatment.');
    return read;
  };
  const toForm = (): void => {
    const read = asJson ? readJson() : undefined;
    if (read === undefined) return;
    setDraft(read);
    setJson(undefined);
    setFault(undefined);
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const session = asJson ? readJson() : draft;
    if (session !== undefined) await client.submit(session);
  };
  return (
    <form class="session-form" onSubmit={submit}>
      {composing?.mode !== 'amend' && <Samples state={state} onPick={show} />}
      <View asJson={asJson} onForm={toForm} onJson={() => setJson(json ?? pretty(draft))} />
      {asJson ? (
        <label class="field">
          <span class="unseen">The session in JSON</span>
          <textarea
            class="code"
            rows={18}
            spellcheck={false}
            value={json}
            onInput={(event) => setJson(event.currentTarget.value)}
          />
        </label>
      ) : (
        <SessionFields draft={draft} errors={problem?.errors ?? []} onChange={setDraft} />
      )}
      <Faults fault={fault} state={state} />
      <div class="actions">
        <button type="submit" class="main" disabled={state.busy !== undefined}>
          {composing?.mode === 'amend' ? 'Amend session' : 'Post session'}
        </button>
        {composing !== undefined && state.sessions.length > 0 && (
          <button
            type="button"
            onClick={() => client.store.set({ composing: undefined, problem: undefined })}
          >
            Back
          </button>
        )}
      </div>
    </form>
  );
}

function View(props: { readonly asJson: boolean; readonly onForm: () => void; readonly onJson: () => void }) {
  return (
    <fieldset class="switch" aria-label="View">
      <button type="button" aria-pressed={!props.asJson} onClick={props.onForm}>
        Form
      </button>
      <button type="button" aria-pressed={props.asJson} onClick={props.onJson}>
        JSON
      </button>
    </fieldset>
  );
}

function Samples(props: {
  readonly state: ViewProps['state'];
  readonly onPick: (draft: SessionDraft) => void;
}) {
  const { state, onPick } = props;
  return (
    <fieldset class="samples" aria-label="Samples">
      <span class="lead">
        {state.sessions.length === 0
          ? 'Start here: pick a sample, post it, then press “Next event” and watch the phone.'
          : 'Samples'}
      </span>
      <div class="chips">
        {samples.map((sample) => (
          <button
            type="button"
            key={sample.name}
            title={sample.hint}
            onClick={() => onPick(sample.of(nowOf(state), numberOf(state)))}
          >
            {sample.name}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function Faults({
  fault,
  state,
}: {
  readonly fault: string | undefined;
  readonly state: ViewProps['state'];
}) {
  const { problem } = state;
  if (fault !== undefined) {
    return (
      <p class="notice bad" role="alert">
        {fault}
      </p>
    );
  }
  if (problem === undefined) return null;
  return (
    <div class="notice bad" role="alert">
      <b>{problem.title}.</b>
      {problem.errors === undefined ? (
        ` ${problem.detail}`
      ) : (
        <ul>
          {problem.errors.map((error) => (
            <li key={error.path + error.message}>
              <code>{error.path === '' ? 'body' : error.path}</code> {error.message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const nowOf = (state: ViewProps['state']) =>
  instantFromEpochMs(Math.floor((Date.now() + state.leadMs) / 60_000) * 60_000);

const numberOf = (state: ViewProps['state']): number =>
  freeNumber(
    nowOf(state),
    state.sessions.map((session) => session.sessionId),
  );

function firstDraft(state: ViewProps['state']): SessionDraft {
  if (state.composing?.mode === 'amend' && state.detail !== undefined) return state.detail.request;
  const [first] = samples;
  if (first === undefined) throw new Error('there is a sample');
  return first.of(nowOf(state), numberOf(state));
}

const pretty = (draft: SessionDraft): string => JSON.stringify(draft, undefined, 2);

/** The draft in a JSON text, as far as the form can show it; the API checks the rest. */
function draftOf(text: string): SessionDraft | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isDraft(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isDraft(value: unknown): value is SessionDraft {
  return (
    isObject(value) &&
    typeof value.sessionId === 'string' &&
    isObject(value.patient) &&
    isObject(value.patient.consent) &&
    isObject(value.treatment) &&
    Array.isArray(value.treatment.areas)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
