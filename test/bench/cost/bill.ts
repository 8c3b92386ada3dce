import type { CapacityHours } from './capacity-hours.ts';
import type { Usage } from './ledger.ts';
import type { SessionUsage } from './one-session.ts';
import {
  accessLogBytes,
  alarms,
  busyMinutesPerMonth,
  bytesOut,
  coldStartMs,
  customMetrics,
  fixedPrices,
  functionGigabytes,
  idleContainerMinutes,
  idlePollsPerMonth,
  keyRequestsPerMonth,
  latencyMs,
  leastColdShare,
  logCompression,
  logMonths,
  prices,
  requestsPerMessage,
  retentionMonths,
  scalingAlarms,
  sweepEveryMinutes,
  tracedShare,
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

/** How the table is billed, and whether calls are traced: what a deployment chooses (docs/deploy.md). */
export type Choices = {
  readonly capacity: 'onDemand' | CapacityHours;
  readonly tracing: boolean;
};

/** As deployed when nothing is said. */
export const defaults: Choices = { capacity: 'onDemand', tracing: true };

const line = (name: string, count: number, price: number): BillLine => ({
  line: name,
  count,
  usd: count * price,
});

/** The AWS bill of one session, line by line, from what was counted, in a month of so many sessions. */
export function awsBill(
  usage: SessionUsage,
  sessionsPerMonth: number,
  choices: Choices = defaults,
): readonly BillLine[] {
  const total = (name: CountName): number => totalOf(usage, name);
  const invocations = [...usage.byFunction]
    .filter(([name]) => name !== 'sweep')
    .reduce((sum, [name, one]) => sum + invocationsOf(name, one, sessionsPerMonth), 0);
  // Receiving and deleting is one request each for all that an invocation takes; Scheduler sends too.
  const consumed = total('queueMessages') + total('schedulesCreated') + (invocations - total('invocations'));
  const requests = total('queueSends') + total('schedulesCreated') + 2 * consumed;
  const gigabyteSeconds = lambdaSeconds(usage, sessionsPerMonth) * functionGigabytes;
  const logGigabytes = (total('logBytes') + total('httpRequests') * accessLogBytes) / 1e9;
  const outGigabytes =
    ((total('carrierCalls') + total('webhookPosts')) * bytesOut.request +
      total('httpRequests') * bytesOut.answer) /
    1e9;
  return [
    line('HTTP API calls: intake, texts in, receipts', total('httpRequests'), prices.httpCall),
    line('Lambda invocations', invocations, prices.invocation),
    line('Lambda GB-seconds, cold starts included', gigabyteSeconds, prices.gigabyteSecond),
    ...tableLines(usage, sessionsPerMonth, choices.capacity),
    line('Scheduler firings', total('schedulesCreated'), prices.firing),
    line('SQS requests', requests, prices.queueRequest),
    line('gigabytes of logs and metrics, taken in and kept', logGigabytes, logPrice),
    ...(choices.tracing ? [line('X-Ray traces', tracesOf(usage, sessionsPerMonth), prices.trace)] : []),
    line('gigabytes sent to Twilio and clinics', outGigabytes, prices.gigabyteOut),
  ];
}

const logPrice = prices.logGigabyte + prices.keptLogGigabyteMonth * logCompression * logMonths;

function tableLines(
  usage: SessionUsage,
  sessionsPerMonth: number,
  capacity: Choices['capacity'],
): readonly BillLine[] {
  if (capacity === 'onDemand')
    return [
      line('DynamoDB write units, table', totalOf(usage, 'writeUnits'), prices.writeUnit),
      line('DynamoDB write units, index', totalOf(usage, 'indexWriteUnits'), prices.writeUnit),
      line('DynamoDB read units', totalOf(usage, 'readUnits'), prices.readUnit),
    ];
  const each = (hours: number): number => hours / sessionsPerMonth;
  return [
    line('DynamoDB write unit-hours, table', each(capacity.tableWrites), prices.writeUnitHour),
    line('DynamoDB write unit-hours, index', each(capacity.indexWrites), prices.writeUnitHour),
    line(
      'DynamoDB read unit-hours, table and index',
      each(capacity.tableReads + capacity.indexReads),
      prices.readUnitHour,
    ),
  ];
}

/** Per session: of each function the first call of every busy second, and a share of the others. */
function tracesOf(usage: SessionUsage, sessionsPerMonth: number): number {
  const busySeconds = busyMinutesPerMonth * 60;
  return [...usage.byFunction]
    .filter(([name]) => name !== 'sweep')
    .reduce((sum, [name, one]) => {
      const calls = invocationsOf(name, one, sessionsPerMonth) * sessionsPerMonth;
      const firsts = busySeconds * (1 - Math.exp(-calls / busySeconds));
      return sum + (firsts + tracedShare * (calls - firsts)) / sessionsPerMonth;
    }, 0);
}

/**
 * What keeping a session's rows for their 400 days costs, per session: a month's bill once there are as many
 * months of sessions as are kept.
 */
export function keepingBill(usage: SessionUsage): readonly BillLine[] {
  const gigabyteMonths = (usage.stored.bytes / 2 ** 30) * retentionMonths;
  return [
    line('gigabyte-months of rows', gigabyteMonths, prices.storedGigabyteMonth),
    line('gigabyte-months of continuous backup', gigabyteMonths, prices.backedUpGigabyteMonth),
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
export function fixedBill(usage: SessionUsage, choices: Choices = defaults): readonly BillLine[] {
  const runs = (30 * 24 * 60) / sweepEveryMinutes;
  const { tableCalls, readUnits, logBytes } = usage.quietSweep;
  const seconds = (latencyMs.ownWork + tableCalls * latencyMs.table) / 1000;
  const perRun =
    prices.invocation +
    seconds * functionGigabytes * prices.gigabyteSecond +
    readUnits * prices.readUnit +
    (logBytes / 1e9) * prices.logGigabyte;
  const watched = choices.capacity === 'onDemand' ? alarms : alarms + scalingAlarms;
  return [
    { line: 'sweep runs', count: runs, usd: runs * perRun },
    { line: 'idle queue polls', count: idlePollsPerMonth, usd: idlePollsPerMonth * prices.queueRequest },
    { line: 'customer-managed keys', count: 3, usd: 3 * fixedPrices.key },
    { line: 'KMS requests', count: keyRequestsPerMonth, usd: keyRequestsPerMonth * prices.keyRequest },
    { line: 'secrets', count: 1, usd: fixedPrices.secret },
    { line: 'alarms', count: watched, usd: watched * fixedPrices.alarm },
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
