/** One field of a cron expression: a set of numbers plus what only days know. */
export type CronDays = {
  readonly values: ReadonlySet<number>;
  /** `L` in day-of-month: the last day; with an offset of 0 or more days before it. */
  readonly lastDay: boolean;
  /** `15W`: the weekday nearest to that day; `LW` is day 32. */
  readonly nearestWeekday: readonly number[];
  /** `6L`: the last such weekday of the month (1 = Sunday). */
  readonly lastWeekday: readonly number[];
  /** `3#2`: the second Tuesday. */
  readonly nthWeekday: readonly { readonly weekday: number; readonly nth: number }[];
};

export type CronExpression = {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number> | 'every';
  /** Exactly one of the two is given; the other was `?`. */
  readonly days: { readonly kind: 'ofMonth' | 'ofWeek'; readonly field: CronDays };
};

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * Reads the six fields `minutes hours day-of-month month day-of-week year` of `cron(…)`, as EventBridge
 * Scheduler does (UserGuide/schedule-types): exactly one of the two day fields is `?`. Undefined for
 * anything it rejects.
 */
export function parseCron(text: string): CronExpression | undefined {
  const fields = text.split(' ');
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6 || minute === undefined || hour === undefined || dayOfMonth === undefined)
    return undefined;
  if (month === undefined || dayOfWeek === undefined || year === undefined) return undefined;
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) return undefined;
  const minutes = parseSet(minute, 0, 59, []);
  const hours = parseSet(hour, 0, 23, []);
  const months = parseSet(month, 1, 12, monthNames);
  const years = year === '*' ? 'every' : parseSet(year, 1970, 2199, []);
  const field = dayOfWeek === '?' ? parseDaysOfMonth(dayOfMonth) : parseDaysOfWeek(dayOfWeek);
  if (!minutes || !hours || !months || !years || !field) return undefined;
  return {
    minutes: ascending(minutes),
    hours: ascending(hours),
    months,
    years,
    days: { kind: dayOfWeek === '?' ? 'ofMonth' : 'ofWeek', field },
  };
}

function parseDaysOfMonth(text: string): CronDays | undefined {
  const nearestWeekday: number[] = [];
  let lastDay = false;
  const plain: string[] = [];
  for (const part of text.split(',')) {
    const weekday = /^(\d{1,2}|L)W$/.exec(part)?.[1];
    if (part === 'L') lastDay = true;
    else if (weekday !== undefined) nearestWeekday.push(weekday === 'L' ? 32 : Number(weekday));
    else plain.push(part);
  }
  if (nearestWeekday.some((day) => day < 1 || day > 32)) return undefined;
  const values = plain.length === 0 ? new Set<number>() : parseSet(plain.join(','), 1, 31, []);
  return values && { values, lastDay, nearestWeekday, lastWeekday: [], nthWeekday: [] };
}

function parseDaysOfWeek(text: string): CronDays | undefined {
  const lastWeekday: number[] = [];
  const nthWeekday: { weekday: number; nth: number }[] = [];
  const plain: string[] = [];
  for (const part of text.split(',')) {
    const last = /^([1-7])L$/.exec(part)?.[1];
    const [, weekday, nth] = /^([1-7])#([1-5])$/.exec(part) ?? [];
    if (part === 'L') plain.push('7');
    else if (last !== undefined) lastWeekday.push(Number(last));
    else if (weekday !== undefined) nthWeekday.push({ weekday: Number(weekday), nth: Number(nth) });
    else plain.push(part);
  }
  const values = plain.length === 0 ? new Set<number>() : parseSet(plain.join(','), 1, 7, weekdayNames);
  return values && { values, lastDay: false, nearestWeekday: [], lastWeekday, nthWeekday };
}

/** A comma list of `*`, values, ranges `a-b`, and steps `x/n`; names stand for numbers from `low` on. */
function parseSet(
  text: string,
  low: number,
  high: number,
  names: readonly string[],
): Set<number> | undefined {
  const set = new Set<number>();
  for (const part of text.split(',')) {
    const range = parseRange(part, low, high, names);
    if (range === undefined) return undefined;
    for (let value = range.from; value <= range.to; value += range.step) set.add(value);
  }
  return set;
}

function parseRange(
  part: string,
  low: number,
  high: number,
  names: readonly string[],
): { from: number; to: number; step: number } | undefined {
  const [, base, stepText] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
  if (base === undefined) return undefined;
  const step = stepText === undefined ? 1 : Number(stepText);
  if (step < 1) return undefined;
  const numberFor = (word: string): number | undefined => {
    const named = names.indexOf(word.toUpperCase());
    const value = named >= 0 ? named + low : /^\d+$/.test(word) ? Number(word) : Number.NaN;
    return value >= low && value <= high ? value : undefined;
  };
  if (base === '*') return { from: low, to: high, step };
  const [first = '', second, ...rest] = base.split('-');
  if (rest.length > 0) return undefined;
  const from = numberFor(first);
  const to = second === undefined ? (stepText === undefined ? from : high) : numberFor(second);
  return from === undefined || to === undefined || to < from ? undefined : { from, to, step };
}

function ascending(values: ReadonlySet<number>): number[] {
  return [...values].sort((a, b) => a - b);
}
