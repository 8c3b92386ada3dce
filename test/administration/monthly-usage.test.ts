import { createMemoryTableScan } from '@aftercare/adapters/memory/table-scan';
import { acceptSession } from '@aftercare/usecases/accept-session';
import { monthlyUsage, parseMonth } from '@aftercare/usecases/monthly-usage';
import { readSession } from '@aftercare/usecases/read-session';
import { sendReminder } from '@aftercare/usecases/send-reminder';
import { describe, expect, it } from 'vitest';
import { createWorld, sampleSession, type World } from '../world/memory-world.ts';

/** All texts of the sample session, sent when they fall due. */
async function walk(clinic: object = {}): Promise<World> {
  const world = await createWorld({ clinic });
  await acceptSession(world.system, world.clinic, sampleSession());
  for (let [next] = world.schedules.pending(); next !== undefined; [next] = world.schedules.pending()) {
    if (next.at > world.clock.now()) world.clock.moveTo(next.at);
    for (const due of world.schedules.takeDue(world.clock.now())) {
      const { sessionKey, revision, day, attempt } = due.body;
      const command = { sessionKey: String(sessionKey), revision: Number(revision), day: Number(day) };
      await sendReminder(world.system, { ...command, attempt: Number(attempt) });
    }
  }
  return world;
}

const usageOf = (world: World, month: string) =>
  monthlyUsage({ ...world.system, scan: createMemoryTableScan(world.table) }, world.clinic.config, month);

describe('monthly usage', () => {
  it('adds up what left, by location and month of the clinic', async () => {
    const world = await walk();
    const sent = world.sms.accepted();
    const november = await usageOf(world, '2026-11');
    const december = await usageOf(world, '2026-12');
    expect(november.total.texts + december.total.texts).toBe(sent.length);
    expect(december.locations[0]).toMatchObject({ locationId: 'brickell', reminders: { texts: 1 } });
    expect(november.total.segments).toBe(november.locations[0]?.reminders.segments);
    expect(november.total.estimatedCostUsd).toBeCloseTo(november.total.segments * 0.012, 2);
    expect(await usageOf(world, '2026-10')).toMatchObject({ total: { texts: 0, segments: 0 } });
  });

  it('stops reminders at the cap, says so, and starts again the next month', async () => {
    const world = await walk({ monthlySegmentCap: 2 });
    const timeline = await readSession(world.system, 'glow', 'visit-2026-0042');
    const reasons = timeline?.reminders.map((reminder) => [reminder.day, reminder.reason]);
    expect(reasons).toContainEqual([7, 'monthly_cap']);
    expect(reasons).toContainEqual([14, undefined]);
    const november = await usageOf(world, '2026-11');
    expect(november.cap).toMatchObject({ segments: 2, reached: true });
    expect((await usageOf(world, '2026-12')).total.texts).toBe(1);
  });

  it('knows which months exist', () => {
    expect(parseMonth('2026-12')).toBe('2026-12');
    for (const wrong of ['2026-13', '2026-1', '26-01', '2026-12-01', ''])
      expect(parseMonth(wrong)).toBeUndefined();
  });
});
