import { createLog } from '@aftercare/adapters/logging/log';
import { createMetrics } from '@aftercare/adapters/metrics/metrics';

/** What a walk uses, by the function that used it, and the lines that each of them prints. */

/** The sort of partition a unit falls on: what one partition key of that sort carries is its limit. */
export type PartitionSort =
  | 'session'
  | 'phone'
  | 'clinic'
  | 'clinic day'
  | 'alerts'
  | 'system'
  | 'number'
  | 'work index';

export type Usage = {
  invocations: number;
  /** HTTP requests through API Gateway. */
  httpRequests: number;
  tableCalls: number;
  /** Part of the table calls. */
  transactions: number;
  readUnits: number;
  writeUnits: number;
  indexWriteUnits: number;
  /** Part of the units above, by sort of partition. */
  readUnitsBy: Map<PartitionSort, number>;
  writeUnitsBy: Map<PartitionSort, number>;
  scheduleCalls: number;
  /** Part of the schedule calls: each fires once. */
  schedulesCreated: number;
  /** Requests that send, of up to ten messages each. */
  queueSends: number;
  queueMessages: number;
  carrierCalls: number;
  webhookPosts: number;
  logBytes: number;
  /** Segments of texts that left, by `sms.send`. */
  segments: number;
};

export const nothingUsed = (): Usage => ({
  invocations: 0,
  httpRequests: 0,
  tableCalls: 0,
  transactions: 0,
  readUnits: 0,
  writeUnits: 0,
  indexWriteUnits: 0,
  readUnitsBy: new Map(),
  writeUnitsBy: new Map(),
  scheduleCalls: 0,
  schedulesCreated: 0,
  queueSends: 0,
  queueMessages: 0,
  carrierCalls: 0,
  webhookPosts: 0,
  logBytes: 0,
  segments: 0,
});

type CountedLog = ReturnType<typeof createLog>;

/** Usage by the function that caused it, and the lines it prints, each as long as a deployed one. */
export type Ledger = {
  readonly byFunction: Map<string, Usage>;
  readonly metrics: ReturnType<typeof createMetrics>;
  readonly logs: Map<string, CountedLog>;
  current: string;
};

export function newLedger(): Ledger {
  const ledger: Ledger = {
    byFunction: new Map(),
    metrics: createMetrics('prod', (line) => printed(ledger, line)),
    logs: new Map(),
    current: 'intake',
  };
  return ledger;
}

/** CloudWatch bills the bytes of a line and 26 more for each (CloudWatch Logs, PutLogEvents). */
const bytesPerLine = 26;

function printed(ledger: Ledger, line: string): void {
  usageOf(ledger).logBytes += Buffer.byteLength(line) - 1 + bytesPerLine;
}

/** The log of the function that runs: its lines carry ids as long as Lambda's and X-Ray's. */
export function logOf(ledger: Ledger): CountedLog {
  const known = ledger.logs.get(ledger.current);
  if (known !== undefined) return known;
  const log = createLog(ledger.current, (line) => {
    printed(ledger, line);
    usageOf(ledger).logBytes += traceIdBytes;
  });
  log.withRequest({ awsRequestId: '00000000-0000-0000-0000-000000000000' });
  log.withRequest({ awsRequestId: '00000000-0000-0000-0000-000000000000' });
  ledger.logs.set(ledger.current, log);
  return log;
}

/** `,"traceId":"1-…"`: X-Ray's id stands in the environment of a deployed function only. */
const traceIdBytes = 48;

export function usageOf(ledger: Ledger, name = ledger.current): Usage {
  const known = ledger.byFunction.get(name);
  if (known !== undefined) return known;
  const fresh = nothingUsed();
  ledger.byFunction.set(name, fresh);
  return fresh;
}
