/** What a month's sessions come to: by zone, on the busiest weekday, in the busiest hour, at one time. */

/** Share of US sessions by zone (population shares), and the hour of 10:00 local in Eastern time. */
export const zones = [
  { name: 'Eastern', share: 0.476, opensAtSeconds: 0 },
  { name: 'Central', share: 0.292, opensAtSeconds: 3600 },
  { name: 'Mountain', share: 0.067, opensAtSeconds: 2 * 3600 },
  { name: 'Pacific', share: 0.165, opensAtSeconds: 3 * 3600 },
] as const;

/** Sessions by weekday, Sunday first: clinics close on Sundays and are fullest before the weekend. */
const weekday = [0, 0.15, 0.16, 0.17, 0.19, 0.2, 0.13] as const;
const reminderDays = [1, 3, 7, 14] as const;
const weeksPerMonth = 30 / 7;

/** Reminders due on the busiest weekday. */
export function textsOnBusiestDay(sessionsPerMonth: number): number {
  const perWeek = sessionsPerMonth / weeksPerMonth;
  const dueOn = weekday.map((_, day) =>
    reminderDays.reduce<number>((sum, after) => sum + (weekday[(day - after + 14) % 7] ?? 0), 0),
  );
  return Math.round(Math.max(...dueOn) * perWeek);
}

/**
 * Sessions accepted in the busiest hour: the fullest weekday, nine opening hours, the fullest of them double.
 */
export function sessionsInBusiestHour(sessionsPerMonth: number): number {
  return (sessionsPerMonth / weeksPerMonth) * Math.max(...weekday) * (2 / 9);
}

/** Schedules that wait at one time: each session keeps one per reminder until its day. */
export function schedulesAlive(sessionsPerMonth: number): number {
  return (sessionsPerMonth / 30) * reminderDays.reduce<number>((sum, day) => sum + day, 0);
}
