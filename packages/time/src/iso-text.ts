/**
 * `YYYY-MM-DDTHH:mm:ss.sssZ` and back without `Date`, which costs ten times as much: instants are texts, and
 * each comparison with a clock and each addition goes through here. Days are few, so their texts are kept.
 */

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const ZERO = 48;
/** Ten years of days; beyond that everything is forgotten and learnt again. */
const MOST_DAYS = 3660;

const two = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));
const textOfDay = new Map<number, string>();
const msOfDate = new Map<string, number>();

/**
 * The text of whole milliseconds since 1970; the same as `Date.prototype.toISOString` for the years 0 to
 * 9999.
 */
export function isoText(epoch: number): `${string}Z` {
  const day = Math.floor(epoch / DAY_MS);
  const ms = epoch - day * DAY_MS;
  const minutes = Math.floor(ms / MINUTE_MS);
  const rest = ms - minutes * MINUTE_MS;
  const time = `${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[Math.floor(rest / 1000)]}`;
  const thousandths = rest % 1000;
  return `${dateText(day)}T${time}.${Math.floor(thousandths / 100)}${two[thousandths % 100]}Z`;
}

/** `YYYY-MM-DD` so many days after 1970-01-01; another shape outside the years 0 to 9999. */
export function dateText(day: number): string {
  const known = textOfDay.get(day);
  if (known !== undefined) return known;
  if (textOfDay.size >= MOST_DAYS) textOfDay.clear();
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
  textOfDay.set(day, text);
  return text;
}

/** Milliseconds from 1970 to the midnight of `YYYY-MM-DD` in UTC, as `Date.parse` has it: NaN for no date. */
export function midnightMs(date: string): number {
  const known = msOfDate.get(date);
  if (known !== undefined) return known;
  if (msOfDate.size >= MOST_DAYS) msOfDate.clear();
  const epoch = Date.parse(`${date}T00:00:00.000Z`);
  if (!Number.isNaN(epoch)) msOfDate.set(date, epoch);
  return epoch;
}

/**
 * Milliseconds since 1970 of a text that `isoText` could have made; `undefined` for every other one, which is
 * not to say that it is no date.
 */
export function epochOfIsoText(text: string): number | undefined {
  const shaped =
    text.length === 24 &&
    text[10] === 'T' &&
    text[13] === ':' &&
    text[16] === ':' &&
    text[19] === '.' &&
    text[23] === 'Z';
  if (!shaped) return undefined;
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  const ms = digits(text, 20, 3);
  const epoch = midnightMs(text.slice(0, 10)) + hour * 3_600_000 + minute * MINUTE_MS + second * 1000 + ms;
  return hour < 24 && minute < 60 && second < 60 && !Number.isNaN(epoch) ? epoch : undefined;
}

/** A whole number, or NaN when something else stands there. */
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let position = from; position < from + count; position += 1) {
    const digit = text.charCodeAt(position) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
