import { addMinutes, type Instant, isBefore, latest } from '@aftercare/time/instant';
import { addDays, type LocalDate } from '@aftercare/time/local-date';
import { clampTime, type DailyWindow, windowOn } from '@aftercare/time/window';
import { instantAt, localDateOf, minutesOfDay, wallTimeAt } from '@aftercare/time/zone';
import { windowOfClinic } from './clinic-window.ts';
import { applyCaps, type Cap, type LedgerEntry } from './limits.ts';

/** The days after the session's local date on which a text goes (design 1). */
export const reminderDays = [1, 3, 7, 14] as const;
export const defaultReminderTime = '10:00';

const leadMinutes = 2;
const closingMarginMinutes = 15;

export type PlanInput = {
  endedAt: Instant;
  /** The patient's IANA zone. */
  timeZone: string;
  now: Instant;
  /** The clinic's own window; cut to 09:00 to 20:00. */
  window?: DailyWindow;
  /** Wall time `HH:MM`; outside the window it moves to the window's edge. */
  reminderTime?: string;
  days?: readonly number[];
  /** Reminders of one minute are spread over this many (design 5.7). */
  spreadMinutes?: number;
  /** Decides where in the spread this session lies; the session key. */
  spreadSeed?: string;
  /** Texts of earlier revisions of this session that went or may have gone. */
  alreadyTexted?: readonly { day: number; onDate: LocalDate }[];
};

export type PlannedText = { day: number; onDate: LocalDate; dueAt: Instant } & (
  | { status: 'planned' }
  | { status: 'skipped'; reason: 'window_over' | 'already_sent' | Cap }
);

/**
 * One item per day, in order of day (design 5.7). A day has passed when its window on that date is over;
 * otherwise it is due at its wall time, or two minutes from now when that is later and still inside. A text
 * that an earlier revision put on the same date is not planned again; an amendment that moves the date plans
 * it anew (product-rules 7).
 */
export function planReminders(input: PlanInput): PlannedText[] {
  const days = [...(input.days ?? reminderDays)].sort((a, b) => a - b);
  return days.map((day) => planDay(day, input));
}

function planDay(day: number, input: PlanInput): PlannedText {
  const { timeZone } = input;
  const window = windowOfClinic(input.window);
  const onDate = addDays(localDateOf(input.endedAt, timeZone), day);
  const wanted = instantAt(onDate, wallTimeOf(input, window), timeZone);
  if (input.alreadyTexted?.some((text) => text.day === day && text.onDate === onDate)) {
    return { day, onDate, dueAt: wanted, status: 'skipped', reason: 'already_sent' };
  }
  const dueAt = latest(wanted, addMinutes(input.now, leadMinutes));
  if (!isBefore(dueAt, windowOn(onDate, window, timeZone).closesAt)) {
    return { day, onDate, dueAt: wanted, status: 'skipped', reason: 'window_over' };
  }
  return { day, onDate, dueAt, status: 'planned' };
}

/**
 * The day-0 confirmation (product-rules 8): only on the session's own local date, inside the window, and only
 * if with it no cap would be exceeded by a text that went or by a planned reminder.
 */
export function planConfirmation(
  input: PlanInput,
  reminders: readonly PlannedText[],
  ledger: readonly LedgerEntry[],
): PlannedText {
  const onDate = localDateOf(input.endedAt, input.timeZone);
  const { opensAt, closesAt } = windowOn(onDate, windowOfClinic(input.window), input.timeZone);
  const dueAt = latest(input.now, opensAt);
  if (!isBefore(dueAt, closesAt)) {
    return { day: 0, onDate, dueAt: opensAt, status: 'skipped', reason: 'window_over' };
  }
  if (input.alreadyTexted?.some((text) => text.day === 0)) {
    return { day: 0, onDate, dueAt, status: 'skipped', reason: 'already_sent' };
  }
  const confirmation = { day: 0, onDate, kind: 'confirmation' } as const;
  const others = reminders
    .filter((reminder) => reminder.status === 'planned')
    .map((reminder) => ({ day: reminder.day, onDate: reminder.onDate, kind: 'reminder' }) as const);
  const dropped = applyCaps([confirmation, ...others], ledger).dropped.find(
    ({ item }) => item.kind === 'confirmation',
  );
  if (dropped !== undefined) return { day: 0, onDate, dueAt, status: 'skipped', reason: dropped.reason };
  return { day: 0, onDate, dueAt, status: 'planned' };
}

/** The same plan, with what the caps do not allow marked as skipped. */
export function capReminders(
  reminders: readonly PlannedText[],
  ledger: readonly LedgerEntry[],
): PlannedText[] {
  const planned = reminders
    .filter((reminder) => reminder.status === 'planned')
    .map((reminder) => ({ ...reminder, kind: 'reminder' }) as const);
  const reasons = new Map(applyCaps(planned, ledger).dropped.map(({ item, reason }) => [item.day, reason]));
  return reminders.map((reminder) => {
    const reason = reasons.get(reminder.day);
    if (reason === undefined || reminder.status === 'skipped') return reminder;
    return { day: reminder.day, onDate: reminder.onDate, dueAt: reminder.dueAt, status: 'skipped', reason };
  });
}

function wallTimeOf(input: PlanInput, window: DailyWindow): string {
  const wanted = input.reminderTime ?? defaultReminderTime;
  const margin = wanted < window.closes ? 1 : closingMarginMinutes;
  const start = minutesOfDay(clampTime(wanted, window, margin));
  const last = Math.max(start, minutesOfDay(window.closes) - closingMarginMinutes);
  const spread = Math.max(1, Math.floor(input.spreadMinutes ?? 0));
  return wallTimeAt(Math.min(start + (fnv1a(input.spreadSeed ?? input.endedAt) % spread), last));
}

/** A spread need only be even and stable; FNV-1a over UTF-16 units, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}
