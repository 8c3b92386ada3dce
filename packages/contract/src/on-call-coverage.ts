import { minutesOfDay } from '@aftercare/time/zone';
import type { Location, OnCallEntry, StaffMember, Weekday } from './clinic-config.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DAY_WORDS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const DAY_MINUTES = 1440;
const WEEK_MINUTES = 7 * DAY_MINUTES;

/** Minutes since Monday 00:00, wall time of the location; `to` is excluded and may lie in the next week. */
export type WeekSpan = { readonly from: number; readonly to: number };

/**
 * Stretches of the week in which nobody could be paged first (product-rules 6: an uncovered hour is an
 * error). A location without weekly entries is covered by its ladder at all hours, so it has no gap. With
 * weekly entries the calendar is the clinic's word on who is awake, so it must be complete: all hours under
 * `page24h`, the opening hours under `afterHoursSelfDirect`. Entries whose people are all disabled or
 * unreachable cover nothing.
 */
export function coverageGaps(
  location: Location,
  onCall: readonly OnCallEntry[],
  staff: readonly StaffMember[],
): WeekSpan[] {
  const mine = onCall.filter(
    (entry) => entry.locationId === undefined || entry.locationId === location.locationId,
  );
  const spans = mine.flatMap((entry) =>
    entry.weekly === undefined ? [] : [{ entry, weekly: entry.weekly }],
  );
  if (spans.length === 0) return [];
  const reachable = new Set(staff.filter(isReachable).map((person) => person.staffId));
  const covered = new Uint8Array(WEEK_MINUTES);
  for (const { entry, weekly } of spans) {
    if (!entry.staffIds.some((staffId) => reachable.has(staffId))) continue;
    for (const day of weekly.days) fill(covered, weeklySpan(day, weekly.from, weekly.to));
  }
  const needed = new Uint8Array(WEEK_MINUTES);
  for (const span of neededSpans(location)) fill(needed, span);
  return spansOf(needed.map((must, minute) => (must === 1 && covered[minute] === 0 ? 1 : 0)));
}

/** Whether a page to this person has a chance: neither switched off nor known to be unreachable. */
export function isReachable(person: StaffMember): boolean {
  return person.disabled !== true && person.unreachableSince === undefined;
}

/** `Saturday 18:00 to Monday 08:00`. */
export function describeSpan(span: WeekSpan): string {
  if (span.to - span.from >= WEEK_MINUTES) return 'the whole week';
  return `${moment(span.from)} to ${moment(span.to)}`;
}

function neededSpans(location: Location): WeekSpan[] {
  if (location.coverage === 'page24h') return [{ from: 0, to: WEEK_MINUTES }];
  return DAYS.flatMap((day) =>
    location.hours[day].map(({ opens, closes }) => weeklySpan(day, opens, closes)),
  );
}

function weeklySpan(day: Weekday, from: string, to: string): WeekSpan {
  const start = DAYS.indexOf(day) * DAY_MINUTES;
  const length = minutesOfDay(to) - minutesOfDay(from);
  return {
    from: start + minutesOfDay(from),
    to: start + minutesOfDay(from) + (length > 0 ? length : length + DAY_MINUTES),
  };
}

function fill(week: Uint8Array, span: WeekSpan): void {
  for (let minute = span.from; minute < span.to; minute += 1) week[minute % WEEK_MINUTES] = 1;
}

function spansOf(week: Uint8Array): WeekSpan[] {
  const spans: WeekSpan[] = [];
  let from: number | undefined;
  for (let minute = 0; minute <= WEEK_MINUTES; minute += 1) {
    const set = minute < WEEK_MINUTES && week[minute] === 1;
    if (set && from === undefined) from = minute;
    if (!set && from !== undefined) {
      spans.push({ from, to: minute });
      from = undefined;
    }
  }
  return joinOverSunday(spans);
}

function joinOverSunday(spans: WeekSpan[]): WeekSpan[] {
  const first = spans[0];
  const last = spans.at(-1);
  if (first === undefined || last === undefined || first === last) return spans;
  if (first.from !== 0 || last.to !== WEEK_MINUTES) return spans;
  return [...spans.slice(1, -1), { from: last.from, to: WEEK_MINUTES + first.to }];
}

function moment(minute: number): string {
  const inWeek = minute % WEEK_MINUTES;
  const day = DAY_WORDS[Math.floor(inWeek / DAY_MINUTES)] ?? 'Monday';
  const inDay = inWeek % DAY_MINUTES;
  return `${day} ${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}
