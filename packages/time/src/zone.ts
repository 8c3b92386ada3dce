import { epochMs, type Instant, instantFromEpochMs } from './instant.ts';
import { isoText } from './iso-text.ts';
import { dateFromUtcMs, type LocalDate, utcMsOf } from './local-date.ts';
import { isUnitedStatesZone } from './united-states.ts';
import { changeInSpanOf, offsetMsAt } from './zone-offset.ts';

const DAY_MS = 86_400_000;
const WALL_TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

/**
 * True for an IANA zone name this runtime knows (`America/New_York`); false for bare offsets such as
 * `-05:00`.
 */
export function isTimeZone(name: string): boolean {
  if (isUnitedStatesZone(name)) return true;
  if (!ZONE_NAME.test(name)) return false;
  try {
    offsetMsAt(0, name);
    return true;
  } catch {
    return false;
  }
}

/** True for a wall time `HH:MM` from 00:00 to 23:59. */
export function isWallTime(text: string): boolean {
  return WALL_TIME.test(text);
}

/** Minutes after midnight of a wall time `HH:MM`. Throws RangeError for anything else: a bug. */
export function minutesOfDay(time: string): number {
  const match = WALL_TIME.exec(time);
  if (match === null) throw new RangeError('not a wall time HH:MM: use isWallTime on outside input');
  return Number(match[1]) * 60 + Number(match[2]);
}

/** The wall time `HH:MM` that many minutes after midnight. Throws RangeError outside 0 to 1439. */
export function wallTimeAt(minutes: number): string {
  if (!(minutes >= 0 && minutes < 1440))
    throw new RangeError(`no wall time ${minutes} minutes after midnight`);
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  return `${hours}:${String(Math.floor(minutes % 60)).padStart(2, '0')}`;
}

/** The calendar date on the wall in that zone. */
export function localDateOf(instant: Instant, timeZone: string): LocalDate {
  return dateFromUtcMs(wallMs(instant, timeZone));
}

/** The wall time `HH:MM` in that zone, 24 hours, seconds cut off. */
export function localTimeOf(instant: Instant, timeZone: string): string {
  return isoText(wallMs(instant, timeZone)).slice(11, 16);
}

/** `YYYY-MM-DDTHH:MM` on the wall in that zone: the `localTime` of every API answer (design 6). */
export function localDateTimeOf(instant: Instant, timeZone: string): string {
  return isoText(wallMs(instant, timeZone)).slice(0, 16);
}

/**
 * The moment at which the zone's wall shows this date and time. Where the clock jumps over it: the first
 * moment after the jump. Where the clock shows it twice: the first of the two.
 */
export function instantAt(date: LocalDate, time: string, timeZone: string): Instant {
  const wall = utcMsOf(date) + minutesOfDay(time) * 60_000;
  // Offsets lie between -12 and +14 hours, so a day on either side of the wall reading encloses the moment.
  const earlier = offsetMsAt(wall - DAY_MS, timeZone);
  const later = offsetMsAt(wall + DAY_MS, timeZone);
  if (earlier === later) return instantFromEpochMs(wall - earlier);
  const first = wall - Math.max(earlier, later);
  const last = wall - Math.min(earlier, later);
  if (first + offsetMsAt(first, timeZone) === wall) return instantFromEpochMs(first);
  if (last + offsetMsAt(last, timeZone) === wall) return instantFromEpochMs(last);
  const change = [changeInSpanOf(first, timeZone), changeInSpanOf(last, timeZone)].find(
    (moment) => moment !== undefined && moment > first && moment <= last,
  );
  if (change === undefined)
    throw new RangeError('the zone skips this wall time without a clock change near it');
  return instantFromEpochMs(change);
}

function wallMs(instant: Instant, timeZone: string): number {
  const epoch = epochMs(instant);
  return epoch + offsetMsAt(epoch, timeZone);
}
