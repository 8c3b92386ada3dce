import type { UnitsPlan } from '@aftercare/infra/lib/capacity-plan';
import { describe, expect, it } from 'vitest';
import { walkCapacity } from './autoscaling.ts';

const plan: UnitsPlan = { initial: 100, minimum: 10, maximum: 1000, raises: [] };
const minutes = (count: number, unitsPerSecond: number): number[] =>
  Array.from({ length: count }, () => unitsPerSecond * 60);
const walked = (demand: readonly number[], changed: Partial<UnitsPlan> = {}) =>
  walkCapacity({ ...plan, ...changed }, Float64Array.from(demand));

describe('a table that follows its consumption', () => {
  it('grows to its target after two busy minutes, and minutes late', () => {
    const { provisioned } = walked(minutes(10, 96));
    expect([...provisioned.slice(0, 6)]).toEqual([100, 100, 100, 100, 100, 100]);
    expect(provisioned[6]).toBe(120);
  });

  it('is not moved by one busy minute', () => {
    const { provisioned } = walked([...minutes(5, 70), ...minutes(1, 96), ...minutes(12, 70)]);
    expect(new Set(provisioned)).toEqual(new Set([100]));
  });

  it('never grows past its maximum', () => {
    const { provisioned } = walked(minutes(60, 5000));
    expect(Math.max(...provisioned)).toBe(1000);
  });

  it('falls after a quiet quarter of an hour to what its busiest minute needs', () => {
    const { provisioned } = walked([...minutes(20, 40), ...minutes(60, 0)]);
    expect(provisioned[18]).toBe(100);
    expect(provisioned[19]).toBe(50);
    expect(provisioned.at(-1)).toBe(10);
  });

  it('falls four times a day, and then once an hour', () => {
    const day = Array.from({ length: 48 }, (_, half) => minutes(30, half % 2 === 0 ? 500 : 5)).flat();
    const { falls } = walked(day);
    expect(falls).toBeGreaterThan(4);
    expect(falls).toBeLessThanOrEqual(27);
  });
});

describe('what was left over', () => {
  it('carries five minutes, and no more', () => {
    // 300 seconds of 100 units; 150 asked for above 100 leaves after ten minutes.
    const asked = [...minutes(60, 61), ...minutes(4, 200)];
    const { throttled, fromBurst } = walked(asked, { maximum: 100 });
    expect(throttled.reduce((sum, units) => sum + units, 0)).toBe(0);
    expect(fromBurst.reduce((sum, units) => sum + units, 0)).toBe(4 * 100 * 60);
    const longer = walked([...asked, ...minutes(4, 200)], { maximum: 100 });
    expect(longer.throttled.at(-1)).toBeGreaterThan(0);
  });
});

describe('what is refused', () => {
  it('comes back until it is served', () => {
    const { throttled } = walked([...minutes(3, 300), ...minutes(30, 0)], { maximum: 100 });
    expect(throttled[2]).toBeGreaterThan(0);
    expect(throttled.at(-1)).toBe(0);
  });
});

describe('a raise by the clock', () => {
  it('is in force before the hour it is for, on its weekdays only', () => {
    const raises = [{ weekdays: [0], hour: 9, minute: 45, minimum: 500 }];
    const { provisioned } = walked(minutes(2 * 24 * 60, 50), { raises });
    expect(provisioned[9 * 60 + 44]).toBe(63);
    expect(provisioned[9 * 60 + 50]).toBe(500);
    expect(provisioned[24 * 60 + 10 * 60]).toBe(500);
    const lowered = [...raises, { weekdays: [0], hour: 11, minute: 0, minimum: 10 }];
    const { provisioned: after } = walked(minutes(2 * 24 * 60, 50), { raises: lowered });
    expect(after[24 * 60 + 10 * 60]).toBe(63);
  });
});
