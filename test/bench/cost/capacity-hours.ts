import { weeksPerMonth } from '@aftercare/infra/lib/busy-hours';
import { type CapacityPlan, capacityPlanFor, type Traffic } from '@aftercare/infra/lib/capacity-plan';
import { type Held, walkCapacity } from '../scale/autoscaling.ts';
import { type Demand, minutesPerDay, weekOf } from '../scale/table-demand.ts';
import { totalOf } from './bill.ts';
import type { SessionUsage } from './one-session.ts';
import { fixedPrices, prices, scalingAlarms } from './prices.ts';

/** Unit-hours of a month, by what they are held for. */
export type CapacityHours = { readonly [Kind in keyof CapacityPlan]: number };

/** `hourly`: every clock hour at its highest. `byMinute`: as if each minute were billed for itself. */
export type HeldMonth = {
  readonly hourly: CapacityHours;
  readonly byMinute: CapacityHours;
  /** Units refused in an average month; they come back and are served. */
  readonly throttled: number;
};

const minutesPerWeek = 7 * minutesPerDay;

/**
 * What a month holds under the plan that is deployed for this traffic: the second of two walked weeks, the
 * first being there to settle in. AWS bills provisioned capacity by the hour and does not say which of an
 * hour's values it takes; the highest is the dearest reading, and the one that the bill is made with.
 */
export function heldMonthOf(traffic: Traffic, usage: SessionUsage, planned: Traffic = traffic): HeldMonth {
  const week = weekOf({ ...traffic, textsPerMinute: Number.POSITIVE_INFINITY }, usage);
  const plan = capacityPlanFor(planned);
  const walked = (kind: keyof CapacityPlan, asked: Float64Array): Held =>
    walkCapacity(plan[kind], twice(asked));
  const held = {
    tableWrites: walked('tableWrites', week.tableWrites),
    tableReads: walked('tableReads', week.tableReads),
    indexWrites: walked('indexWrites', week.indexWrites),
    indexReads: walked('indexReads', new Float64Array(minutesPerWeek)),
  };
  const hours = (of: (units: Float64Array) => number): CapacityHours => {
    const month = ({ provisioned }: Held): number => of(secondWeek(provisioned)) * weeksPerMonth;
    return {
      tableWrites: month(held.tableWrites),
      tableReads: month(held.tableReads),
      indexWrites: month(held.indexWrites),
      indexReads: month(held.indexReads),
    };
  };
  const refused = Object.values(held).map(({ throttled }) => sum(secondWeek(throttled)));
  return {
    hourly: hours(hourlyHighest),
    byMinute: hours((units) => sum(units) / 60),
    throttled: refused.reduce((all, units) => all + units, 0) * weeksPerMonth,
  };
}

const secondWeek = (minutes: Float64Array): Float64Array => minutes.slice(minutesPerWeek);

const twice = (week: Demand[keyof Demand]): Float64Array => Float64Array.from([...week, ...week]);

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

function hourlyHighest(units: Float64Array): number {
  let total = 0;
  for (let minute = 0; minute < units.length; minute += 60)
    total += Math.max(...units.slice(minute, minute + 60));
  return total;
}

/** The clinics' `spreadMinutes` that docs/scale.md asks for where there are waves. */
export const recommendedSpread = 60;

/**
 * Sessions a month from which a provisioned table is cheaper than one on demand, its alarms included, to two
 * digits: below, minimums and alarms weigh more than what is saved.
 */
export function breakEvenOf(usage: SessionUsage): number {
  const saves = (sessions: number): boolean => {
    const { hourly } = heldMonthOf({ sessionsPerMonth: sessions, spreadMinutes: recommendedSpread }, usage);
    const provisioned =
      (hourly.tableWrites + hourly.indexWrites) * prices.writeUnitHour +
      (hourly.tableReads + hourly.indexReads) * prices.readUnitHour +
      scalingAlarms * fixedPrices.alarm;
    const onDemand =
      (totalOf(usage, 'writeUnits') + totalOf(usage, 'indexWriteUnits')) * prices.writeUnit +
      totalOf(usage, 'readUnits') * prices.readUnit;
    return provisioned < onDemand * sessions;
  };
  let [low, high] = [1000, 10_000_000];
  while (high / low > 1.05) {
    const middle = Math.sqrt(low * high);
    if (saves(middle)) high = middle;
    else low = middle;
  }
  return Number(high.toPrecision(2));
}
