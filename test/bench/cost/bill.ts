import type { Usage } from './counted-system.ts';
import type { SessionUsage } from './one-session.ts';
import {
  alarms,
  busyMinutesPerMonth,
  coldStartMs,
  customMetrics,
  fixedPrices,
  functionGigabytes,
  idleContainerMinutes,
  idlePollsPerMonth,
  keyRequestsPerMonth,
  latencyMs,
  leastColdShare,
  platformLogBytes,
  prices,
  requestsPerMessage,
  sweepEveryMinutes,
} from './prices.ts';

/** One line of the bill, in USD per session. */
export type BillLine = { readonly line: string; readonly count: number; readonly usd: number };

type CountName = {
  [Name in keyof Usage]: Usage[Name] extends number ? Name : never;
}[keyof Usage];

/** Everything a session causes, without the sweep, which runs whether or not there are sessions. */
export function totalOf(usage: SessionUsage, name: CountName): number {
  return [...usage.byFunction]
    .filter(([caller]) => caller !== 'sweep')
    .reduce((total, [, used]) => total + used[name], 0);
}

/** Milliseconds that an invocation of this function waits and works, warm, calls one after the other. */
export function meanMs(usage: Usage): number {
  const waits =
    (usage.tableCalls - usage.transactions) * latencyMs.table +
    usage.transactions * latencyMs.transaction +
    usage.scheduleCalls * latencyMs.schedule +
    usage.queueSends * latencyMs.queue +
    usage.carrierCalls * latencyMs.carrier +
    usage.webhookPosts * latencyMs.webhook;
  return latencyMs.ownWork + waits / usage.invocations;
}

/**
 * Share of invocations that start cold, when a function is called at random moments and a container that
 * idles is taken away: the chance that nobody called in that time (Poisson).
 */
export function coldShareOf(invocationsPerMonth: number): number {
  const inIdleTime = (invocationsPerMonth / busyMinutesPerMonth) * idleContainerMinutes;
  return Math.min(1, leastColdShare + Math.exp(-inIdleTime));
}

/**
 * Events that one invocation of deliver-webhook takes (infra/lib/event-sources.ts): up to ten, as many as
 * come to one of the five pollers within its second, besides the first.
 */
export function webhookBatchOf(eventsPerMonth: number): number {
  const perSecond = eventsPerMonth / (busyMinutesPerMonth * 60);
  return Math.min(10, 1 + perSecond / pollers);
}

const pollers = 5;

/**
 * How often the functions run, when events share invocations and each other queue gives one message at a
 * time.
 */
function invocationsOf(name: string, used: Usage, sessionsPerMonth: number): number {
  if (name !== 'deliver-webhook') return used.invocations;
  return used.invocations / webhookBatchOf(used.invocations * sessionsPerMonth);
}

function lambdaSeconds(usage: SessionUsage, sessionsPerMonth: number): number {
  return [...usage.byFunction]
    .filter(([name]) => name !== 'sweep')
    .reduce((sum, [name, one]) => {
      const invocations = invocationsOf(name, one, sessionsPerMonth);
      const coldMs = coldShareOf(invocations * sessionsPerMonth) * coldStartMs;
      return sum + (invocations * (meanMs(one) + coldMs)) / 1000;
    }, 0);
}

/** The AWS bill of one session, line by line, from what was counted, in a month of so many sessions. */
export function awsBill(usage: SessionUsage, sessionsPerMonth: number): readonly BillLine[] {
  const total = (name: CountName): number => totalOf(usage, name);
  const invocations = [...usage.byFunction]
    .filter(([name]) => name !== 'sweep')
    .reduce((sum, [name, one]) => sum + invocationsOf(name, one, sessionsPerMonth), 0);
  // A message is sent once; receiving and deleting is one request each for all that an invocation takes.
  const consumed = total('queueSends') + total('schedulesCreated') + (invocations - total('invocations'));
  const requests = total('queueSends') + total('schedulesCreated') + 2 * consumed;
  const line = (name: string, count: number, price: number): BillLine => ({
    line: name,
    count,
    usd: count * price,
  });
  const gigabyteSeconds = lambdaSeconds(usage, sessionsPerMonth) * functionGigabytes;
  const logGigabytes = (total('logBytes') + invocations * platformLogBytes) / 1e9;
  return [
    line('HTTP API calls: intake, texts in, receipts', total('httpRequests'), prices.httpCall),
    line('Lambda invocations', invocations, prices.invocation),
    line('Lambda GB-seconds, cold starts included', gigabyteSeconds, prices.gigabyteSecond),
    line('DynamoDB write units, table', total('writeUnits'), prices.writeUnit),
    line('DynamoDB write units, index', total('indexWriteUnits'), prices.writeUnit),
    line('DynamoDB read units', total('readUnits'), prices.readUnit),
    line('Scheduler firings', total('schedulesCreated'), prices.firing),
    line('SQS requests', requests, prices.queueRequest),
    line('gigabytes of logs', logGigabytes, prices.logGigabyte),
  ];
}

