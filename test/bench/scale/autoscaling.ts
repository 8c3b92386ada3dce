import { targetPercent, type UnitsPlan } from '@aftercare/infra/lib/capacity-plan';
import { minutesPerDay } from './table-demand.ts';

/**
 * DynamoDB's provisioned mode with Application Auto Scaling, minute by minute, as documented: target tracking
 * acts after two minutes above its target and after fifteen in a row more than a fifth below it (developer
 * guide, "DynamoDB metrics and dimensions"; re:Post, "DynamoDB auto scaling"), a table keeps 300 seconds of
 * unused capacity ("Burst and adaptive capacity"), and capacity falls four times a UTC day and once more in
 * every hour after one without a fall ("Quotas in Amazon DynamoDB").
 */

const target = targetPercent / 100;
/** "20 % or more below the target", read as percentage points, as re:Post's example does (70 to 50). */
const scaleInBelow = target - 0.2;
const minutesAbove = 2;
const minutesBelow = 15;
/** Alarms come up to a few minutes late, and a change of capacity takes several: what is assumed of both. */
const changeTakesMinutes = 5;
const burstSeconds = 300;
const fallsAtOnce = 4;
/** Eastern standard time behind UTC, in which falls are counted. */
const easternBehindUtc = 5 * 60;

/** Every minute of the walk. */
export type Held = {
  /** Units a second that are provisioned, and paid for. */
  readonly provisioned: Float64Array;
  /** Units that were refused in this minute, and come back with the next. */
  readonly throttled: Float64Array;
  /** Units above what was provisioned, served out of what earlier minutes left over. */
  readonly fromBurst: Float64Array;
  /** How often capacity was lowered in all. */
  readonly falls: number;
};

type Change = { readonly at: number; readonly to: number };

class Table {
  provisioned: number;
  private readonly plan: UnitsPlan;
  private minimum: number;
  private change: Change | undefined;
  private bucket = 0;
  private above = 0;
  private readonly below: number[] = [];
  private fallsToday = 0;
  private lastFall = Number.NEGATIVE_INFINITY;
  falls = 0;

  constructor(plan: UnitsPlan) {
    this.plan = plan;
    this.provisioned = plan.initial;
    this.minimum = plan.minimum;
  }

  /** Lets the minute begin: changes that were asked for arrive, and the clock may raise the minimum. */
  begin(minute: number): void {
    if ((minute + easternBehindUtc) % minutesPerDay === 0) this.fallsToday = 0;
    if (this.change !== undefined && this.change.at <= minute) {
      this.provisioned = this.change.to;
      this.change = undefined;
      this.bucket = Math.min(this.bucket, burstSeconds * this.provisioned);
    }
    const weekday = Math.floor(minute / minutesPerDay) % 7;
    const raise = this.plan.raises.find(
      (one) => one.hour * 60 + one.minute === minute % minutesPerDay && one.weekdays.includes(weekday),
    );
    if (raise === undefined) return;
    this.minimum = raise.minimum;
    if (Math.max(this.provisioned, this.change?.to ?? 0) < raise.minimum) this.ask(minute, raise.minimum);
  }

  /** Serves what is asked for in this minute; answers with the units refused. */
  serve(minute: number, units: number): number {
    const capacity = this.provisioned * 60;
    const served = Math.min(units, capacity + this.bucket);
    this.bucket = Math.min(this.bucket + capacity - served, burstSeconds * this.provisioned);
    this.track(minute, served);
    return units - served;
  }

  private track(minute: number, served: number): void {
    const used = served / (this.provisioned * 60);
    this.above = used > target ? this.above + 1 : 0;
    if (used < scaleInBelow) this.below.push(served);
    else this.below.length = 0;
    if (this.above >= minutesAbove) this.grow(minute, served);
    else if (this.below.length >= minutesBelow) this.shrink(minute);
  }

  private grow(minute: number, served: number): void {
    const wanted = Math.min(this.plan.maximum, Math.ceil(served / 60 / target));
    // A table that is being changed takes no other change.
    if (wanted > this.provisioned && this.change === undefined) this.ask(minute, wanted);
  }

  /** To what the busiest of the last fifteen minutes needs: no more than it has to. */
  private shrink(minute: number): void {
    const busiest = Math.max(...this.below.slice(-minutesBelow));
    const wanted = Math.max(this.minimum, Math.ceil(busiest / 60 / target));
    const mayFall = this.fallsToday < fallsAtOnce || minute - this.lastFall >= 60;
    if (wanted >= this.provisioned || this.change !== undefined || !mayFall) return;
    this.fallsToday += 1;
    this.falls += 1;
    this.lastFall = minute;
    this.below.length = 0;
    this.ask(minute, wanted);
  }

  private ask(minute: number, to: number): void {
    this.change = { at: minute + changeTakesMinutes, to };
  }
}

/** Walks demand (units asked for in each minute, from a Sunday's midnight Eastern) through such a table. */
export function walkCapacity(plan: UnitsPlan, demand: Float64Array): Held {
  const table = new Table(plan);
  const provisioned = new Float64Array(demand.length);
  const throttled = new Float64Array(demand.length);
  const fromBurst = new Float64Array(demand.length);
  let refused = 0;
  for (const [minute, units] of demand.entries()) {
    table.begin(minute);
    provisioned[minute] = table.provisioned;
    const asked = units + refused;
    refused = table.serve(minute, asked);
    throttled[minute] = refused;
    fromBurst[minute] = Math.max(0, asked - refused - table.provisioned * 60);
  }
  return { provisioned, throttled, fromBurst, falls: table.falls };
}
