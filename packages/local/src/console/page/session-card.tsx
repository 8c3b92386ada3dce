import type { ViewProps } from './app.tsx';
import { momentLabel, zoneLabel } from './moments.ts';
import { SessionForm } from './session-form.tsx';
import { isWriting, selectedSession } from './state.ts';
import { classWords, phoneWords } from './words.ts';

/** What the clinic's software does: post a session, amend it, cancel it. */
export function SessionCard(props: ViewProps) {
  const { client, state } = props;
  const { setup, composing, sessions, selectedId } = state;
  if (setup === undefined || !state.ready) return <section class="card" aria-busy="true" />;
  if (!setup.ownTable) return <SessionById {...props} />;
  const writing = isWriting(state);
  return (
    <section class="card" aria-labelledby="session-title">
      <header>
        <h2 id="session-title">
          <span class="who">Clinic’s software</span>
          {writing ? (composing?.mode === 'amend' ? 'Amend session' : 'Post a session') : 'Session'}
        </h2>
        {!writing && setup.emulated && (
          <button
            type="button"
            onClick={() => client.store.set({ composing: { mode: 'new' }, problem: undefined })}
          >
            New session
          </button>
        )}
      </header>
      {writing ? (
        <SessionForm {...props} />
      ) : (
        <>
          <label class="field">
            <span class="unseen">Session shown</span>
            <select value={selectedId} onChange={(event) => client.select(event.currentTarget.value)}>
              {sessions.map((session) => (
                <option key={session.sessionId} value={session.sessionId}>
                  {session.firstName} · {session.sessionId}
                  {session.status === 'cancelled' ? ' (cancelled)' : ''}
                </option>
              ))}
            </select>
          </label>
          <Summary {...props} />
        </>
      )}
    </section>
  );
}

function Summary({ client, state }: ViewProps) {
  const { detail, timeline } = state;
  const session = selectedSession(state);
  if (session === undefined) return null;
  const treatment = detail?.request.treatment;
  const mayChange = timeline?.status === 'active' && state.setup?.emulated === true;
  return (
    <>
      <dl class="facts">
        <Fact name="Patient">
          {session.firstName}, {phoneWords(session.phone)},{' '}
          {session.language === 'es' ? 'Spanish' : 'English'}
        </Fact>
        <Fact name="Ended">
          {momentLabel(session.endedAt, session.timeZone)}, {zoneLabel(session.timeZone)}
        </Fact>
        {treatment !== undefined && (
          <Fact name="Treatment">
            {treatment.device ?? 'unknown device'}, {[treatment.needleDepthMm].flat().join(' + ')} mm,{' '}
            {treatment.areas.join(', ')}
          </Fact>
        )}
        {timeline !== undefined && (
          <Fact name="Rules">
            {classWords[timeline.protocol.class] ?? timeline.protocol.class} ({timeline.protocol.id} v
            {timeline.protocol.version}, revision {timeline.revision})
          </Fact>
        )}
      </dl>
      {timeline !== undefined && timeline.warnings.length > 0 && (
        <details class="warnings">
          <summary>
            {timeline.warnings.length} {timeline.warnings.length === 1 ? 'warning' : 'warnings'} for the
            clinic
          </summary>
          <ul>
            {timeline.warnings.map((warning) => (
              <li key={warning.code}>{warning.message}</li>
            ))}
          </ul>
        </details>
      )}
      {mayChange && (
        <div class="actions">
          <button
            type="button"
            onClick={() =>
              client.store.set({
                composing: { mode: 'amend', sessionId: session.sessionId },
                problem: undefined,
              })
            }
          >
            Amend
          </button>
          <button type="button" class="danger" onClick={() => client.cancelSession(session.sessionId)}>
            Cancel session
          </button>
        </div>
      )}
    </>
  );
}

function Fact(props: { readonly name: string; readonly children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

/** A deployed system does not list its sessions: they are looked up by id. */
function SessionById({ client, state }: ViewProps) {
  return (
    <section class="card" aria-labelledby="session-title">
      <header>
        <h2 id="session-title">
          <span class="who">Clinic’s software</span>Session
        </h2>
      </header>
      <form
        class="inline"
        onSubmit={(event) => {
          event.preventDefault();
          const id = new FormData(event.currentTarget).get('sessionId');
          if (typeof id === 'string' && id !== '') client.select(id);
        }}
      >
        <label class="field">
          Session id
          <input name="sessionId" defaultValue={state.selectedId ?? ''} required />
        </label>
        <button type="submit" class="main">
          Read
        </button>
      </form>
    </section>
  );
}
