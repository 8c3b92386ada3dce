import { epochMs } from '@aftercare/time/instant';
import type { Item, QueueName, System } from '@aftercare/usecases/ports';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';
import type { Faults, Part } from './faults.ts';
import type { Functions } from './functions.ts';
import type { Outside } from './outside.ts';
import type { Trace } from './trace.ts';

/**
 * What AWS does between our calls: queues deliver at least once, schedules fire late, twice or after they
 * were deleted, the sweep comes every five minutes.
 */
export type Couriers = {
  onEnqueued(queue: QueueName, delaySeconds: number): void;
  onScheduled(schedule: Schedule): void;
  /** Puts the dead letters back on their queues. */
  redrive(): void;
  /** Work will be due then: the sweep after it must not be skipped. */
  sweepFor(attendMs: number): void;
  reconcileDaily(): void;
};

export type Schedule = Parameters<System['schedules']['create']>[0];

const consumers = {
  'reminders-due': 'send-reminder',
  'inbound-received': 'process-inbound',
  'alerts-due': 'alert-rung',
  'webhooks-due': 'deliver-webhook',
  'inbound-fallback': 'inbound-replay',
} as const satisfies Record<QueueName, Part>;

/**
 * A text of a patient is guarded by its own state and by the rows that it changes. A second consumer meets
 * the first of these alone only if it looks at the text before the first one has written, and at the rest
 * after.
 */
const odds = {
  twoConsumers: (queue: QueueName): number => (queue === 'inbound-received' ? 0.3 : 0.03),
  apartMs: 60,
};

const sweepEveryMs = 300_000;
const dayMs = 86_400_000;
const visibilityMs = 90_000;

type Parts = {
  readonly engine: Engine;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly outside: () => Outside;
  readonly functions: () => Functions;
  readonly earliestWorkMs: () => number | undefined;
  /** The carrier took a text that is not in our table. */
  readonly isTextMissing: () => boolean;
  /** A consumer is about to look at these: the moment to make trouble. */
  readonly onDue: (queue: QueueName, bodies: readonly Item[]) => void;
};

export function createCouriers(parts: Parts): Couriers {
  const timers = createTimers(parts);
  const onScheduled = createScheduler(parts);
  const { engine, chance, faults, outside, functions } = parts;
  const rough = faults.roughness;

  function pollAt(queue: QueueName, ms: number): void {
    engine.at(ms + chance.whole(5, 300), () => void poll(queue));
  }

  /** There is one poll for each time that a message becomes visible: others would find nothing. */
  async function poll(queue: QueueName): Promise<void> {
    const consumer = consumers[queue];
    const part: Part = consumer;
    if (faults.isDown(part, engine.nowMs())) return pollAt(queue, faults.backAt(part, engine.nowMs()));
    if (faults.isDown('queues', engine.nowMs()))
      return pollAt(queue, faults.backAt('queues', engine.nowMs()));
    const deliveries = outside().queues.receive(queue, chance.pick([1, 1, 5]));
    if (deliveries.length === 0) return;
    const receivedMs = engine.nowMs();
    const bodies = deliveries.map((delivery) => delivery.body);
    parts.onDue(queue, bodies);
    if (faults.strikes('two consumers of one message', rough * odds.twoConsumers(queue)))
      engine.at(
        engine.nowMs() + chance.whole(0, odds.apartMs),
        () => void functions().invoke(consumer, bodies),
      );
    const invocation = await functions().invoke(consumer, bodies);
    const failed = invocation.kind === 'answered' ? invocation.answer : undefined;
    for (const [position, delivery] of deliveries.entries()) {
      const handled = failed?.includes(position) === false;
      if (handled && !faults.strikes('queue message not deleted', rough * 0.02))
        outside().queues.remove(delivery.id);
      else pollAt(queue, receivedMs + visibilityMs);
    }
  }

  return {
    onEnqueued: (queue, delaySeconds) => pollAt(queue, engine.nowMs() + delaySeconds * 1000),
    onScheduled,
    redrive() {
      const dead = outside().queues.deadLetters();
      if (dead.length === 0) return;
      faults.count('dead letters redriven');
      outside().queues.redrive();
      for (const { queue } of dead) pollAt(queue, engine.nowMs());
    },
    ...timers,
  };
}

