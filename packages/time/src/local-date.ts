import { dateText, midnightMs } from './iso-text.ts';

/** A calendar date, `YYYY-MM-DD`, without a zone. The order of the texts is the order of the dates. */
export type LocalDate = `${number}-${number}-${number}`;

const DAY_MS = 86_400_000;
const DATE_SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** Reads `YYYY-MM-DD`; `undefined` for other shapes and for dates that do not exist (2027-02-29). */
export function parseLocalDate(text: string): LocalDate | undefined {
  if (!isDateShaped(text)) return undefined;
  const epoch = Date.parse(`${text}T00:00:00.000Z`);
  if (Number.isNaN(epoch) || new Date(epoch).toISOString().slice(0, 10) !== text) return undefined;
  return text;
}

/**
 * The date whose UTC midnight lies at or before this many milliseconds after 1970. Throws outside the years 0
 * to 9999.
 */
export function dateFromUtcMs(epoch: number): LocalDate {
  const text = dateText(Math.floor(epoch / DAY_MS));
  if (!isDateShaped(text)) throw new RangeError(`no four-digit year at epoch ms ${epoch}`);
  return text;
}

/**
 * Milliseconds from 1970-01-01 to the date's midnight, both read as UTC. Throws RangeError for no date: a
 * bug.
 */
export function utcMsOf(date: LocalDate): number {
  const epoch = midnightMs(date);
  if (Number.isNaN(epoch)) throw new RangeError('not a calendar date: use parseLocalDate on outside input');
  return epoch;
}

/** Calendar days later (earlier when negative), whatever the clocks do in between. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateFromUtcMs(utcMsOf(date) + days * DAY_MS);
}

/** Calendar days from `a` to `b`; negative when `b` is earlier. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return Math.round((utcMsOf(b) - utcMsOf(a)) / DAY_MS);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(utcMsOf(date)).getUTCDay();
}

function isDateShaped(text: string): text is LocalDate {
  return DATE_SHAPE.test(text);
}
