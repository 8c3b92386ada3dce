import { describe, expect, it } from 'vitest';
import { createMovableClock, type MovableClock } from './movable-clock.ts';
import { createTimekeeper, type DueWork } from './timekeeper.ts';

function frozenClock(): MovableClock {
  return createMovableClock(() => 0, { setting: () => undefined, saveSetting: () => undefined });
}

/** Alarms that note when they ran; running one may set others. */
function alarms(
  clock: MovableClock,
  at: number[],
  seen: number[],
  then: (dueMs: number) => number[] = () => [],
): DueWork {
  return {
    name: 'alarms',
    nextDueMs: () => (at.length === 0 ? undefined : Math.min(...at)),
    runDue: async () => {
      const due = at.filter((dueMs) => dueMs <= clock.nowMs());
      for (const dueMs of due) {
        at.splice(at.indexOf(dueMs), 1);
        seen.push(clock.nowMs());
        at.push(...then(dueMs));
      }
      return due.length;
    },
  };
}

const fail = (error: unknown): never => {
  throw error;
};

describe('timekeeper', () => {
  it('lets every event see its own time and follows cascades inside the advance', async () => {
    const clock = frozenClock();
    const seen: number[] = [];
    const work = [alarms(clock, [300, 100], seen, (dueMs) => (dueMs === 100 ? [150, 90] : []))];
    await createTimekeeper({ clock, work, onError: fail }).advanceTo(1_000);
    expect(seen).toEqual([100, 100, 150, 300]);
    expect(clock.nowMs()).toBe(1_000);
  });

  it('settles once for all who ask before it begins, and again for whoever asks later', async () => {
    const clock = frozenClock();
    let rounds = 0;
    const work: DueWork[] = [
      { name: 'counted', nextDueMs: () => undefined, runDue: async () => (rounds++ === 0 ? 1 : 0) },
    ];
    const { settle } = createTimekeeper({ clock, work, onError: fail });
    await Promise.all(Array.from({ length: 200 }, () => settle()));
    expect(rounds).toBe(2);
    await settle();
    expect(rounds).toBe(3);
  });

  it('leaves work beyond the target alone', async () => {
    const clock = frozenClock();
    const seen: number[] = [];
    const keeper = createTimekeeper({ clock, work: [alarms(clock, [500], seen)], onError: fail });
    await keeper.advanceTo(499);
    expect(seen).toEqual([]);
    expect(await keeper.advanceToNext()).toBe(true);
    expect(clock.nowMs()).toBe(500);
    expect(await keeper.advanceToNext()).toBe(false);
  });

  it('does not run two advances into each other', async () => {
    const clock = frozenClock();
    const seen: number[] = [];
    const keeper = createTimekeeper({ clock, work: [alarms(clock, [100, 200], seen)], onError: fail });
    await Promise.all([keeper.advanceTo(150), keeper.advanceTo(250)]);
    expect(seen).toEqual([100, 200]);
  });

  it('says so when work never stops being due instead of hanging', async () => {
    const clock = frozenClock();
    const stuck: DueWork = { name: 'stuck', nextDueMs: () => 0, runDue: async () => 1 };
    await expect(createTimekeeper({ clock, work: [stuck], onError: fail }).settle()).rejects.toThrow(/stuck/);
  });

  it('does work by itself while ticking, and reports what throws without stopping', async () => {
    const clock = createMovableClock(() => performance.now(), {
      setting: () => undefined,
      saveSetting: () => undefined,
    });
    const errors: unknown[] = [];
    let runs = 0;
    const secondRun = Promise.withResolvers<void>();
    const work: DueWork = {
      name: 'flaky',
      nextDueMs: () => clock.nowMs() + 1,
      runDue: async () => {
        runs += 1;
        if (runs === 1) throw new Error('first run fails');
        secondRun.resolve();
        return 0;
      },
    };
    const keeper = createTimekeeper({ clock, work: [work], onError: (error) => errors.push(error) });
    keeper.startTicking();
    await secondRun.promise;
    await keeper.stop();
    expect(errors).toHaveLength(1);
  });
});

describe('a timekeeper that ticks beside requests', () => {
  it('does not begin background work while a request is being served', async () => {
    const clock = createMovableClock(() => performance.now(), {
      setting: () => undefined,
      saveSetting: () => undefined,
    });
    let served = false;
    let waiting = false;
    const seen: boolean[] = [];
    const ran = Promise.withResolvers<void>();
    const work: DueWork = {
      name: 'background',
      nextDueMs: () => undefined,
      runDue: async () => {
        if (!waiting) return 0;
        seen.push(served);
        ran.resolve();
        return 0;
      },
    };
    const keeper = createTimekeeper({ clock, work: [work], onError: fail });
    keeper.startTicking();
    await keeper.settle();
    const release = keeper.hold();
    waiting = true;
    keeper.poke();
    // Work that did not wait would run in one of these turns.
    for (let turn = 0; turn < 200; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
    served = true;
    release();
    await ran.promise;
    await keeper.stop();
    expect(seen[0]).toBe(true);
  });
});
