import { tableDefinition } from '@aftercare/adapters/dynamodb/table-definition';
import { epochMs, parseInstant } from '@aftercare/time/instant';
import { workShards } from '@aftercare/usecases/keys';
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DueWork } from '../clock/timekeeper.ts';
import type { EmulatorStore } from '../store/emulator-store.ts';

const sweepEveryMs = 5 * 60_000;
const dayMs = 86_400_000;

/**
 * The sweep's five-minute rule. A run that would find nothing is skipped: the next one is the first
 * multiple of five minutes at which the work index holds something that is due, so that two weeks pass in
 * seconds.
 *
 * @param attentionSeenMs the smallest `attendAt` written since it was asked last: the index itself is only
 *   read when a run seems due, because what was written may have been taken out again
 */
export function createSweepTimer(options: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly nowMs: () => number;
  readonly attentionSeenMs: () => number | undefined;
  readonly sweep: () => Promise<unknown>;
  readonly onError: (error: unknown) => void;
}): DueWork {
  let lastRunMs = options.nowMs();
  // What an earlier run of the process left in the index is unknown: the first look reads it.
  let earliestMs: number | undefined = 0;
  const nextRunMs = (): number | undefined => {
    const seenMs = options.attentionSeenMs();
    if (seenMs !== undefined) earliestMs = Math.min(earliestMs ?? seenMs, seenMs);
    if (earliestMs === undefined) return undefined;
    const afterLast = Math.floor(lastRunMs / sweepEveryMs + 1) * sweepEveryMs;
    return Math.max(afterLast, Math.ceil(earliestMs / sweepEveryMs) * sweepEveryMs);
  };
  const isDue = (): boolean => (nextRunMs() ?? Number.POSITIVE_INFINITY) <= options.nowMs();
  return {
    name: 'sweep',
    nextDueMs: nextRunMs,
    runDue: async () => {
      if (!isDue()) return 0;
      earliestMs = await earliestAttention(options.client, options.tableName);
      if (!isDue()) return 0;
      lastRunMs = options.nowMs();
      try {
        await options.sweep();
      } catch (error) {
        options.onError(error);
      }
      return 1;
    },
  };
}

/** Epoch ms of the smallest `attendAt` in any shard of the work index. */
async function earliestAttention(client: DynamoDBClient, tableName: string): Promise<number | undefined> {
  const { workIndex } = tableDefinition;
  const answers = await Promise.all(
    workShards.map((shard) =>
      client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: workIndex.name,
          KeyConditionExpression: '#shard = :shard',
          ExpressionAttributeNames: { '#shard': workIndex.partitionKey },
          ExpressionAttributeValues: { ':shard': { S: shard } },
          Limit: 1,
        }),
      ),
    ),
  );
  const moments = answers.flatMap((answer) => {
    const at = parseInstant(answer.Items?.[0]?.[workIndex.sortKey]?.S ?? '');
    return at === undefined ? [] : [epochMs(at)];
  });
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** Once a day at that minute of the UTC day; a run missed while the runtime was off is made up once. */
export function createDailyTimer(options: {
  readonly name: string;
  readonly store: EmulatorStore;
  readonly minuteOfDayUtc: number;
  readonly nowMs: () => number;
  readonly run: () => Promise<unknown>;
  readonly onError: (error: unknown) => void;
}): DueWork {
  const setting = `daily-${options.name}`;
  const offsetMs = options.minuteOfDayUtc * 60_000;
  const after = (ms: number): number => Math.floor((ms - offsetMs) / dayMs + 1) * dayMs + offsetMs;
  if (options.store.setting(setting) === undefined)
    options.store.saveSetting(setting, String(options.nowMs()));
  const nextMs = (): number => after(Number(options.store.setting(setting)));
  return {
    name: options.name,
    nextDueMs: nextMs,
    runDue: async () => {
      if (nextMs() > options.nowMs()) return 0;
      options.store.saveSetting(setting, String(options.nowMs()));
      try {
        await options.run();
      } catch (error) {
        options.onError(error);
      }
      return 1;
    },
  };
}