/** EventBridge: the sweep every five minutes, the reconciliation every day. */
function createTimers(parts: Parts): Pick<Couriers, 'sweepFor' | 'reconcileDaily'> {
  const { engine, chance, faults, functions } = parts;
  const phaseMs = chance.whole(0, sweepEveryMs - 1);
  const armed = new Set<number>();

  /**
   * Only sweeps with something to find run: an idle one changes nothing, and skipping it makes weeks cheap.
   */
  function armSweep(attendMs: number): void {
    const fromMs = Math.max(attendMs, engine.nowMs() + 1);
    const tickMs = Math.ceil((fromMs - phaseMs) / sweepEveryMs) * sweepEveryMs + phaseMs;
    if (armed.has(tickMs)) return;
    armed.add(tickMs);
    engine.at(tickMs, () => {
      armed.delete(tickMs);
      void sweepNow();
    });
  }

  async function sweepNow(): Promise<void> {
    const work = parts.earliestWorkMs();
    if (work === undefined) return;
    if (work > engine.nowMs()) return armSweep(work);
    if (!faults.isDown('sweep', engine.nowMs())) void runScheduled('sweep');
    const left = parts.earliestWorkMs();
    if (left !== undefined) armSweep(left);
  }

  /**
   * A scheduled function that fails is tried twice more, after one and two minutes (Lambda, asynchronous).
   */
  async function runScheduled(name: 'sweep' | 'reconcile', triesLeft = 2): Promise<void> {
    const invocation = await functions().invoke(name, undefined);
    if (invocation.kind === 'answered' || triesLeft === 0) return;
    engine.at(engine.nowMs() + (3 - triesLeft) * 60_000, () => void runScheduled(name, triesLeft - 1));
  }

  return {
    sweepFor: armSweep,
    reconcileDaily() {
      const run = (): void => {
        // Like an idle sweep: with nothing missing it changes nothing.
        if (parts.isTextMissing()) void runScheduled('reconcile');
        engine.at(engine.nowMs() + dayMs, run);
      };
      engine.at(engine.nowMs() + chance.whole(0, dayMs), run);
    },
  };
}

/** EventBridge Scheduler: within its minute, now and then late, twice, not at all, or after deletion. */
function createScheduler({ engine, chance, faults, trace, outside }: Parts): Couriers['onScheduled'] {
  const rough = faults.roughness;

  async function fire(schedule: Schedule, late: boolean): Promise<void> {
    if (faults.isDown('queues', engine.nowMs()) || faults.isDown('scheduler', engine.nowMs())) {
      const back = Math.max(
        faults.backAt('queues', engine.nowMs()),
        faults.backAt('scheduler', engine.nowMs()),
      );
      if (back - epochMs(schedule.at) > schedule.maximumEventAgeSeconds * 1000) {
        return faults.count('schedule too old to deliver');
      }
      engine.at(back + chance.whole(0, 60_000), () => void fire(schedule, late));
      return;
    }
    trace.note(() => `schedule ${schedule.name} fires`);
    await outside().system.queues.enqueue(schedule.queue, schedule.body);
  }

  return (schedule) => {
    const atMs = epochMs(schedule.at);
    // Precision of the Scheduler is a minute (aws 1.1).
    const lateMs = faults.strikes('schedule late', rough * 0.02) ? chance.whole(60_000, 3_000_000) : 0;
    engine.at(atMs + chance.whole(0, 59_000) + lateMs, () => {
      const stillThere = outside().schedules.has(schedule.name);
      if (!stillThere && !faults.strikes('schedule fires after deletion', rough * 0.2)) return;
      if (stillThere) void outside().schedules.remove(schedule.name);
      if (faults.strikes('schedule lost', rough * 0.01)) return;
      void fire(schedule, lateMs > 0);
      if (faults.strikes('schedule fires twice', rough * 0.05)) {
        engine.at(engine.nowMs() + chance.pick([0, 5, 20_000, 3_600_000]), () => void fire(schedule, true));
      }
    });
  };
}
