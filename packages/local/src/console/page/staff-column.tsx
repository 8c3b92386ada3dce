import type { AlertAnswer } from '@aftercare/contract/alert';
import { useState } from 'preact/hooks';
import { AlertCard } from './alert-card.tsx';
import type { ViewProps } from './app.tsx';
import { Composer } from './composer.tsx';
import { useNowMs } from './hooks.ts';
import { momentLabel, roughLabel } from './moments.ts';
import { Thread, textsOf } from './phone-card.tsx';
import { phoneWords, plainWords, roleWords, taskWords } from './words.ts';

/** What the clinic's people have before them: alerts, the work list, the on-call phone. */
export function StaffColumn(props: ViewProps) {
  return (
    <>
      <AlertsCard {...props} />
      <WorkCard {...props} />
      {props.state.setup?.emulated === true && <OnCallCard {...props} />}
    </>
  );
}

function AlertsCard(props: ViewProps) {
  const { state } = props;
  const nowMs = useNowMs(state.leadMs);
  const closed = state.alerts.filter((alert) => alert.status === 'done');
  const waiting = state.alerts.filter((alert) => alert.status !== 'done').sort(byUrgency);
  return (
    <section class="card alerts" aria-labelledby="alerts-title">
      <header>
        <h2 id="alerts-title">
          <span class="who">Clinic’s staff</span>Alerts
        </h2>
        <Person {...props} />
      </header>
      <div aria-live="polite">
        {waiting.length === 0 && (
          <p class="empty">
            No open alert. A text such as “yellow pus and fever” on the patient’s phone opens one.
          </p>
        )}
        {waiting.map((alert) => (
          <AlertCard key={alert.alertId} {...props} alert={alert} nowMs={nowMs} />
        ))}
      </div>
      {closed.length > 0 && (
        <details class="history">
          <summary>Closed ({closed.length})</summary>
          <ul>
            {closed.map((alert) => (
              <li key={alert.alertId}>
                {alert.code} {alert.level}: {plainWords(alert.outcome ?? 'done')}, by {alert.closedBy}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** Whom somebody must look at first: nobody has it, emergencies, the oldest. */
function byUrgency(a: AlertAnswer, b: AlertAnswer): number {
  const weight = (alert: AlertAnswer): number =>
    (alert.status === 'open' ? 0 : 2) + (alert.level === 'emergency' ? 0 : 1);
  return weight(a) - weight(b) || (a.openedAt < b.openedAt ? -1 : 1);
}

/** In whose name alerts and work are closed. A deployed system's staff is not known here: one types. */
function Person({ client, state }: ViewProps) {
  const { setup, person } = state;
  const choose = (name: string): void => client.store.set({ person: name });
  return (
    <div class="person">
      <label for="person">You are</label>
      {setup?.ownTable === false ? (
        <input
          id="person"
          value={person}
          placeholder="your name"
          onInput={(event) => choose(event.currentTarget.value)}
        />
      ) : (
        <select id="person" value={person} onChange={(event) => choose(event.currentTarget.value)}>
          {(setup?.staff ?? []).map((member) => (
            <option key={member.staffId} value={member.staffId}>
              {member.name}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

function WorkCard({ client, state }: ViewProps) {
  const nowMs = useNowMs(state.leadMs);
  const timeZone = state.setup?.timeZone ?? 'UTC';
  return (
    <section class="card" aria-labelledby="work-title">
      <header>
        <h2 id="work-title">Work list</h2>
        <span class="quiet">{state.tasks.length === 0 ? '' : `${state.tasks.length} open`}</span>
      </header>
      {state.tasks.length === 0 ? (
        <p class="empty">Nothing waits. Questions without an answer, photos and complaints come here.</p>
      ) : (
        <ul class="work">
          {state.tasks.map((task) => {
            const left = Date.parse(task.dueAt) - nowMs;
            return (
              <li key={task.taskId}>
                <div>
                  <b>{taskWords[task.kind] ?? task.kind}</b> <span>{task.text}</span>
                  <small class={left < 0 ? 'overdue' : 'quiet'}>
                    {roleWords[task.role]},{' '}
                    {left < 0 ? `overdue by ${roughLabel(left)}` : `due in ${roughLabel(left)}`} (
                    {momentLabel(task.dueAt, timeZone)})
                    {task.patientId === undefined ? '' : `, ${task.patientId}`}
                  </small>
                </div>
                <button
                  type="button"
                  aria-label={`Close: ${task.text}`}
                  onClick={() => client.closeTask(task.taskId)}
                >
                  Close
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

/** The phones of the people who are paged; the number that is texted decides the role. */
function OnCallCard({ client, state }: ViewProps) {
  const { setup, messages } = state;
  const ladder = (setup?.staff ?? [])
    .filter((member) => member.rung !== undefined)
    .sort((a, b) => (a.rung ?? 0) - (b.rung ?? 0));
  const [chosen, setChosen] = useState<string>();
  const holder = ladder.find((member) => member.staffId === chosen) ?? ladder[0];
  if (holder === undefined || setup === undefined) return null;
  const own = textsOf(messages, holder.phone);
  const open = state.alerts.find((alert) => alert.status !== 'done');
  const suggestions =
    open?.code === undefined ? [] : [`ACK ${open.code}`, `INFO ${open.code}`, `DONE ${open.code} real`];
  return (
    <section class="card phone staff" aria-labelledby="on-call-title">
      <header>
        <h2 id="on-call-title">On-call phone</h2>
        <span class="quiet">{phoneWords(holder.phone)}</span>
      </header>
      <fieldset class="switch" aria-label="Whose phone">
        {ladder.map((member) => (
          <button
            type="button"
            key={member.staffId}
            aria-pressed={member.staffId === holder.staffId}
            onClick={() => setChosen(member.staffId)}
          >
            {(member.rung ?? 0) + 1}. {member.name.replace(/ Example$/, '')}
            {textsOf(messages, member.phone).length > 0 && (
              <span class="count calm">
                {textsOf(messages, member.phone).length}
                <span class="unseen"> texts</span>
              </span>
            )}
          </button>
        ))}
      </fieldset>
      <Thread
        label={`Texts of ${holder.name}`}
        messages={own}
        mine="inbound"
        empty="No page so far. Pages climb this ladder from left to right until somebody takes the case."
      />
      {setup.live !== true && (
        <Composer
          id="staff-reply"
          label={`Text as ${holder.name}`}
          suggestions={suggestions}
          onSend={(body) => client.text(holder.phone, setup.alertNumber, body)}
        />
      )}
    </section>
  );
}
