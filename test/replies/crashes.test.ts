import { addMinutes } from '@aftercare/time/instant';
import { listAlerts } from '@aftercare/usecases/alerts/list-alerts';
import type { System } from '@aftercare/usecases/ports';
import { processInbound } from '@aftercare/usecases/process-inbound';
import { receiveInbound } from '@aftercare/usecases/receive-inbound';
import { describe, expect, it } from 'vitest';
import { alertLine, ana, doctor, nurse, patientLine, replyWorld } from './reply-world.ts';

type Crash = { readonly call: number; readonly when: 'before' | 'after' };
class Crashed extends Error {}
/** One world per crash point. */
const slow = { timeout: 60_000 };

/** The system as one function invocation sees it: its n-th call to the outside world is its last. */
function crashing<S extends System>(system: S, crash: Crash): { system: S; calls: () => number } {
  let calls = 0;
  let dead = false;
  const guard =
    <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (dead) throw new Crashed();
      calls += 1;
      const last = calls === crash.call;
      if (last) dead = true;
      if (last && crash.when === 'before') throw new Crashed();
      const result = await method(...args);
      if (last) throw new Crashed();
      return result;
    };
  const { table, sms, schedules, queues } = system;
  return {
    calls: () => calls,
    system: {
      ...system,
      table: {
        get: guard(table.get),
        getAll: guard(table.getAll),
        query: guard(table.query),
        write: guard(table.write),
        transact: guard(table.transact),
        workDue: guard(table.workDue),
      },
      sms: { ...sms, send: guard(sms.send) },
      schedules: { create: guard(schedules.create), remove: guard(schedules.remove) },
      queues: { enqueue: guard(queues.enqueue) },
    },
  };
}

/** A text of Ana that the webhook stored, as the queue tells of it. */
async function storedText(system: System, messageSid: string, body: string) {
  const text = { messageSid, from: ana, to: patientLine, body, mediaUrls: [], source: 'webhook' } as const;
  const stored = await receiveInbound(system, text);
  if (stored.kind === 'not_ours') throw new Error('the sample number is not routed');
  return { clinicId: stored.clinicId, phoneKey: stored.phoneKey, messageSid };
}

async function crashOnce(body: string, crash: Crash) {
  const world = await replyWorld();
  const before = world.sms.accepted().length;
  const { system } = world;
  const command = await storedText(system, 'SMcrash', body);
  const [delivery] = world.queues.receive('inbound-received', 1);
  const dying = crashing(system, crash);
  const died = await processInbound(dying.system, command).then(
    () => false,
    () => true,
  );
  if (!died && delivery !== undefined) world.queues.remove(delivery.id);
  await world.advanceTo(addMinutes(world.clock.now(), 6));
  const texts = world.sms.accepted().slice(before);
  return { world, died, texts, reached: dying.calls() >= crash.call };
}

describe('a crash while a text is processed', () => {
  const cases = Array.from({ length: 40 }, (_, i) => i + 1).flatMap((call): Crash[] => [
    { call, when: 'before' },
    { call, when: 'after' },
  ]);

  it(
    'never answers an emergency twice, has exactly one alert, and pages within 5 minutes',
    slow,
    async () => {
      let crashes = 0;
      for (const crash of cases) {
        const { world, texts, reached } = await crashOnce('I cant breathe', crash);
        if (!reached) break;
        crashes += 1;
        const label = `${crash.when} call ${crash.call}`;
        const alerts = await listAlerts(world.system, { clinicId: 'glow' });
        expect(alerts, label).toHaveLength(1);
        const replies = texts.filter((text) => text.to === ana && text.body.startsWith('Call 911'));
        expect(replies.length, label).toBeLessThanOrEqual(1);
        const pages = texts.filter((text) => text.from === alertLine);
        expect(pages.length, label).toBeGreaterThan(0);
        expect(String(pages[0]?.acceptedAt) <= '2026-11-21T17:35:30.000Z', label).toBe(true);
      }
      expect(crashes).toBeGreaterThan(20);
    },
  );

  it('never confirms an opt-out twice and never loses it', slow, async () => {
    for (const crash of cases) {
      const { world, texts, reached } = await crashOnce('baja', crash);
      if (!reached) break;
      const label = `${crash.when} call ${crash.call}`;
      expect(texts.filter((text) => text.to === ana).length, label).toBeLessThanOrEqual(1);
      expect(await world.text(ana, 'thank you'), label).toEqual([]);
    }
  });
});

