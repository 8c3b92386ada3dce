import { type Instant, isBefore } from './instant.ts';
import { addDays, type LocalDate } from './local-date.ts';
import { instantAt, isWallTime, localDateOf, minutesOfDay, wallTimeAt } from './zone.ts';

/**
 * Wall times `HH:MM` of one day; open from `opens` (included) to `closes` (excluded), never across midnight.
 */
export type DailyWindow = { opens: string; closes: string };

/** True when both are wall times and the window opens before it closes. */
export function isDailyWindow(window: DailyWindow): boolean {
  return isWallTime(window.opens) && isWallTime(window.closes) && window.opens < window.closes;
}

/** The two moments of a window on a date in a zone. */
export function windowOn(
  date: LocalDate,
  window: DailyWindow,
  timeZone: string,
): { opensAt: Instant; closesAt: Instant } {
  return {
    opensAt: instantAt(date, window.opens, timeZone),
    closesAt: instantAt(date, window.closes, timeZone),
  };
}

/** Whether the moment lies in the window of its own local date: `opensAt <= instant < closesAt`. */
export function isInside(instant: Instant, window: DailyWindow, timeZone: string): boolean {
  const { opensAt, closesAt } = windowOn(localDateOf(instant, timeZone), window, timeZone);
  return !isBefore(instant, opensAt) && isBefore(instant, closesAt);
}

/**
 * The first opening at or after the moment; while the window is open that is tomorrow's, so ask `isInside`
 * first.
 */
export function nextOpening(instant: Instant, window: DailyWindow, timeZone: string): Instant {
  let date = localDateOf(instant, timeZone);
  let opensAt = instantAt(date, window.opens, timeZone);
  while (isBefore(opensAt, instant)) {
    date = addDays(date, 1);
    opensAt = instantAt(date, window.opens, timeZone);
  }
  return opensAt;
}

/**
 * The wall time, moved into the window: the opening when earlier, `marginMinutes` before the closing when
 * later (one minute by default, because the closing itself is outside).
 */
export function clampTime(time: string, window: DailyWindow, marginMinutes = 1): string {
  const opens = minutesOfDay(window.opens);
  const last = Math.max(opens, minutesOfDay(window.closes) - marginMinutes);
  return wallTimeAt(Math.min(Math.max(minutesOfDay(time), opens), last));
}

/** The part both windows share; `undefined` when they share nothing. */
export function intersectWindows(a: DailyWindow, b: DailyWindow): DailyWindow | undefined {
  const opens = Math.max(minutesOfDay(a.opens), minutesOfDay(b.opens));
  const closes = Math.min(minutesOfDay(a.closes), minutesOfDay(b.closes));
  return opens < closes ? { opens: wallTimeAt(opens), closes: wallTimeAt(closes) } : undefined;
}
