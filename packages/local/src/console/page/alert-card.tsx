import type { AlertAnswer } from '@aftercare/contract/alert';
import type { ViewProps } from './app.tsx';
import type { Outcome } from './client.ts';
import { elapsedLabel, timeLabel } from './moments.ts';
import { levelTones } from './words.ts';

type Props = ViewProps & { readonly alert: AlertAnswer; readonly nowMs: number };

const outcomes: readonly (readonly [Outcome, string])[] = [
  ['real', 'Real'],
  ['false', 'False alarm'],
  ['duplicate', 'Duplicate'],
  ['not_reached', 'Not reached'],
];

/** One case with its running clock: how long it has waited, whom it pages next and when. */
export function AlertCard(props: Props) {
  const { client, state, alert, nowMs } = props;
  const timeZone = state.setup?.timeZone ?? 'UTC';
  return (
    <article class={`alert ${levelTones[alert.level] ?? 'warn'}`} data-status={alert.status}>
      <header>
        <b class="level">{alert.level}</b>
        <span>
          {alert.code} · {alert.patientId ?? 'unknown number'}
        </span>
        <RunningClock {...props} />
      </header>
      <p class="progress">{progress(props, timeZone)}</p>
      <div class="actions">
        {alert.status === 'open' && (
          <button type="button" class="main" onClick={() => client.acknowledge(alert.alertId)}>
            Acknowledge
          </button>
        )}
        <CloseForm {...props} />
      </div>
      <p class="unseen">Open since {elapsedLabel(nowMs - Date.parse(alert.openedAt))}</p>
    </article>
  );
}

function RunningClock({ alert, nowMs }: Props) {
  const from = Date.parse(alert.openedAt);
  const taken = alert.acknowledgedAt === undefined ? undefined : Date.parse(alert.acknowledgedAt);
  return (
    <span class="running" aria-hidden="true" title="Since the patient's text">
      {taken !== undefined && 'taken in '}
      {elapsedLabel((taken ?? nowMs) - from)}
    </span>
  );
}

function progress({ state, alert, nowMs }: Props, timeZone: string): string {
  if (alert.acknowledgedAt !== undefined) {
    const by = state.setup?.staff.find((member) => member.staffId === alert.acknowledgedBy)?.name;
    const at = timeLabel(alert.acknowledgedAt, timeZone);
    return `Taken by ${by ?? alert.acknowledgedBy ?? 'somebody'} at ${at}. Close it with its outcome.`;
  }
  const paged =
    alert.rung < 0
      ? 'Nobody paged yet.'
      : `${alert.rung + 1} ${alert.rung === 0 ? 'person' : 'rungs'} paged.`;
  if (alert.nextRungAt === undefined) return paged;
  const left = Date.parse(alert.nextRungAt) - nowMs;
  const next = left > 0 ? `Next page in ${elapsedLabel(left)}` : 'Next page now';
  return `${paged} ${next} (${timeLabel(alert.nextRungAt, timeZone)}).`;
}

function CloseForm({ client, alert }: Props) {
  return (
    <form
      class="inline"
      onSubmit={(event) => {
        event.preventDefault();
        const chosen = new FormData(event.currentTarget).get('outcome');
        const outcome = outcomes.find(([value]) => value === chosen)?.[0];
        if (outcome !== undefined) void client.closeAlert(alert.alertId, outcome);
      }}
    >
      <select name="outcome" aria-label={`Outcome of ${alert.code ?? 'the alert'}`}>
        {outcomes.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      <button type="submit">Close</button>
    </form>
  );
}