describe('a page whose answer and record are both lost', () => {
  it('is followed by the next person two minutes later, without waiting for the sweep', async () => {
    const world = await replyWorld({ now: '2026-11-21T17:30:00.000Z' });
    const { system } = world;
    const command = await storedText(system, 'SMlost', 'there is pus on my cheek');
    world.queues.receive('inbound-received', 1);
    const losing: typeof system = {
      ...system,
      sms: {
        ...system.sms,
        send: async (text) =>
          text.from === alertLine ? { kind: 'unknown', cause: 'timed out' } : system.sms.send(text),
      },
      table: {
        ...system.table,
        async transact(writes) {
          const result = await system.table.transact(writes);
          const [first] = writes;
          if (writes.length === 1 && first?.write === 'update' && first.key.pk.startsWith('AL#'))
            throw new Crashed();
          return result;
        },
      },
    };
    await expect(processInbound(losing, command)).rejects.toThrow(Crashed);
    // The queue's message was not deleted; at 90 s it comes back and finishes what was left.
    await world.advanceTo('2026-11-21T17:32:30.000Z');
    expect(world.to(nurse)).toEqual([]);
    expect(world.to(doctor)).toHaveLength(1);
  });
});

describe('a text that two consumers read at once', () => {
  it('is paged in two minutes when the one that was faster dies before its page leaves', async () => {
    const world = await replyWorld();
    const { system } = world;
    const command = await storedText(system, 'SMboth', 'there is pus on my cheek');
    const [message] = world.queues.receive('inbound-received', 1);
    const recorded = Promise.withResolvers<void>();
    const slower: typeof system = {
      ...system,
      table: {
        ...system.table,
        async get(key) {
          const item = await system.table.get(key);
          if (key.pk.startsWith('NUMBER#')) await recorded.promise;
          return item;
        },
      },
    };
    const dying: typeof system = {
      ...system,
      sms: {
        ...system.sms,
        send(text) {
          if (text.from !== alertLine) return system.sms.send(text);
          recorded.resolve();
          return new Promise(() => undefined);
        },
      },
    };
    const late = processInbound(slower, command);
    void processInbound(dying, command);
    expect(await late).toEqual({ kind: 'nothing', why: 'done_before' });
    // Handled, so that the queue never brings it again; the sweep comes at 17:35.
    world.queues.remove(message?.id ?? '');
    await world.advanceTo('2026-11-21T17:32:10.000Z');
    expect(world.to(nurse)).toHaveLength(1);
  });
});

describe('a webhook that comes again', () => {
  it('is answered once, even when both copies are processed', async () => {
    const world = await replyWorld();
    const text = {
      messageSid: 'SMtwice',
      from: ana,
      to: patientLine,
      body: 'I cant breathe',
      mediaUrls: [],
      source: 'webhook',
    } as const;
    const [one, two] = await Promise.all([
      receiveInbound(world.system, text),
      receiveInbound(world.system, text),
    ]);
    expect([one.kind, two.kind].sort()).toEqual(['duplicate', 'stored']);
    if (one.kind === 'not_ours') throw new Error('the sample number is not routed');
    const command = { clinicId: one.clinicId, phoneKey: one.phoneKey, messageSid: 'SMtwice' };
    await Promise.all([processInbound(world.system, command), processInbound(world.system, command)]);
    await processInbound(world.system, command);
    expect(world.to(ana).filter((body) => body.startsWith('Call 911'))).toHaveLength(1);
    expect(world.to(nurse)).toHaveLength(1);
  });
});
