import { meanMs } from '../cost/bill.ts';
import type { PartitionSort, Usage } from '../cost/counted-system.ts';
import { type SessionUsage, typicalShape, walkOneSession } from '../cost/one-session.ts';
import { type Day, type Settings, schedulesAlive, sessionsInBusiestHour, walkDay } from './model.ts';

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

export type Outcome = { readonly scenario: Scenario; readonly day: Day; readonly limits: readonly Limit[] };

/** A limit and how much of it the busiest moment takes. */
export type Limit = {
  readonly name: string;
  readonly used: number;
  readonly limit: number;
  readonly unit: string;
  /** What is turned when it is near. */
  readonly turn: string;
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
    return { scenario, day, limits: limitsOf(scenario, day, usage) };
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

function limitsOf(scenario: Scenario, day: Day, usage: SessionUsage): readonly Limit[] {
  const { settings } = scenario;
  const send = used(usage, 'send-reminder');
  const receipt = used(usage, 'delivery-status');
  const webhook = used(usage, 'deliver-webhook');
  const texts = usage.textsOut;
  const intake = used(usage, 'intake');
  const perText = (units: (one: Usage) => number): number =>
    units(send) / send.invocations + units(receipt) / texts;
  const sends = day.most.sendsPerSecond;
  const intakes = sessionsInBusiestHour(settings.sessionsPerMonth) / 3600;
  const receipts = sends * (receipt.invocations / texts);
  const events = sends * (webhook.invocations / texts);
  const eventsDrained = (scenario.webhookConcurrency * scenario.webhookBatch) / (meanMs(webhook) / 1000);
  const running =
    day.most.concurrency +
    (receipts * meanMs(receipt)) / 1000 +
    Math.min(scenario.webhookConcurrency, (events * meanMs(webhook)) / 1000 / scenario.webhookBatch);
  return [
    {
      name: 'schedules waiting',
      used: schedulesAlive(settings.sessionsPerMonth),
      limit: 10_000_000,
      unit: 'schedules',
      turn: 'raise “schedules” (adjustable to billions)',
    },
    {
      name: 'CreateSchedule',
      used: intakes * intake.scheduleCalls,
      limit: 5000,
      unit: 'per s',
      turn: 'nothing near; 250 in smaller regions',
    },
    {
      name: 'schedules firing',
      used: day.most.firingsPerSecond,
      limit: settings.firingsPerSecond,
      unit: 'per s',
      turn: 'spreadMinutes, or raise “invocations” (to tens of thousands)',
    },
    {
      name: 'receipts at the API’s own throttle',
      used: receipts,
      limit: scenario.carrierRequestsPerSecond,
      unit: 'per s',
      turn: 'sendConcurrency raises it with it',
    },
    {
      name: 'Lambda concurrency of the account',
      used: running,
      limit: 1000,
      unit: 'at once',
      turn: 'raise “concurrent executions”',
    },
    {
      name: 'writes to one key of the work index',
      used: (sends * perText((one) => sumBy(one, 'writeUnitsBy', 'work index'))) / workShards,
      limit: 1000,
      unit: 'units/s',
      turn: 'spreadMinutes, or more work shards',
    },
    {
      name: 'reads of the system switch',
      used: sends * (sumBy(send, 'readUnitsBy', 'system') / send.invocations),
      limit: 3000,
      unit: 'units/s',
      turn: 'nothing near',
    },
    {
      name: 'table writes, default quota',
      used: sends * perText((one) => one.writeUnits + one.indexWriteUnits),
      limit: 40_000,
      unit: 'units/s',
      turn: 'spreadMinutes; raise “table-level write throughput”; warm the table before the first wave',
    },
    {
      name: 'events to clinics',
      used: events,
      limit: eventsDrained,
      unit: 'per s',
      turn: 'webhookConcurrency; they wait in their queue and lose nothing',
    },
    {
      name: 'Twilio requests at once',
      used: day.most.concurrency,
      limit: 100,
      unit: 'at once',
      turn: 'one Twilio subaccount per group of clinics; 20429 is retried',
    },
  ];
}
