const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Hours that standard time is ahead of UTC (so: behind), in zones that keep daylight saving time. */
const saving = new Map([
  ['America/New_York', -5],
  ['America/Detroit', -5],
  ['America/Indiana/Indianapolis', -5],
  ['America/Chicago', -6],
  ['America/Denver', -7],
  ['America/Boise', -7],
  ['America/Los_Angeles', -8],
  ['America/Anchorage', -9],
]);

/** The same in zones that do not. */
const steady = new Map([
  ['America/Puerto_Rico', -4],
  ['America/Phoenix', -7],
  ['Pacific/Honolulu', -10],
  ['Pacific/Guam', 10],
]);

/** The rule of the Energy Policy Act of 2005 holds from 2007; the tests hold it to Intl for these years. */
const fromMs = Date.UTC(2007, 3, 1);
const toMs = Date.UTC(2038, 0, 1);

/** Is it one of the zones whose rule is written down here? */
export function isUnitedStatesZone(timeZone: string): boolean {
  return saving.has(timeZone) || steady.has(timeZone);
}

/**
 * Local time minus UTC in milliseconds by the rules of the United States, or `undefined` for other zones and
 * years. Patients live there, and the first question to `Intl` costs a cold function 25 ms of processor time.
 */
export function unitedStatesOffsetMs(epoch: number, timeZone: string): number | undefined {
  if (epoch < fromMs || epoch >= toMs) return undefined;
  const fixed = steady.get(timeZone);
  if (fixed !== undefined) return fixed * HOUR_MS;
  const standard = saving.get(timeZone);
  if (standard === undefined) return undefined;
  const year = new Date(epoch + standard * HOUR_MS).getUTCFullYear();
  const begins = sundayOf(year, 2, 2) + (2 - standard) * HOUR_MS;
  const ends = sundayOf(year, 10, 1) + (2 - standard - 1) * HOUR_MS;
  return (epoch >= begins && epoch < ends ? standard + 1 : standard) * HOUR_MS;
}

/** Midnight UTC of the nth Sunday of a month (0 = January). */
function sundayOf(year: number, month: number, nth: number): number {
  const first = Date.UTC(year, month, 1);
  const untilSunday = (7 - new Date(first).getUTCDay()) % 7;
  return first + (untilSunday + 7 * (nth - 1)) * DAY_MS;
}
