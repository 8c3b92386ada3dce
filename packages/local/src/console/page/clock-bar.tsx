import { addMinutes, parseInstant } from '@aftercare/time/instant';
import type { ViewProps } from './app.tsx';
import { useNowMs } from './hooks.ts';
import { momentLabel, roughLabel, zoneLabel } from './moments.ts';
import { selectedSession } from './state.ts';

/** The movable clock. It ticks all the time; the buttons only move it on, never back. */
export function ClockBar({ client, state }: ViewProps) {
  const nowMs = useNowMs(state.leadMs);
  const { setup, busy } = state;
  const timeZone = selectedSession(state)?.timeZone ?? setup?.timeZone ?? 'UTC';
  const movable = setup?.emulated === true && !setup.live;
  const end = endOfTexts(state.timeline?.reminders.map((reminder) => reminder.dueAt) ?? []);
  const past = end === undefined || Date.parse(end) <= nowMs;
  const waiting = busy !== undefined;
  return (
    <fieldset class="clock" aria-label="Clock">
      <div class="now">
        <time dateTime={new Date(nowMs).toISOString()}>
          {setup === undefined ? '…' : momentLabel(nowMs, timeZone)}
        </time>
        <small>
          <i class="dot" aria-hidden="true" />
          live in {zoneLabel(timeZone)}
          {state.leadMs > 60_000 ? `, ${roughLabel(state.leadMs)} ahead` : ''}
        </small>
      </div>
      {movable && (
        <div class="moves" aria-busy={waiting}>
          <button type="button" class="main" disabled={waiting} onClick={() => client.toNextEvent()}>
            Next event
          </button>
          <button
            type="button"
            disabled={waiting}
            onClick={() => client.moveClock({ advanceBy: 'PT1H' }, '+1 h')}
          >
            +1 h
          </button>
          <button
            type="button"
            disabled={waiting}
            onClick={() => client.moveClock({ advanceBy: 'P1D' }, '+1 day')}
          >
            +1 day
          </button>
          <button
            type="button"
            disabled={waiting || past}
            title={past ? 'The last text of this session is behind us' : 'Just past the last text'}
            onClick={() => end !== undefined && client.moveClock({ advanceTo: end }, 'to day 14')}
          >
            To day 14
          </button>
        </div>
      )}
      <p class="unseen" role="status">
        {busy}
      </p>
    </fieldset>
  );
}

/** Long enough after the last text for its delivery to be known. */
const afterLastMinutes = 5;

function endOfTexts(dueAts: readonly string[]): string | undefined {
  const last = parseInstant([...dueAts].sort().at(-1) ?? '');
  return last === undefined ? undefined : addMinutes(last, afterLastMinutes);
}
