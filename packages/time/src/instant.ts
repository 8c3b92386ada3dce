import { epochOfIsoText, isoText } from './iso-text.ts';

/**
 * A moment in UTC, always written `YYYY-MM-DDTHH:mm:ss.sssZ`, so the order of the texts is the order of the
 * moments.
 */
export type Instant = `${string}Z`;

const ISO_INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?:Z|([+-])(\d{2}):(\d{2}))$/;
const FIRST_EPOCH_MS = Date.UTC(1900, 0, 1);
const END_EPOCH_MS = Date.UTC(10_000, 0, 1);

/**
 * Reads an RFC 3339 date-time with `Z` or a numeric offset, seconds required. Anything finer than a
 * millisecond is cut off. `undefined` for other shapes, dates that do not exist (30 February), leap seconds,
 * years before 1900.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = ISO_INSTANT.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHour, offsetMinute] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (Number(offsetHour ?? 0) > 23 || Number(offsetMinute ?? 0) > 59) return undefined;
  const midnightMs = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(midnightMs).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return undefined;
  const timeMs = Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second) * 1000;
  const offsetMs = (Number(offsetHour ?? 0) * 60 + Number(offsetMinute ?? 0)) * 60_000;
  const fractionMs = Number(fraction.padEnd(3, '0').slice(0, 3));
  const epoch = midnightMs + timeMs + fractionMs - (sign === '-' ? -offsetMs : offsetMs);
  return epoch < FIRST_EPOCH_MS || epoch >= END_EPOCH_MS ? undefined : instantFromEpochMs(epoch);
}

/**
 * Milliseconds since 1970 to an instant; fractions are cut. Throws RangeError outside the years 1900 to 9999:
 * a bug.
 */
export function instantFromEpochMs(epoch: number): Instant {
  if (!(epoch >= FIRST_EPOCH_MS && epoch < END_EPOCH_MS)) {
    throw new RangeError(`no instant at epoch ms ${epoch}: only the years 1900 to 9999 are supported`);
  }
  return isoText(Math.floor(epoch));
}

/** Milliseconds since 1970. Throws RangeError for a text that no function of this file made: a bug. */
export function epochMs(instant: Instant): number {
  const known = epochOfIsoText(instant);
  if (known !== undefined) return known;
  const epoch = Date.parse(instant);
  if (Number.isNaN(epoch)) throw new RangeError('not an instant: use parseInstant on outside input');
  return epoch;
}

export function addSeconds(instant: Instant, seconds: number): Instant {
  return instantFromEpochMs(epochMs(instant) + seconds * 1000);
}

export function addMinutes(instant: Instant, minutes: number): Instant {
  return addSeconds(instant, minutes * 60);
}

/** Real hours: across a clock change the wall clock moves by one more or one less. */
export function addHours(instant: Instant, hours: number): Instant {
  return addSeconds(instant, hours * 3600);
}

/** Seconds from the first to the second, with fraction; negative when `to` is earlier. */
export function secondsBetween(from: Instant, to: Instant): number {
  return (epochMs(to) - epochMs(from)) / 1000;
}

/** Real hours from the first to the second, with fraction; negative when `to` is earlier. */
export function hoursBetween(from: Instant, to: Instant): number {
  return secondsBetween(from, to) / 3600;
}

/** Strictly before. */
export function isBefore(a: Instant, b: Instant): boolean {
  return a < b;
}

export function latest(first: Instant, ...rest: Instant[]): Instant {
  return rest.reduce((kept, next) => (isBefore(kept, next) ? next : kept), first);
}

export function earliest(first: Instant, ...rest: Instant[]): Instant {
  return rest.reduce((kept, next) => (isBefore(next, kept) ? next : kept), first);
}
