import { tableDefinition } from '@aftercare/adapters/dynamodb/table-definition';
import { epochMs, parseInstant } from '@aftercare/time/instant';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { DueWork } from '../clock/timekeeper.ts';
import type { EmulatorStore } from '../store/emulator-store.ts';

const batchSize = 100;
const firstRetryMs = 1_000;
const retryMaxMs = 60_000;
/**
 * Other processes write to the table too: without a wake-up the stream is looked at this often (wall
 * clock).
 */
const lookEveryMs = 1_500;

export type StreamPoller = DueWork & {
  /** Says that the next look must ask the stream; looks without it are answered from memory. */
  readonly wake: () => void;
  /**
   * The smallest `attendAt` (epoch ms) of the rows that came by since the last call; undefined when there
   * was none.
   */
  readonly attentionSeenMs: () => number | undefined;
  readonly close: () => void;
};

/** Where the reader stands in the stream, for trimming it at the next start; 0 before the first record. */
export function consumedSequence(store: EmulatorStore): number {
  return Number(store.setting('stream-sequence') ?? 0);
}

/**
 * Feeds the table's stream to a function in order, from where the last run stopped. A batch that fails is
 * tried again, growing pauses apart, and holds back what follows, as an event source mapping does.
 */
export async function createStreamPoller(options: {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly tableName: string;
  readonly store: EmulatorStore;
  readonly nowMs: () => number;
  readonly handler: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse | undefined>;
  readonly onError: (error: unknown) => void;
}): Promise<StreamPoller> {
  const { store } = options;
  const client = new DynamoDBStreamsClient({
    endpoint: options.endpoint,
    region: options.region,
    credentials: options.credentials,
  });
  const shard = await onlyShard(client, options.tableName);
  if (store.setting('stream-arn') !== shard.streamArn) {
    store.saveSetting('stream-arn', shard.streamArn);
    store.saveSetting('stream-sequence', '0');
  }
  const reader = createShardReader(client, shard, () => consumedSequence(store));
  const state = { awake: true, failures: 0, retryMs: 0, lookedWallMs: 0 };
  let attentionMs: number | undefined;

  const handle = async (records: readonly StreamRecord[]): Promise<void> => {
    const Records = records.map((record) => lambdaRecord(record, shard.streamArn, options.region));
    const response = await options.handler({ Records });
    const failed = response?.batchItemFailures[0]?.itemIdentifier;
    const failedAt = records.findIndex((record) => sequenceOf(record) === failed);
    const last = failed === undefined ? records.at(-1) : records[failedAt - 1];
    if (last !== undefined) store.saveSetting('stream-sequence', sequenceOf(last));
    if (failed !== undefined) throw new Error('a record of the stream failed');
  };

  return {
    name: 'stream',
    wake: () => {
      state.awake = true;
    },
    attentionSeenMs: () => {
      const seenMs = attentionMs;
      attentionMs = undefined;
      return seenMs;
    },
    nextDueMs: () => (state.failures > 0 ? state.retryMs : undefined),
    runDue: async () => {
      const rested = performance.now() - state.lookedWallMs > lookEveryMs;
      if (options.nowMs() < state.retryMs || !(state.awake || rested)) return 0;
      state.lookedWallMs = performance.now();
      try {
        const records = await reader.next();
        state.awake = records.length > 0;
        if (records.length === 0) return 0;
        for (const record of records) attentionMs = earlier(attentionMs, attendAtMs(record));
        await handle(records);
        state.failures = 0;
      } catch (error) {
        options.onError(error);
        reader.reopen();
        state.awake = true;
        state.failures += 1;
        const pauseMs = Math.min(firstRetryMs * 2 ** (state.failures - 1), retryMaxMs);
        state.retryMs = options.nowMs() + pauseMs;
      }
      return 1;
    },
    close: () => client.destroy(),
  };
}

type Shard = { readonly streamArn: string; readonly shardId: string };

/** Reads on through one iterator; after a failure it is opened anew behind what was consumed. */
function createShardReader(
  client: DynamoDBStreamsClient,
  shard: Shard,
  consumed: () => number,
): { readonly next: () => Promise<StreamRecord[]>; readonly reopen: () => void } {
  let iterator: string | undefined;
  const open = async (): Promise<string | undefined> => {
    const after = consumed();
    const answer = await client.send(
      new GetShardIteratorCommand({
        StreamArn: shard.streamArn,
        ShardId: shard.shardId,
        ...(after === 0
          ? { ShardIteratorType: 'TRIM_HORIZON' as const }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: String(after) }),
      }),
    );
    return answer.ShardIterator;
  };
  return {
    next: async () => {
      iterator ??= await open();
      const answer = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: batchSize }));
      iterator = answer.NextShardIterator;
      return answer.Records ?? [];
    },
    reopen: () => {
      iterator = undefined;
    },
  };
}

/** The embedded engine keeps one shard per table; of another DynamoDB the newest open one is read. */
async function onlyShard(client: DynamoDBStreamsClient, tableName: string): Promise<Shard> {
  const listed = await client.send(new ListStreamsCommand({ TableName: tableName }));
  const streamArn = listed.Streams?.at(-1)?.StreamArn;
  if (streamArn === undefined) throw new Error(`the table ${tableName} has no stream`);
  const described = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  const shardId = described.StreamDescription?.Shards?.at(-1)?.ShardId;
  if (shardId === undefined) throw new Error(`the stream of ${tableName} has no shard`);
  return { streamArn, shardId };
}

function attendAtMs(record: StreamRecord): number | undefined {
  const at = parseInstant(record.dynamodb?.NewImage?.[tableDefinition.workIndex.sortKey]?.S ?? '');
  return at === undefined ? undefined : epochMs(at);
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function sequenceOf(record: StreamRecord): string {
  return record.dynamodb?.SequenceNumber ?? '';
}

function lambdaRecord(record: StreamRecord, streamArn: string, region: string): DynamoDBRecord {
  const { dynamodb = {} } = record;
  const image = (
    attributes: typeof dynamodb.NewImage,
  ): NonNullable<DynamoDBRecord['dynamodb']>['NewImage'] =>
    attributes === undefined ? undefined : JSON.parse(JSON.stringify(attributes));
  const keys = image(dynamodb.Keys);
  const newImage = image(dynamodb.NewImage);
  const oldImage = image(dynamodb.OldImage);
  return {
    eventID: record.eventID ?? '',
    ...(record.eventName === undefined ? {} : { eventName: record.eventName }),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    eventSourceARN: streamArn,
    dynamodb: {
      ...(keys === undefined ? {} : { Keys: keys }),
      ...(newImage === undefined ? {} : { NewImage: newImage }),
      ...(oldImage === undefined ? {} : { OldImage: oldImage }),
      SequenceNumber: sequenceOf(record),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      ...(dynamodb.ApproximateCreationDateTime === undefined
        ? {}
        : { ApproximateCreationDateTime: dynamodb.ApproximateCreationDateTime.getTime() / 1000 }),
    },
  };
}
