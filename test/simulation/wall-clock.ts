/** Local time by `Intl` alone: the checkers must not believe the code they check. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(timeZone, format);
  return format;
}

const wallTexts = new Map<string, string>();

/** `YYYY-MM-DD HH:MM` on the wall. */
function wall(ms: number, timeZone: string): string {
  const key = `${Math.floor(ms / 60_000)} ${timeZone}`;
  const known = wallTexts.get(key);
  if (known !== undefined) return known;
  if (wallTexts.size > 50_000) wallTexts.clear();
  const text = formatOf(timeZone).format(ms);
  wallTexts.set(key, text);
  return text;
}

export const dateOnWall = (ms: number, timeZone: string): string => wall(ms, timeZone).slice(0, 10);
export const timeOnWall = (ms: number, timeZone: string): string => wall(ms, timeZone).slice(11, 16);

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
