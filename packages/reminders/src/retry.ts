import { addMinutes, addSeconds, type Instant, isBefore } from '@aftercare/time/instant';
import type { LocalDate } from '@aftercare/time/local-date';
import { type DailyWindow, windowOn } from '@aftercare/time/window';
import { windowOfClinic } from './clinic-window.ts';
import type { RetryRule } from './error-table.ts';
import { exceededCap, type LedgerEntry, type ProactiveKind } from './limits.ts';

const closingMarginMinutes = 15;
const firstBackoffSeconds = 30;
const longestBackoffSeconds = 900;

export type FailedText = {
  now: Instant;
  kind: ProactiveKind;
  /** 1 for the first text of this reminder, 2 for its one retry. */
  attempt: number;
  rule: RetryRule;
  onDate: LocalDate;
  timeZone: string;
  window?: DailyWindow;
  optedOut: boolean;
  /** With the failed text no longer counting. */
  ledger: readonly LedgerEntry[];
  /** In [0, 1): where between the rule's hours this retry lies. */
  fraction: number;
};

export type RetryDecision =
  | { do: 'retry'; at: Instant }
  | {
      do: 'give_up';
      why:
        | 'no_retry'
        | 'already_retried'
        | 'confirmation'
        | 'opted_out'
        | 'window_over'
        | 'cap_date'
        | 'cap_week';
    };

/**
 * Whether a text that the carrier reported as failed is sent once more, as a new text under all limits: same
 * date, same window, caps, opt-out (twilio-and-sms-rules 7). The claim of the retry decides again.
 */
export function decideRetry(failed: FailedText): RetryDecision {
  const { rule } = failed;
  if (rule.kind !== 'later_once') return { do: 'give_up', why: 'no_retry' };
  if (failed.kind === 'confirmation') return { do: 'give_up', why: 'confirmation' };
  if (failed.attempt >= 2) return { do: 'give_up', why: 'already_retried' };
  if (failed.optedOut) return { do: 'give_up', why: 'opted_out' };
  const cap = exceededCap(failed.onDate, failed.ledger);
  if (cap !== undefined) return { do: 'give_up', why: cap };
  const at = retryAt(failed, rule.minHours, rule.maxHours);
  return at === undefined ? { do: 'give_up', why: 'window_over' } : { do: 'retry', at };
}

function retryAt(failed: FailedText, minHours: number, maxHours: number): Instant | undefined {
  const { opensAt, closesAt } = windowOn(failed.onDate, windowOfClinic(failed.window), failed.timeZone);
  const last = addMinutes(closesAt, -closingMarginMinutes);
  const soonest = addMinutes(failed.now, minHours * 60);
  if (isBefore(soonest, opensAt) || isBefore(last, soonest)) return undefined;
  const wanted = addMinutes(soonest, (maxHours - minHours) * 60 * failed.fraction);
  return isBefore(last, wanted) ? last : wanted;
}

/**
 * When to try again a send that was proven not processed (429, no connection, full queue): 30 s, doubling to
 * 15 min, with jitter. `undefined` once that would be past `stopsAt`, the window's end or the patience for a
 * reply.
 */
export function nextBackoff(tries: {
  done: number;
  now: Instant;
  stopsAt: Instant;
  fraction: number;
}): Instant | undefined {
  const full = Math.min(longestBackoffSeconds, firstBackoffSeconds * 2 ** Math.max(0, tries.done - 1));
  const at = addSeconds(tries.now, Math.round(full * (0.5 + tries.fraction / 2)));
  return isBefore(at, tries.stopsAt) ? at : undefined;
}
