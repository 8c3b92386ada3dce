import type { Instant } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
import { createMemoryClock } from './clock.ts';
import { createMemoryQueues } from './queues.ts';

const start: Instant = '2026-11-21T10:00:00.000Z';

function setUp() {
  const clock = createMemoryClock(start);
  return { clock, queues: createMemoryQueues({ clock }) };
}

describe('the memory queues', () => {
  it('hides a delayed message until its time', async () => {
    const { clock, queues } = setUp();
    await queues.enqueue('webhooks-due', { eventId: 'e1' }, 60);
    expect(queues.receive('webhooks-due', 10)).toEqual([]);
    expect(queues.nextVisibleAt()).toBe('2026-11-21T10:01:00.000Z');
    clock.advanceSeconds(60);
    expect(queues.receive('webhooks-due', 10).map(({ body }) => body)).toEqual([{ eventId: 'e1' }]);
  });

  it('gives a message again when it was not deleted, and to nobody else meanwhile', async () => {
    const { clock, queues } = setUp();
    await queues.enqueue('alerts-due', { rung: 1 });
    const [first] = queues.receive('alerts-due', 10);
    expect(first?.receiveCount).toBe(1);
    expect(queues.receive('alerts-due', 10)).toEqual([]);
    clock.advanceSeconds(90);
    const [second] = queues.receive('alerts-due', 10);
    expect(second?.receiveCount).toBe(2);
    queues.remove(second?.id ?? '');
    clock.advanceSeconds(90);
    expect(queues.receive('alerts-due', 10)).toEqual([]);
    expect(queues.nextVisibleAt()).toBeUndefined();
  });

  it('moves what five receives could not handle to the dead letters, and back on redrive', async () => {
    const { clock, queues } = setUp();
    await queues.enqueue('alerts-due', { rung: 1 });
    for (let receive = 1; receive <= 5; receive += 1) {
      expect(queues.receive('alerts-due', 10)).toHaveLength(1);
      clock.advanceSeconds(90);
    }
    expect(queues.receive('alerts-due', 10)).toEqual([]);
    expect(queues.deadLetters().map(({ body }) => body)).toEqual([{ rung: 1 }]);
    queues.redrive();
    expect(queues.deadLetters()).toEqual([]);
    expect(queues.receive('alerts-due', 10)).toHaveLength(1);
  });

  it('refuses a delay that SQS does not know', async () => {
    await expect(setUp().queues.enqueue('alerts-due', {}, 901)).rejects.toThrow('900');
  });
});
