import type { Instant } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
import { createMemorySchedules } from './schedules.ts';

const at = (minute: number): Instant => `2026-11-21T10:0${minute}:00.000Z`;
const schedule = (name: string, minute: number) => ({
  name,
  at: at(minute),
  queue: 'reminders-due' as const,
  body: { day: 1 },
  maximumEventAgeSeconds: 3600,
});

describe('the memory schedules', () => {
  it('keeps the first of two schedules of one name', async () => {
    const schedules = createMemorySchedules();
    expect(await schedules.create(schedule('a.r1.d1', 1))).toBe('created');
    expect(await schedules.create(schedule('a.r1.d1', 5))).toBe('exists');
    expect(schedules.pending().map((entry) => entry.at)).toEqual([at(1)]);
  });

  it('fires what is due once, in order, and forgets it', async () => {
    const schedules = createMemorySchedules();
    for (const [name, minute] of [
      ['c', 3],
      ['b', 2],
      ['a', 2],
      ['z', 9],
    ] as const) {
      await schedules.create(schedule(name, minute));
    }
    expect(schedules.takeDue(at(3)).map((entry) => entry.name)).toEqual(['a', 'b', 'c']);
    expect(schedules.takeDue(at(3))).toEqual([]);
    expect(await schedules.create(schedule('a', 2))).toBe('created');
    expect(await schedules.remove('a')).toBe('removed');
    expect(await schedules.remove('a')).toBe('absent');
  });

  it('refuses a name or an age that the service would refuse', async () => {
    const schedules = createMemorySchedules();
    await expect(schedules.create(schedule('with space', 1))).rejects.toThrow('name');
    await expect(schedules.create({ ...schedule('a', 1), maximumEventAgeSeconds: 59 })).rejects.toThrow('60');
  });
});
