import { meanMs } from '../cost/bill.ts';
import type { PartitionSort, Usage } from '../cost/ledger.ts';
import { type SessionUsage, typicalShape, walkOneSession } from '../cost/one-session.ts';
import { type CapacityDay, capacityDayOf } from './capacity.ts';
import { type Day, type Settings, walkDay } from './model.ts';
import { schedulesAlive, sessionsInBusiestHour } from './volumes.ts';

/** One set of valves and volumes, and what the busiest day looks like under it. */
export type Scenario = {
  readonly name: string;
  readonly settings: Settings;
  /** Lambda's `maxConcurrency` of deliver-webhook, and events taken in one invocation. */
  readonly webhookConcurrency: number;
  readonly webhookBatch: number;
  /** Requests per second that the API lets through on Twilio's routes. */
  readonly carrierRequestsPerSecond: number;
};

export type Outcome = {
  readonly scenario: Scenario;
  readonly day: Day;
  readonly limits: readonly Limit[];
  /** The same day on a provisioned table. */
  readonly capacity: CapacityDay;
};

/** A limit and how much of it the busiest moment takes; what is turned when it is near: docs/scale.md. */
export type Limit = {
  readonly name: string;
  readonly used: number;
  readonly limit: number;
  readonly unit: string;
};

/** As deployed (infra/lib/event-sources.ts) and as raised for ten million sessions (docs/scale.md). */
const shipped = { sendConcurrency: 10, webhookConcurrency: 10, carrierRequestsPerSecond: 100 } as const;
const raised = { sendConcurrency: 250, webhookConcurrency: 200, carrierRequestsPerSecond: 3000 } as const;

export function scenariosFor(usage: SessionUsage): readonly Scenario[] {
  const sendSeconds = meanMs(used(usage, 'send-reminder')) / 1000;
  const base = {
    firingsPerSecond: 1000,
    sendSeconds,
    segmentsPerSecond: 1,
    segmentsPerText: 2,
    sessionsPerNumber: 2000,
  };
  const scenario = (
    name: string,
    sessionsPerMonth: number,
    spreadMinutes: number,
    valves: typeof shipped | typeof raised,
  ): Scenario => ({
    name,
    settings: { ...base, sessionsPerMonth, spreadMinutes, sendConcurrency: valves.sendConcurrency },
    webhookConcurrency: valves.webhookConcurrency,
    webhookBatch: 10,
    carrierRequestsPerSecond: valves.carrierRequestsPerSecond,
  });
  return [
    scenario('1 million, as deployed', 1e6, 0, shipped),
    scenario('1 million, as deployed, spread over 60 min', 1e6, 60, shipped),
    scenario('10 million, as deployed', 1e7, 0, shipped),
    scenario('10 million, valves raised', 1e7, 0, raised),
    scenario('10 million, valves raised, spread over 60 min', 1e7, 60, raised),
  ];
}

/** Walks every scenario; the same input gives the same figures to the last digit. */
export async function walkScenarios(progress: (step: string) => void): Promise<readonly Outcome[]> {
  progress('counting one session’s calls');
  const usage = await walkOneSession(typicalShape);
  return scenariosFor(usage).map((scenario) => {
    progress(`walking the busiest day: ${scenario.name}`);
    const day = walkDay(scenario.settings);
    const capacity = capacityDayOf(scenario.settings, day, usage);
    return { scenario, day, limits: limitsOf(scenario, day, usage), capacity };
  });
}

function used(usage: SessionUsage, name: string): Usage {
  const found = usage.byFunction.get(name);
  if (found === undefined) throw new Error(`The walked session never called ${name}`);
  return found;
}

const sumBy = (usage: Usage, of: 'readUnitsBy' | 'writeUnitsBy', sort: PartitionSort): number =>
  usage[of].get(sort) ?? 0;

/** The sweep's index has so many partition keys (usecases/keys.ts, workShards). */
const workShards = 4;

/** What the busiest second asks for, beside what the day's walk says itself. */
function busiestSecond({ settings, ...scenario }: Scenario, day: Day, usage: SessionUsage) {
  const send = used(usage, 'send-reminder');
  const receipt = used(usage, 'delivery-status');
  const webhook = used(usage, 'deliver-webhook');
  const intake = used(usage, 'intake');
  const sends = day.most.sendsPerSecond;
  const receipts = sends * (receipt.invocations / usage.textsOut);
  const events = sends * (webhook.invocations / usage.textsOut);
  const perText = (units: (one: Usage) => number): number =>
    units(send) / send.invocations + units(receipt) / usage.textsOut;
  const busyWebhooks = (events * meanMs(webhook)) / 1000 / scenario.webhookBatch;
  return {
    receipts,
    events,
    eventsDrained: (scenario.webhookConcurrency * scenario.webhookBatch) / (meanMs(webhook) / 1000),
    running:
      day.most.concurrency +
      (receipts * meanMs(receipt)) / 1000 +
      Math.min(scenario.webhookConcurrency, busyWebhooks),
    created: (sessionsInBusiestHour(settings.sessionsPerMonth) / 3600) * intake.scheduleCalls,
    indexWrites: (sends * perText((one) => sumBy(one, 'writeUnitsBy', 'work index'))) / workShards,
    switchReads: sends * (sumBy(send, 'readUnitsBy', 'system') / send.invocations),
    tableWrites: sends * perText((one) => one.writeUnits + one.indexWriteUnits),
  };
}

function limitsOf(scenario: Scenario, day: Day, usage: SessionUsage): readonly Limit[] {
  const { settings } = scenario;
  const busiest = busiestSecond(scenario, day, usage);
  const limit = (name: string, amount: number, most: number, unit: string): Limit => ({
    name,
    used: amount,
    limit: most,
    unit,
  });
  return [
    limit('schedules waiting', schedulesAlive(settings.sessionsPerMonth), 10_000_000, 'schedules'),
    limit('CreateSchedule', busiest.created, 5000, 'per s'),
    limit('schedules firing', day.most.firingsPerSecond, settings.firingsPerSecond, 'per s'),
    limit('receipts at the API’s own throttle', busiest.receipts, scenario.carrierRequestsPerSecond, 'per s'),
    limit('Lambda concurrency of the account', busiest.running, 1000, 'at once'),
    limit('writes to one key of the work index', busiest.indexWrites, 1000, 'units/s'),
    limit('reads of the system switch', busiest.switchReads, 3000, 'units/s'),
    limit('table writes, default quota', busiest.tableWrites, 40_000, 'units/s'),
    limit('events to clinics', busiest.events, busiest.eventsDrained, 'per s'),
    limit('Twilio requests at once', day.most.concurrency, 100, 'at once'),
  ];
}
