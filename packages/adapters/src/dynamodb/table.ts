import type {
  Delete,
  Item,
  Key,
  Put,
  QueryRange,
  Table,
  TransactResult,
  Update,
  Write,
  WriteResult,
} from '@aftercare/usecases/ports';
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { fromWireItem, type ReceivedItem, type WireItem } from './attribute-values.ts';
import { deleteRequest, putRequest, transactMember, updateRequest, wireKey } from './requests.ts';
import { tableDefinition } from './table-definition.ts';

const { workIndex } = tableDefinition;

/**
 * The one table in DynamoDB. Every method is one SDK call. A condition that does not hold, and a transaction
 * that another one got in the way of, are values; throttles, time-outs and 5xx throw, so that the queue
 * retries.
 *
 * A transaction carries the SDK's idempotency token, so its own retry after a lost answer is harmless. A
 * single conditional write has none: after a lost answer its retry may report `ok: false` although the first
 * try took hold. Compare `stored` with what you wrote where that matters.
 */
export function createDynamoTable(options: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}): Table {
  const { client, tableName } = options;
  return {
    async get(key) {
      const answer = await client.send(
        new GetItemCommand({ TableName: tableName, Key: wireKey(key), ConsistentRead: true }),
      );
      return answer.Item === undefined ? undefined : fromWireItem(answer.Item);
    },
    getAll: (keys) => batchGet(client, tableName, keys),
    async query(range) {
      const answer = await client.send(new QueryCommand(rangeQuery(tableName, range)));
      const items = (answer.Items ?? []).map(fromWireItem);
      const next = answer.LastEvaluatedKey?.[tableDefinition.sortKey]?.S;
      return next === undefined ? { items } : { items, next };
    },
    write: (write) => singleWrite(client, tableName, write),
    transact: (writes) => transaction(client, tableName, writes),
    async workDue(shard, until, limit, after) {
      const answer = await client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: workIndex.name,
          KeyConditionExpression: '#shard = :shard AND #attendAt <= :until',
          ExpressionAttributeNames: { '#shard': workIndex.partitionKey, '#attendAt': workIndex.sortKey },
          ExpressionAttributeValues: { ':shard': { S: shard }, ':until': { S: until } },
          Limit: limit,
          ...(after === undefined ? {} : { ExclusiveStartKey: fromPosition(shard, after) }),
        }),
      );
      const keys = (answer.Items ?? []).map(keyOf);
      const last = answer.LastEvaluatedKey;
      return last === undefined ? { keys } : { keys, next: toPosition(last) };
    },
  };
}

/** What the service leaves over for want of capacity is not asked for again here: the queue's retry is. */
async function batchGet(
  client: DynamoDBClient,
  tableName: string,
  keys: readonly Key[],
): Promise<readonly (Item | undefined)[]> {
  const Keys = keys.map(wireKey);
  const answer = await client.send(
    new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }),
  );
  if (Object.keys(answer.UnprocessedKeys ?? {}).length > 0) throw new Error('the table is too busy to read');
  const items = (answer.Responses?.[tableName] ?? []).map(fromWireItem);
  return keys.map((key) => items.find((item) => item.pk === key.pk && item.sk === key.sk));
}

function rangeQuery(tableName: string, range: QueryRange) {
  const prefix = range.skPrefix;
  return {
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: prefix === undefined ? '#pk = :pk' : '#pk = :pk AND begins_with(#sk, :prefix)',
    ExpressionAttributeNames: {
      '#pk': tableDefinition.partitionKey,
      ...(prefix === undefined ? {} : { '#sk': tableDefinition.sortKey }),
    },
    ExpressionAttributeValues: {
      ':pk': { S: range.pk },
      ...(prefix === undefined ? {} : { ':prefix': { S: prefix } }),
    },
    ScanIndexForward: range.descending !== true,
    ...(range.limit === undefined ? {} : { Limit: range.limit }),
    ...(range.after === undefined ? {} : { ExclusiveStartKey: wireKey({ pk: range.pk, sk: range.after }) }),
  };
}

async function singleWrite(
  client: DynamoDBClient,
  tableName: string,
  write: Put | Update | Delete,
): Promise<WriteResult> {
  try {
    switch (write.write) {
      case 'put':
        await client.send(new PutItemCommand(putRequest(tableName, write)));
        return { ok: true };
      case 'delete':
        await client.send(new DeleteItemCommand(deleteRequest(tableName, write)));
        return { ok: true };
      case 'update': {
        const request = { ...updateRequest(tableName, write), ReturnValues: 'ALL_NEW' as const };
        const answer = await client.send(new UpdateItemCommand(request));
        return answer.Attributes === undefined
          ? { ok: true }
          : { ok: true, item: fromWireItem(answer.Attributes) };
      }
    }
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item === undefined ? { ok: false } : { ok: false, stored: fromWireItem(error.Item) };
  }
}

async function transaction(
  client: DynamoDBClient,
  tableName: string,
  writes: readonly Write[],
): Promise<TransactResult> {
  const members = writes.map((write) => transactMember(tableName, write));
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems: members }));
    return { ok: true };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const failed = (error.CancellationReasons ?? []).flatMap((reason, index) => {
      if (reason.Code === 'TransactionConflict') return [{ index }];
      if (reason.Code !== 'ConditionalCheckFailed') return [];
      return reason.Item === undefined ? [{ index }] : [{ index, stored: fromWireItem(reason.Item) }];
    });
    if (failed.length === 0) throw error;
    return { ok: false, failed };
  }
}

function keyOf(wire: ReceivedItem): Key {
  const pk = wire[tableDefinition.partitionKey]?.S;
  const sk = wire[tableDefinition.sortKey]?.S;
  if (pk === undefined || sk === undefined) throw new Error('the index answered without a key');
  return { pk, sk };
}

/** Where an index page ended: attendAt, pk and sk, which cannot hold a line feed. */
function toPosition(last: ReceivedItem): string {
  const { pk, sk } = keyOf(last);
  return `${last[workIndex.sortKey]?.S}\n${pk}\n${sk}`;
}

function fromPosition(shard: string, position: string): WireItem {
  const [attendAt, pk, sk] = position.split('\n');
  if (attendAt === undefined || pk === undefined || sk === undefined) {
    throw new Error('after is not the next of an earlier page');
  }
  return {
    [workIndex.partitionKey]: { S: shard },
    [workIndex.sortKey]: { S: attendAt },
    ...wireKey({ pk, sk }),
  };
}
