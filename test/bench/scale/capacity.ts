import { reminderHour } from '@aftercare/infra/lib/busy-hours';
import { type CapacityPlan, capacityPlanFor, type UnitsPlan } from '@aftercare/infra/lib/capacity-plan';
import type { SessionUsage } from '../cost/one-session.ts';
import { type Held, walkCapacity } from './autoscaling.ts';
import type { Day, Settings } from './model.ts';
import { type Demand, demandOf, happeningsOn, minutesPerDay, weekOf } from './table-demand.ts';
import { busiestWeekday } from './volumes.ts';

/** A provisioned table on the busiest day, in its own minutes, from midnight Eastern. */
export type CapacityDay = {
  readonly asked: Demand;
  readonly held: { readonly [Kind in keyof Demand]: Held };
  /** Units refused that day, of table and index, and minutes in which something was refused. */
  readonly throttled: number;
  readonly throttledMinutes: number;
};

const kinds = ['tableWrites', 'tableReads', 'indexWrites'] as const;

/**
 * What the plan for a scenario's traffic holds on its busiest day, in which texts leave as they were seen to
 * leave text by text; the days around it are average ones.
 */
export function capacityDayOf(settings: Settings, day: Day, usage: SessionUsage): CapacityDay {
  const { sessionsPerMonth, spreadMinutes } = settings;
  const shape = { sessionsPerMonth, spreadMinutes, textsPerMinute: Number.POSITIVE_INFINITY };
  const average = weekOf(shape, usage);
  const busiest = demandOf(happeningsOn(busiestWeekday, shape, fromMidnight(day.perMinute.accepted)), usage);
  const plan: CapacityPlan = capacityPlanFor({
    sessionsPerMonth,
    spreadMinutes: Math.max(60, spreadMinutes),
  });
  const walked = (kind: keyof Demand): Held =>
    busiestDayOf(plan[kind], withBusiest(average[kind], busiest[kind]));
  const held = {
    tableWrites: walked('tableWrites'),
    tableReads: walked('tableReads'),
    indexWrites: walked('indexWrites'),
  };
  return {
    asked: busiest,
    held,
    throttled: kinds.reduce(
      (sum, kind) => sum + held[kind].throttled.reduce((all, units) => all + units, 0),
      0,
    ),
    throttledMinutes: held.tableWrites.throttled.filter((units) => units > 0).length,
  };
}

/** The day's walk begins at ten o'clock; what it sees after midnight stands in the minutes before ten. */
const fromMidnight = (perMinute: Float64Array): Float64Array =>
  perMinute.map((_, minute) => perMinute.at(minute - reminderHour * 60) ?? 0);

const startOfBusiest = busiestWeekday * minutesPerDay;

function withBusiest(week: Float64Array, day: Float64Array): Float64Array {
  const changed = week.slice();
  changed.set(day, startOfBusiest);
  return changed;
}

function busiestDayOf(plan: UnitsPlan, week: Float64Array): Held {
  const ofDay = (values: Float64Array): Float64Array =>
    values.slice(startOfBusiest, startOfBusiest + minutesPerDay);
  const { provisioned, throttled, fromBurst, falls } = walkCapacity(plan, week);
  return { provisioned: ofDay(provisioned), throttled: ofDay(throttled), fromBurst: ofDay(fromBurst), falls };
}
