import { addMinutes, addSeconds, earliest, type Instant, isBefore, latest } from '@aftercare/time/instant';
import type { LocalDate } from '@aftercare/time/local-date';
import { type DailyWindow, windowOn } from '@aftercare/time/window';
import { windowOfClinic } from './clinic-window.ts';
import { exceededCap, type LedgerEntry } from './limits.ts';
import type { SkipReason } from './reasons.ts';
import { isFinal, isOpen, type ReminderEvent, type ReminderStatus } from './state-machine.ts';

const lookAgainMinutes = 15;
/**
 * A text decided on now leaves up to a function's time-out later, on clocks that differ: none leaves at the
 * closing.
 */
const closingMarginSeconds = 30;

/** Everything that binds at the claim (design 5.3), read in one go. */
export type SendFacts = {
  now: Instant;
  reminder: {
    day: number;
    revision: number;
    status: ReminderStatus;
    onDate: LocalDate;
    dueAt: Instant;
    timeZone: string;
  };
  session: {
    status: 'active' | 'cancelled';
    /** The newest revision. */
    revision: number;
    /** A later session of the patient took over (product-rules 7). */
    superseded: boolean;
    hasConsent: boolean;
  };
  phone: { optedOut: boolean; blocked?: 'wrong_number' | 'unreachable' | 'erased' };
  /** Proactive texts of this patient; those of this reminder that never left no longer count. */
  ledger: readonly LedgerEntry[];
  clinic: {
    paused: boolean;
    window?: DailyWindow;
    /** Signed for this clinic and language, or this number may get drafts (product-rules 1). */
    contentMayGo: boolean;
    /** The optional monthly cap, which never stops replies or alerts. */
    monthlyCapReached?: boolean;
  };
  /** The operator's switch over all clinics. */
  allPaused: boolean;
};

export type SendDecision =
  | { do: 'send' }
  | { do: 'skip'; reason: SkipReason }
  /** Look again then, and decide anew. */
  | { do: 'wait'; until: Instant; because: 'too_early' | 'clinic_paused' | 'all_paused' }
  | { do: 'nothing'; why: 'already_claimed' | 'finished' };

/**
 * Whether a due reminder or confirmation goes now. The checks run in this order, and the first that holds
 * decides, so that the reason a clinic reads is the one that matters: a cancelled session is never reported
 * as outside the window.
 */
export function decideSend(facts: SendFacts): SendDecision {
  const { status } = facts.reminder;
  if (!isOpen(status)) return { do: 'nothing', why: isFinal(status) ? 'finished' : 'already_claimed' };
  const barred = barredBy(facts);
  if (barred !== undefined) return { do: 'skip', reason: barred };
  return decideTime(facts);
}

/** The state machine's event for a reason: a cancelled session's reminder is cancelled, not skipped. */
export function eventOfSkip(reason: SkipReason): ReminderEvent {
  return reason === 'cancelled' || reason === 'superseded' ? reason : 'skipped';
}

function barredBy({ reminder, session, phone }: SendFacts): SkipReason | undefined {
  if (session.status === 'cancelled') return 'cancelled';
  if (session.superseded || reminder.revision !== session.revision) return 'superseded';
  if (phone.optedOut) return 'opted_out';
  if (phone.blocked !== undefined) {
    return phone.blocked === 'unreachable' ? 'number_unreachable' : phone.blocked;
  }
  return session.hasConsent ? undefined : 'no_consent';
}

function decideTime(facts: SendFacts): SendDecision {
  const { now, reminder, clinic } = facts;
  const { opensAt, closesAt } = windowOn(reminder.onDate, windowOfClinic(clinic.window), reminder.timeZone);
  const isOver = !isBefore(now, addSeconds(closesAt, -closingMarginSeconds));
  const pause = clinic.paused ? 'clinic_paused' : facts.allPaused ? 'all_paused' : undefined;
  if (pause !== undefined) {
    if (isOver) return { do: 'skip', reason: pause };
    const until = isBefore(now, opensAt) ? opensAt : earliest(addMinutes(now, lookAgainMinutes), closesAt);
    return { do: 'wait', until, because: pause };
  }
  if (!clinic.contentMayGo) return { do: 'skip', reason: 'protocol_not_approved' };
  if (isOver) return { do: 'skip', reason: 'window_over' };
  const startsAt = latest(opensAt, reminder.dueAt);
  if (!isBefore(startsAt, closesAt)) return { do: 'skip', reason: 'window_over' };
  if (isBefore(now, startsAt)) return { do: 'wait', until: startsAt, because: 'too_early' };
  if (clinic.monthlyCapReached === true) return { do: 'skip', reason: 'monthly_cap' };
  const cap = exceededCap(reminder.onDate, facts.ledger);
  return cap === undefined ? { do: 'send' } : { do: 'skip', reason: cap };
}
