import type { MemoryClinicWebhook } from '@aftercare/adapters/memory/clinic-webhook';
import { signWebhook } from '@aftercare/contract/request-signature';
import { addSeconds, type Instant } from '@aftercare/time/instant';
import { acceptSession } from '@aftercare/usecases/accept-session';
import { cancelSession } from '@aftercare/usecases/cancel-session';
import { deliverWebhook } from '@aftercare/usecases/deliver-webhook';
import type { Item } from '@aftercare/usecases/ports';
import { publishEvents } from '@aftercare/usecases/publish-events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWorld, sampleSession, sampleWebhookSecret, type World } from '../world/memory-world.ts';
import { createClinicReceiver } from './clinic-receiver.ts';

const start: Instant = '2026-11-21T17:30:00.000Z';
const url = 'https://clinic.example/hooks';

let world: World;
let written: Item[];
beforeEach(async () => {
  // The library reads the machine's clock: it must show what ours does.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(start) });
  world = await createWorld({ now: start, clinic: { webhook: { url } } });
  written = [];
  world.table.subscribe((record) => {
    if (record.eventName === 'INSERT' && record.newImage !== undefined) written.push(record.newImage);
  });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The stream, the queue and the schedules, until `seconds` of simulated time have passed. */
async function run(seconds: number, stepSeconds = 30): Promise<void> {
  for (let passed = 0; passed < seconds; passed += stepSeconds) {
    const inserts = written.splice(0).map((item) => ({ item }));
    await publishEvents(world.system, inserts);
    for (const due of world.schedules.takeDue(world.clock.now())) {
      if (due.queue === 'webhooks-due') await world.system.queues.enqueue(due.queue, due.body);
    }
    for (const delivery of world.queues.receive('webhooks-due', 50)) {
      const { clinicId, pk, eventId, attempt } = delivery.body;
      await deliverWebhook(world.system, {
        clinicId: String(clinicId),
        pk: String(pk),
        eventId: String(eventId),
        attempt: Number(attempt),
      });
      world.queues.remove(delivery.id);
    }
    world.clock.moveTo(addSeconds(world.clock.now(), stepSeconds));
    vi.setSystemTime(new Date(world.clock.now()));
  }
}

const published = () =>
  world.table
    .everything()
    .filter((item) => item.row === 'event' && typeof item.publishAs === 'string')
    .map((item) => `evt_${String(item.eventId)}`)
    .sort();

describe('a clinic whose receiver is down for an hour', () => {
  it('loses no event, and sees none twice under another id', async () => {
    const receiver = createClinicReceiver(sampleWebhookSecret);
    let down = false;
    const endpoint = world.system.clinicWebhook as MemoryClinicWebhook;
    endpoint.answerWith((post) => {
      if (down) return { kind: 'failed', cause: 'connection refused' };
      const headers = signWebhook({
        webhookId: post.webhookId,
        at: post.sentAt,
        payload: post.body,
        secrets: post.secrets,
      });
      return { kind: 'answered', httpStatus: receiver.receive({ ...headers }, post.body) };
    });
    await acceptSession(world.system, world.clinic, sampleSession());
    await run(60);
    const before = receiver.events().length;
    expect(before).toBeGreaterThan(0);

    down = true;
    await cancelSession(world.system, 'glow', 'visit-2026-0042');
    await acceptSession(world.system, world.clinic, sampleSession({ sessionId: 'visit-2' }));
    await run(3600);
    expect(receiver.events()).toHaveLength(before);

    down = false;
    await run(3 * 3600);
    expect(
      receiver
        .events()
        .map((event) => event.webhookId)
        .sort(),
    ).toEqual(published());
    expect(receiver.calls()).toBe(receiver.events().length);
  });

  it('is not asked again once it has answered 410', async () => {
    const endpoint = world.system.clinicWebhook as MemoryClinicWebhook;
    endpoint.answerWith(() => ({ kind: 'answered', httpStatus: 410 }));
    await acceptSession(world.system, world.clinic, sampleSession());
    await run(3600);
    expect(endpoint.posts).toHaveLength(1);
  });
});
