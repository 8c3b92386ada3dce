import { instantFromEpochMs } from '@aftercare/time/instant';
import { addDays, type LocalDate, parseLocalDate } from '@aftercare/time/local-date';
import { localDateOf } from '@aftercare/time/zone';
import type { CohortView } from '@aftercare/usecases/cohorts';
import type { DailyDigest } from '@aftercare/usecases/daily-digest';
import { useEffect, useState } from 'preact/hooks';
import type { ViewProps } from './app.tsx';
import { CohortChart } from './cohort-chart.tsx';
import { DigestView } from './digest-view.tsx';

/** How far back the cohort view looks, the day included. */
const cohortDays = 90;

/** One day of the clinic, for the person who opens the door in the morning; and the cohorts behind it. */
export function DayPage({ client, state }: ViewProps) {
  const { setup } = state;
  const [chosen, setChosen] = useState<LocalDate>();
  const [digest, setDigest] = useState<DailyDigest>();
  const [cohorts, setCohorts] = useState<CohortView>();
  const today =
    setup === undefined
      ? undefined
      : localDateOf(instantFromEpochMs(Date.now() + state.leadMs), setup.timeZone);
  const on = chosen ?? today;
  const newest = state.messages.at(-1)?.sid;
  useEffect(() => {
    if (setup === undefined || on === undefined) return;
    const base = `/v1/clinics/${setup.clinicId}`;
    const from = addDays(on, 1 - cohortDays);
    void (async () => {
      const [day, weeks] = await Promise.all([
        client.wire.api<DailyDigest>('GET', `${base}/digest?onDate=${on}`),
        client.wire.api<CohortView>('GET', `${base}/cohorts?from=${from}&to=${on}`),
      ]);
      setDigest(day.ok ? day.value : undefined);
      setCohorts(weeks.ok ? weeks.value : undefined);
    })();
  }, [setup?.clinicId, on, newest, state.alerts.length]);
  if (on === undefined || today === undefined) return null;
  return (
    <div class="day-page">
      <fieldset class="day-picker" aria-label="Day">
        <button type="button" aria-label="The day before" onClick={() => setChosen(addDays(on, -1))}>
          ←
        </button>
        <label class="field">
          <span class="unseen">Day</span>
          <input
            type="date"
            value={on}
            max={today}
            onChange={(event) => setChosen(parseLocalDate(event.currentTarget.value))}
          />
        </label>
        <button
          type="button"
          aria-label="The day after"
          disabled={on >= today}
          onClick={() => setChosen(addDays(on, 1))}
        >
          →
        </button>
        {on !== today && (
          <button type="button" onClick={() => setChosen(undefined)}>
            Today
          </button>
        )}
      </fieldset>
      {digest === undefined ? <p class="empty">No digest for this day.</p> : <DigestView digest={digest} />}
      {cohorts !== undefined && <CohortChart view={cohorts} />}
    </div>
  );
}
