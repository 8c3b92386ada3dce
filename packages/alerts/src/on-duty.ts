import { type Instant, isBefore } from '@aftercare/time/instant';
import { addDays, weekdayOf } from '@aftercare/time/local-date';
import { instantAt, localDateOf } from '@aftercare/time/zone';
import type { AlertPlace, OnCall, Weekday } from './people.ts';

const weekdays: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * Staff on call for a location at a moment, first first: one-time entries override, so they go before
 * weekly ones.
 */
export function onDuty(calendar: readonly OnCall[], place: AlertPlace, at: Instant): string[] {
  const mine = calendar.filter(
    (entry) => entry.locationId === undefined || entry.locationId === place.locationId,
  );
  const once = mine.filter((entry) => entry.weekly === undefined && coversOnce(entry, at));
  const weekly = mine.filter((entry) => coversWeekly(entry, place.timeZone, at));
  return [...new Set([...once, ...weekly].flatMap((entry) => entry.staffIds))];
}

function coversOnce(entry: OnCall, at: Instant): boolean {
  const { fromAt, toAt } = entry;
  return fromAt !== undefined && toAt !== undefined && !isBefore(at, fromAt) && isBefore(at, toAt);
}

/** Wall time of the location; a `to` that is not after `from` runs past midnight, equal is 24 hours. */
function coversWeekly(entry: OnCall, timeZone: string, at: Instant): boolean {
  const { weekly } = entry;
  if (weekly === undefined) return false;
  const today = localDateOf(at, timeZone);
  return [today, addDays(today, -1)].some((date) => {
    const day = weekdays[weekdayOf(date)];
    if (day === undefined || !weekly.days.includes(day)) return false;
    const from = instantAt(date, weekly.from, timeZone);
    const last = weekly.to > weekly.from ? date : addDays(date, 1);
    return !isBefore(at, from) && isBefore(at, instantAt(last, weekly.to, timeZone));
  });
}
