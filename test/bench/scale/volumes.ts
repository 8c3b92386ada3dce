import {
  openingHours,
  reminderDays,
  remindersOn,
  sessionsOn,
  zones as shares,
} from '@aftercare/infra/lib/busy-hours';

/** What a month's sessions come to: by zone, on the busiest weekday, in the busiest hour, at one time. */

/** Share of US sessions by zone, and seconds from ten o'clock Eastern to ten o'clock there. */
export const zones = shares.map(({ name, share, hoursLater }) => ({
  name,
  share,
  opensAtSeconds: hoursLater * 3600,
}));

const weekdays = [0, 1, 2, 3, 4, 5, 6] as const;

/** The weekday (0 is Sunday) on which most reminders are due. */
export const busiestWeekday = weekdays.reduce<number>(
  (busiest, day) => (remindersOn(day, 1) > remindersOn(busiest, 1) ? day : busiest),
  0,
);

/** Reminders due on the busiest weekday. */
export function textsOnBusiestDay(sessionsPerMonth: number): number {
  return Math.round(remindersOn(busiestWeekday, sessionsPerMonth));
}

/**
 * Sessions accepted in the busiest hour: the fullest weekday, nine opening hours, the fullest of them double.
 */
export function sessionsInBusiestHour(sessionsPerMonth: number): number {
  const fullestDay = Math.max(...weekdays.map((day) => sessionsOn(day, sessionsPerMonth)));
  return fullestDay * Math.max(...openingHours.shares);
}

/** Schedules that wait at one time: each session keeps one per reminder until its day. */
export function schedulesAlive(sessionsPerMonth: number): number {
  return (sessionsPerMonth / 30) * reminderDays.reduce<number>((sum, day) => sum + day, 0);
}
