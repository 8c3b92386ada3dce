/**
 * When a month's sessions and texts fall, over the United States and the week: plausible shares, not
 * measured (docs/scale.md). The plan of a provisioned table rests on them, and the scale model walks them.
 */

/** Share of US sessions by zone (population shares), and the hour of 10:00 local in Eastern time. */
export const zones = [
  { name: 'Eastern', share: 0.476, hoursLater: 0 },
  { name: 'Central', share: 0.292, hoursLater: 1 },
  { name: 'Mountain', share: 0.067, hoursLater: 2 },
  { name: 'Pacific', share: 0.165, hoursLater: 3 },
] as const;

/** Sessions by weekday, Sunday first: clinics close on Sundays and are fullest before the weekend. */
const weekdayShares = [0, 0.15, 0.16, 0.17, 0.19, 0.2, 0.13] as const;
/** Days after a session on which its reminders are due. */
export const reminderDays = [1, 3, 7, 14] as const;
export const weeksPerMonth = 30 / 7;

/** Nine opening hours from this one, local time; the fullest has double its share. */
export const openingHours = {
  from: 9,
  shares: Array.from({ length: 9 }, (_, hour) => (hour === 5 ? 2 / 9 : 7 / 72)),
} as const;

/** The local hour at which reminders are due, unless a clinic chose another. */
export const reminderHour = 10;

/** Sessions accepted on this weekday (0 is Sunday), on average. */
export const sessionsOn = (weekday: number, sessionsPerMonth: number): number =>
  (sessionsPerMonth / weeksPerMonth) * (weekdayShares[weekday] ?? 0);

/** Reminders due on this weekday (0 is Sunday), on average: each session has four. */
export const remindersOn = (weekday: number, sessionsPerMonth: number): number =>
  reminderDays.reduce<number>(
    (sum, after) => sum + sessionsOn((weekday - after + 14) % 7, sessionsPerMonth),
    0,
  );
