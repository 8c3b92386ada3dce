import { describe, expect, it } from 'vitest';
import { openEmulatorStore } from '../store/emulator-store.ts';
import { createDailyTimer } from './periodic-work.ts';

function daily(nowMs: () => number, runs: number[]) {
  const opened = openEmulatorStore(':memory:');
  if (!opened.ok) throw new Error(opened.message);
  const errors: unknown[] = [];
  const timer = createDailyTimer({
    name: 'reconcile',
    store: opened.store,
    minuteOfDayUtc: 11 * 60,
    nowMs,
    run: async () => {
      runs.push(nowMs());
      if (runs.length === 1) throw new Error('once');
    },
    onError: (error) => errors.push(error),
  });
  return { timer, errors };
}

describe('a daily run', () => {
  it('comes at its minute of the UTC day, once, and goes on after a failure', async () => {
    let nowMs = Date.parse('2026-11-21T10:00:00Z');
    const runs: number[] = [];
    const { timer, errors } = daily(() => nowMs, runs);
    expect(await timer.runDue()).toBe(0);
    expect(await timer.nextDueMs()).toBe(Date.parse('2026-11-21T11:00:00Z'));
    nowMs = Date.parse('2026-11-21T11:00:00Z');
    expect(await timer.runDue()).toBe(1);
    expect(await timer.runDue()).toBe(0);
    expect(errors).toHaveLength(1);
    expect(await timer.nextDueMs()).toBe(Date.parse('2026-11-22T11:00:00Z'));
  });

  it('is made up once when the machine was off for days', async () => {
    let nowMs = Date.parse('2026-11-21T10:00:00Z');
    const runs: number[] = [];
    const { timer } = daily(() => nowMs, runs);
    nowMs = Date.parse('2026-11-25T09:00:00Z');
    await timer.runDue();
    await timer.runDue();
    expect(runs).toHaveLength(1);
    expect(await timer.nextDueMs()).toBe(Date.parse('2026-11-25T11:00:00Z'));
  });
});