export const sumOf = (lines: readonly BillLine[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);

/** What Twilio takes for one session's texts, in USD. */
export function carrierBill(usage: SessionUsage): readonly BillLine[] {
  return [
    { line: 'segments out', count: usage.segmentsOut, usd: usage.segmentsOut * prices.segmentOut },
    { line: 'segments in', count: usage.segmentsIn, usd: usage.segmentsIn * prices.segmentIn },
  ];
}

/** What runs whether or not there are sessions, per month: the sweep, keys, alarms, the secret. */
export function fixedBill(usage: SessionUsage): readonly BillLine[] {
  const runs = (30 * 24 * 60) / sweepEveryMinutes;
  const { tableCalls, readUnits, logBytes } = usage.quietSweep;
  const seconds = (latencyMs.ownWork + tableCalls * latencyMs.table) / 1000;
  const perRun =
    prices.invocation +
    seconds * functionGigabytes * prices.gigabyteSecond +
    readUnits * prices.readUnit +
    ((logBytes + platformLogBytes) / 1e9) * prices.logGigabyte;
  return [
    { line: 'sweep runs', count: runs, usd: runs * perRun },
    { line: 'idle queue polls', count: idlePollsPerMonth, usd: idlePollsPerMonth * prices.queueRequest },
    { line: 'customer-managed keys', count: 3, usd: 3 * fixedPrices.key },
    { line: 'KMS requests', count: keyRequestsPerMonth, usd: keyRequestsPerMonth * prices.keyRequest },
    { line: 'secrets', count: 1, usd: fixedPrices.secret },
    { line: 'alarms', count: alarms, usd: alarms * fixedPrices.alarm },
    { line: 'custom metrics', count: customMetrics, usd: customMetrics * fixedPrices.customMetric },
  ];
}

/** A way to do the same with other services, per session, beside what ours costs. */
export type Alternative = { readonly name: string; readonly usd: number; readonly fixedUsd: number };

/**
 * The same walk with the waiting done elsewhere. Only what differs is taken off or added:
 * - Step Functions: start, then wait, check and send for each text, and the end, as transitions.
 * - Twilio's own scheduling: texts are handed over at intake; nothing of ours runs when they leave (and
 *   nothing can look at consent again, which is why it is no choice for us).
 * - A minute's cron that polls the index: no Scheduler, a fixed price for looking.
 */
export function alternatives(usage: SessionUsage, sessionsPerMonth: number): readonly Alternative[] {
  const ours = sumOf(awsBill(usage, sessionsPerMonth));
  const waits = totalOf(usage, 'schedulesCreated');
  const waiting = waits * (prices.firing + requestsPerMessage * prices.queueRequest);
  const sender = usage.byFunction.get('send-reminder');
  const senderUsd = sender === undefined ? 0 : sumOf(awsBill(only(usage, 'send-reminder'), sessionsPerMonth));
  const transitions = 2 + 3 * waits;
  const polls = 30 * 24 * 60;
  const pollUsd = prices.invocation + 0.06 * functionGigabytes * prices.gigabyteSecond + 2 * prices.readUnit;
  return [
    { name: 'Scheduler and queues (ours)', usd: ours, fixedUsd: 0 },
    { name: 'Step Functions', usd: ours - waiting + transitions * prices.transition, fixedUsd: 0 },
    { name: 'Twilio’s scheduling', usd: ours - waiting - senderUsd, fixedUsd: 0 },
    { name: 'polling every minute', usd: ours - waits * prices.firing, fixedUsd: polls * pollUsd },
  ];
}

const only = (usage: SessionUsage, name: string): SessionUsage => ({
  ...usage,
  byFunction: new Map([...usage.byFunction].filter(([caller]) => caller === name)),
});
