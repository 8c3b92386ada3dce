import { addSeconds } from '@aftercare/time/instant';
import { localTimeOf } from '@aftercare/time/zone';
import { acceptSession } from '@aftercare/usecases/accept-session';
import { cancelSession } from '@aftercare/usecases/cancel-session';
import { readSession } from '@aftercare/usecases/read-session';
import { sendReminder } from '@aftercare/usecases/send-reminder';
import { describe, expect, it } from 'vitest';
import { createWorld, sampleSession, type World } from '../world/memory-world.ts';

/** Fires every schedule and drains the queue, step by step, to the end of the two weeks. */
async function walk(world: World, until?: string): Promise<void> {
  for (;;) {
    const [next] = world.schedules.pending();
    if (next === undefined || (until !== undefined && next.at > until)) return;
    if (next.at > world.clock.now()) world.clock.moveTo(next.at);
    for (const due of world.schedules.takeDue(world.clock.now())) {
      await world.system.queues.enqueue(due.queue, due.body);
    }
    await drain(world);
  }
}

async function drain(world: World): Promise<void> {
  for (const delivery of world.queues.receive('reminders-due', 10)) {
    const { sessionKey, revision, day, attempt } = delivery.body;
    await sendReminder(world.system, {
      sessionKey: String(sessionKey),
      revision: Number(revision),
      day: Number(day),
      attempt: Number(attempt),
    });
    world.queues.remove(delivery.id);
  }
}

describe('one webhook becomes four texts', () => {
  it('sends day 1, 3, 7 and 14 at 10:00 patient-local and nothing else but the confirmation', async () => {
    const world = await createWorld();
    const outcome = await acceptSession(world.system, world.clinic, sampleSession());
    expect(outcome.kind).toBe('created');
    world.clock.advanceSeconds(60);
    await drain(world);
    await walk(world);
    const texts = world.sms.accepted();
    const timeline = await readSession(world.system, 'glow', 'visit-2026-0042');
    expect(timeline?.reminders.map((reminder) => [reminder.day, reminder.status])).toEqual([
      [1, 'sent'],
      [3, 'sent'],
      [7, 'sent'],
      [14, 'sent'],
    ]);
    expect(texts.map((text) => localTimeOf(text.acceptedAt, 'America/New_York'))).toEqual([
      '12:31',
      '10:00',
      '10:00',
      '10:00',
      '10:00',
    ]);
  });

  it('does not send a fifth text when the same request comes again', async () => {
    const world = await createWorld();
    await acceptSession(world.system, world.clinic, sampleSession());
    const again = await acceptSession(world.system, world.clinic, sampleSession());
    expect(again.kind).toBe('replayed');
    expect(world.schedules.pending()).toHaveLength(4);
  });

  it('sends nothing more once cancelled on day 2', async () => {
    const world = await createWorld({ clinic: { sendConfirmation: false } });
    await acceptSession(world.system, world.clinic, sampleSession());
    await walk(world, addSeconds('2026-11-21T16:30:00.000Z', 2 * 86_400));
    await cancelSession(world.system, 'glow', 'visit-2026-0042');
    await walk(world);
    expect(world.sms.accepted()).toHaveLength(1);
    const timeline = await readSession(world.system, 'glow', 'visit-2026-0042');
    expect(timeline?.reminders.map((reminder) => reminder.status)).toEqual([
      'sent',
      'cancelled',
      'cancelled',
      'cancelled',
    ]);
  });
});
