import type { Instant } from '@aftercare/time/instant';
import type { Item, QueueName, Schedules } from '@aftercare/usecases/ports';
import { type Effect, withoutFaults } from './effect.ts';
import { copyItem } from './json.ts';

export type MemorySchedule = {
  readonly name: string;
  readonly at: Instant;
  readonly queue: QueueName;
  readonly body: Item;
  readonly maximumEventAgeSeconds: number;
};

export type MemorySchedules = Schedules & {
  has(name: string): boolean;
  /** What is waiting, earliest first. */
  pending(): readonly MemorySchedule[];
  /** Takes out what is due, earliest first, as a one-time schedule is deleted after it fired. */
  takeDue(now: Instant): readonly MemorySchedule[];
};

/** One-time schedules that fire when the simulation takes them. */
export function createMemorySchedules(effect: Effect = withoutFaults): MemorySchedules {
  const byName = new Map<string, MemorySchedule>();
  const pending = (): MemorySchedule[] =>
    [...byName.values()].sort((left, right) => {
      if (left.at !== right.at) return left.at < right.at ? -1 : 1;
      return left.name < right.name ? -1 : 1;
    });
  return {
    create: (schedule) =>
      effect('schedules.create', async () => {
        assertValid(schedule);
        if (byName.has(schedule.name)) return 'exists';
        byName.set(schedule.name, { ...schedule, body: copyItem(schedule.body) });
        return 'created';
      }),
    remove: (name) => effect('schedules.remove', async () => (byName.delete(name) ? 'removed' : 'absent')),
    has: (name) => byName.has(name),
    pending,
    takeDue(now) {
      const due = pending().filter((schedule) => schedule.at <= now);
      for (const schedule of due) byName.delete(schedule.name);
      return due;
    },
  };
}

/** The service's own limits (EventBridge Scheduler API reference, CreateSchedule). */
function assertValid(schedule: MemorySchedule): void {
  if (!/^[0-9a-zA-Z\-_.]{1,64}$/.test(schedule.name)) throw new Error('a schedule name breaks its pattern');
  const age = schedule.maximumEventAgeSeconds;
  if (!Number.isInteger(age) || age < 60 || age > 86_400)
    throw new Error('event age is 60 to 86,400 seconds');
}
