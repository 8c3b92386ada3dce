import { describe, expect, it } from 'vitest';
import { createChance } from './chance.ts';
import { createContainer } from './container.ts';
import { createEngine } from './engine.ts';
import { createFaults } from './faults.ts';
import { createOutside } from './outside.ts';
import { createTrace } from './trace.ts';

const startMs = Date.parse('2026-11-21T00:00:00Z');

describe('simulated time', () => {
  it('runs steps in order of time, and never one before now', async () => {
    const engine = createEngine(startMs, createChance(1).fraction);
    const seen: number[] = [];
    for (const ms of [30, 10, 20]) engine.at(startMs + ms, () => seen.push(engine.nowMs() - startMs));
    engine.at(startMs + 10, () => engine.at(startMs, () => seen.push(-1)));
    await engine.run(startMs + 100, () => false);
    expect(seen.filter((ms) => ms > 0)).toEqual([10, 20, 30]);
    expect(seen.indexOf(-1)).toBeLessThan(seen.indexOf(20));
  });

  it('stops before what comes after the end', async () => {
    const engine = createEngine(startMs, createChance(1).fraction);
    let ran = false;
    engine.at(startMs + 500, () => {
      ran = true;
    });
    await engine.run(startMs + 499, () => false);
    expect(ran).toBe(false);
  });

  it('refuses a step without a moment, which would put every other step out of order', () => {
    const engine = createEngine(startMs, createChance(1).fraction);
    expect(() => engine.at(Number.NaN, () => undefined)).toThrow('moment');
  });
});

describe('a container', () => {
  function world() {
    const chance = createChance(2);
    const engine = createEngine(startMs, createChance(3).fraction);
    const faults = createFaults(chance, startMs, startMs);
    const trace = createTrace(engine.now, false);
    const silent = { log: (log: never) => log, metrics: (m: never) => m, schedules: (s: never) => s };
    const onRead = (): void => undefined;
    const approvals = { carrier: 'emulator', configAt: () => undefined } as const;
    const outside = createOutside({ engine, chance, faults, approvals }, silent as never, {
      onEnqueued: () => undefined,
      onScheduled: () => undefined,
      onAccepted: () => undefined,
      refuse: () => undefined,
    });
    return {
      engine,
      container: createContainer(
        { engine, chance, faults, trace, outside: outside.system, onRead },
        'f/1',
        0,
      ),
    };
  }

  it('ends a handler that outlives its time-out, between two calls, for good', async () => {
    const { engine, container } = world();
    let calls = 0;
    const invocation = container.invoke(async () => {
      for (;;) {
        await container.system.table.get({ pk: 'a', sk: 'b' });
        calls += 1;
      }
    });
    await engine.run(startMs + 60_000, () => false);
    const callsAtEnd = calls;
    await engine.run(startMs + 120_000, () => false);
    expect(await invocation).toEqual({ kind: 'died' });
    expect(calls).toBe(callsAtEnd);
    expect(container.isDead()).toBe(true);
  });
});
