import { capacityPlanFor, unitsUsed } from '@aftercare/infra/lib/capacity-plan';
import { beforeAll, describe, expect, it } from 'vitest';
import { unitsOfEach } from '../scale/table-demand.ts';
import { awsBill, sumOf, totalOf } from './bill.ts';
import { breakEvenOf, heldMonthOf } from './capacity-hours.ts';
import { type SessionUsage, typicalShape, walkOneSession } from './one-session.ts';

const large = { sessionsPerMonth: 10_000_000, spreadMinutes: 60 };

describe('the plan of a provisioned table', () => {
  const walk: { usage?: SessionUsage } = {};
  const usage = (): SessionUsage => {
    if (walk.usage === undefined) throw new Error('no session was walked');
    return walk.usage;
  };
  beforeAll(async () => {
    walk.usage = await walkOneSession(typicalShape);
  });

  it('rests on what a walked session uses', () => {
    const counted = unitsOfEach(usage());
    for (const kind of ['tableWrites', 'tableReads', 'indexWrites'] as const)
      for (const of of ['session', 'text', 'reply'] as const)
        expect(Math.abs(unitsUsed[kind][of] - counted[of][kind]), `${kind} of a ${of}`).toBeLessThan(0.1);
  });

  it('refuses nothing in an average week, nor with a quarter more than it was made for', () => {
    for (const sessionsPerMonth of [100_000, 1_000_000, 10_000_000]) {
      const planned = { sessionsPerMonth, spreadMinutes: 60 };
      expect(heldMonthOf(planned, usage()).throttled).toBe(0);
      const more = { ...planned, sessionsPerMonth: sessionsPerMonth * 1.25 };
      expect(heldMonthOf(more, usage(), planned).throttled).toBe(0);
    }
  });

  it('does refuse where nobody spreads, which the model must be able to see', () => {
    const unspread = { ...large, spreadMinutes: 0 };
    expect(heldMonthOf(unspread, usage(), large).throttled).toBeGreaterThan(1e8);
  });

  it('stays inside a table’s default quota of 40,000 units a second', () => {
    const plan = capacityPlanFor(large);
    for (const { maximum, initial, minimum, raises } of Object.values(plan)) {
      expect(maximum).toBeLessThanOrEqual(40_000);
      for (const raise of raises) {
        expect(raise.minimum).toBeLessThanOrEqual(initial);
        expect(raise.minimum).toBeGreaterThanOrEqual(minimum);
      }
    }
  });

  it('is paid for in full: no hour for less than it holds, no unit-hour for less than was used', () => {
    const { hourly, byMinute } = heldMonthOf(large, usage());
    const used = (totalOf(usage(), 'writeUnits') * large.sessionsPerMonth) / 3600;
    expect(byMinute.tableWrites).toBeGreaterThan(used);
    expect(hourly.tableWrites).toBeGreaterThan(byMinute.tableWrites);
    const provisioned = sumOf(awsBill(usage(), large.sessionsPerMonth, { capacity: hourly, tracing: false }));
    const onDemand = sumOf(
      awsBill(usage(), large.sessionsPerMonth, { capacity: 'onDemand', tracing: false }),
    );
    expect(provisioned).toBeLessThan(onDemand);
  });

  it('is not worth it for a small month', () => {
    const sessions = breakEvenOf(usage());
    expect(sessions).toBeGreaterThan(10_000);
    expect(sessions).toBeLessThan(1_000_000);
  });
});
