import { addMinutes, type Instant, isBefore, secondsBetween } from './instant.ts';
import { addDays, type LocalDate, weekdayOf } from './local-date.ts';
import { type DailyWindow, windowOn } from './window.ts';
import { localDateOf } from './zone.ts';

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
/** A place that opens at no time in this many days never opens: more than any holiday closure. */
const HORIZON_DAYS = 60;

/**
 * When a place is open: spans per weekday in its own zone, and dates on which it is closed whatever they say.
 */
export type OpeningHours = {
  readonly timeZone: string;
  readonly hours: { readonly [day in (typeof WEEKDAYS)[number]]: readonly DailyWindow[] };
  readonly holidays: readonly LocalDate[];
};

/** Whether the place is open at that moment; the closing minute itself is closed. */
export function isOpenAt(instant: Instant, place: OpeningHours): boolean {
  return spansOn(localDateOf(instant, place.timeZone), place).some(
    (span) => !isBefore(instant, span.opensAt) && isBefore(instant, span.closesAt),
  );
}

/** The moment itself while open, else the next opening; `undefined` when nothing opens within 60 days. */
export function openFrom(instant: Instant, place: OpeningHours): Instant | undefined {
  const span = spansFrom(instant, place).next();
  return span.done === true ? undefined : span.value.fromAt;
}

/**
 * The moment at which the place has been open for so many more minutes: what is due "in 2 business hours".
 * When it never opens within 60 days: that many minutes by the clock, so that work never goes without a due
 * time.
 */
export function addOpenMinutes(instant: Instant, minutes: number, place: OpeningHours): Instant {
  let left = minutes;
  for (const { fromAt, closesAt } of spansFrom(instant, place)) {
    const open = secondsBetween(fromAt, closesAt) / 60;
    if (left <= open) return addMinutes(fromAt, left);
    left -= open;
  }
  return addMinutes(instant, minutes);
}

function* spansFrom(
  instant: Instant,
  place: OpeningHours,
): Generator<{ fromAt: Instant; closesAt: Instant }> {
  const today = localDateOf(instant, place.timeZone);
  for (let day = 0; day <= HORIZON_DAYS; day += 1) {
    for (const { opensAt, closesAt } of spansOn(addDays(today, day), place)) {
      if (isBefore(instant, closesAt))
        yield { fromAt: isBefore(opensAt, instant) ? instant : opensAt, closesAt };
    }
  }
}

function spansOn(date: LocalDate, place: OpeningHours): { opensAt: Instant; closesAt: Instant }[] {
  const day = WEEKDAYS[weekdayOf(date)];
  if (day === undefined || place.holidays.includes(date)) return [];
  return place.hours[day].map((window) => windowOn(date, window, place.timeZone));
}
