import { epochMs, instantFromEpochMs } from '@aftercare/time/instant';
import { addDays, daysBetween, type LocalDate, parseLocalDate, weekdayOf } from '@aftercare/time/local-date';
import { instantAt, localDateOf, localDateTimeOf } from '@aftercare/time/zone';
import { type CronExpression, parseCron } from './cron-fields.ts';

export type ScheduleExpression =
  | { readonly kind: 'at'; readonly date: LocalDate; readonly time: string; readonly seconds: number }
  | { readonly kind: 'rate'; readonly everyMs: number }
  | { readonly kind: 'cron'; readonly cron: CronExpression };

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** A cron that matches no day in this many years (30 February) never fires. */
const searchYearsMax = 8;

/**
 * Reads `at(…)`, `rate(…)` or `cron(…)`; undefined for everything AWS answers with "Invalid Schedule
 * Expression".
 */
export function parseScheduleExpression(text: string): ScheduleExpression | undefined {
  const [, dateText = '', time = '', secondText] =
    /^at\((\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3]):[0-5]\d):([0-5]\d)\)$/.exec(text) ?? [];
  const date = parseLocalDate(dateText);
  if (date !== undefined) return { kind: 'at', date, time, seconds: Number(secondText) };
  const [, count, unit = ''] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(text) ?? [];
  const oneMs = unitMs[unit];
  if (oneMs !== undefined) return { kind: 'rate', everyMs: Number(count) * oneMs };
  const cronText = /^cron\((.*)\)$/.exec(text)?.[1];
  const cron = cronText === undefined ? undefined : parseCron(cronText);
  return cron === undefined ? undefined : { kind: 'cron', cron };
}

/**
 * The first moment at or after `fromMs` at which the expression fires, or undefined when there is none.
 *
 * @param startMs where a rate counts from: StartDate or creation
 */
export function nextOccurrence(
  expression: ScheduleExpression,
  timeZone: string,
  fromMs: number,
  startMs: number,
): number | undefined {
  switch (expression.kind) {
    case 'at': {
      const atMs = epochMs(instantAt(expression.date, expression.time, timeZone)) + expression.seconds * 1000;
      return atMs >= fromMs ? atMs : undefined;
    }
    case 'rate':
      return startMs + Math.max(0, Math.ceil((fromMs - startMs) / expression.everyMs)) * expression.everyMs;
    case 'cron':
      return nextCron(expression.cron, timeZone, fromMs);
  }
}

/**
 * A wall time that the spring change skips does not run; one that autumn repeats runs once (schedule-types
 * page).
 */
function nextCron(cron: CronExpression, timeZone: string, fromMs: number): number | undefined {
  const first = localDateOf(instantFromEpochMs(fromMs), timeZone);
  for (let ahead = 0; ahead <= searchYearsMax * 366; ahead += 1) {
    const date = addDays(first, ahead);
    if (!matchesDate(cron, date)) continue;
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const at = instantAt(date, time, timeZone);
        const skipped = localDateTimeOf(at, timeZone) !== `${date}T${time}`;
        if (!skipped && epochMs(at) >= fromMs) return epochMs(at);
      }
    }
  }
  return undefined;
}

function matchesDate(cron: CronExpression, date: LocalDate): boolean {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  if (!cron.months.has(month)) return false;
  if (cron.years !== 'every' && !cron.years.has(year)) return false;
  const { kind, field } = cron.days;
  const length = monthLength(date);
  if (kind === 'ofMonth') {
    if (field.values.has(day) || (field.lastDay && day === length)) return true;
    return field.nearestWeekday.some((target) => nearestWeekday(date, day, target, length) === day);
  }
  const weekday = weekdayOf(date) + 1;
  if (field.values.has(weekday)) return true;
  if (field.lastWeekday.includes(weekday) && day > length - 7) return true;
  return field.nthWeekday.some((wanted) => wanted.weekday === weekday && Math.ceil(day / 7) === wanted.nth);
}

function monthLength(date: LocalDate): number {
  const first = parseLocalDate(`${date.slice(0, 8)}01`) ?? date;
  const next = parseLocalDate(`${addDays(first, 31).slice(0, 8)}01`) ?? date;
  return daysBetween(first, next);
}

/** The Monday-to-Friday day nearest to `target` inside the month of `date`. */
function nearestWeekday(date: LocalDate, day: number, target: number, length: number): number {
  const wanted = Math.min(target, length);
  const weekday = weekdayOf(addDays(date, wanted - day));
  if (weekday === 6) return wanted > 1 ? wanted - 1 : wanted + 2;
  if (weekday === 0) return wanted < length ? wanted + 1 : wanted - 2;
  return wanted;
}
