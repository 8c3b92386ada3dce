/** Local time by `Intl` alone: the checkers must not believe the code they check. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(timeZone, format);
  return format;
}

/** Clocks are changed at a quarter of an hour, never inside one: its wall is asked for once. */
const quarterMs = 900_000;
const quarters = new Map<string, Map<number, string>>();

/** `YYYY-MM-DD HH:MM` on the wall as a quarter of an hour begins. */
function wallOfQuarter(quarter: number, timeZone: string): string {
  const ofZone = quarters.get(timeZone) ?? new Map<number, string>();
  quarters.set(timeZone, ofZone);
  const known = ofZone.get(quarter);
  if (known !== undefined) return known;
  if (ofZone.size > 20_000) ofZone.clear();
  const text = formatOf(timeZone).format(quarter * quarterMs);
  ofZone.set(quarter, text);
  return text;
}

export const dateOnWall = (ms: number, timeZone: string): string =>
  wallOfQuarter(Math.floor(ms / quarterMs), timeZone).slice(0, 10);

export function timeOnWall(ms: number, timeZone: string): string {
  const quarter = Math.floor(ms / quarterMs);
  const begins = wallOfQuarter(quarter, timeZone);
  const minutes = Number(begins.slice(14, 16)) + Math.floor((ms - quarter * quarterMs) / 60_000);
  return `${begins.slice(11, 14)}${minutes < 10 ? '0' : ''}${minutes}`;
}

/** Calendar days from one date to another. */
export const daysApart = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

const dayNumbers = new Map<string, number>();

/** Days from 1970 to that date. */
function dayNumber(date: string): number {
  const known = dayNumbers.get(date);
  if (known !== undefined) return known;
  const number = Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
  dayNumbers.set(date, number);
  return number;
}
