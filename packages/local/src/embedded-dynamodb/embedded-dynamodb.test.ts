import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { freePort, startDynamoDb } from './embedded-dynamodb.ts';
import { connectDynamoDb, localCredentials, localRegion } from './local-table.ts';
import { lacksStreamIndex, trimStream } from './stream-records-index.ts';

// Real processes: slow when the machine is busy.
vi.setConfig({ testTimeout: 30_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-dynamodb-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const wallMs = () => performance.timeOrigin + performance.now();

async function start(extra: Partial<Parameters<typeof startDynamoDb>[0]> = {}) {
  const started = await startDynamoDb({ folder, tableName: 'aftercare', wallMs, ...extra });
  if (!started.ok) throw new Error(started.message);
  return started.database;
}

async function refusal(extra: Partial<Parameters<typeof startDynamoDb>[0]>): Promise<string> {
  const started = await startDynamoDb({ folder, tableName: 'aftercare', wallMs, ...extra });
  if (started.ok) {
    await started.database.stop();
    throw new Error('it started');
  }
  return started.message;
}

const put = (pk: string) =>
  new TransactWriteItemsCommand({
    TransactItems: [{ Put: { TableName: 'aftercare', Item: { pk: { S: pk }, sk: { S: 'X' } } } }],
  });

describe('embedded DynamoDB', () => {
  it('keeps what was written over a restart, with the stream index in place', async () => {
    const first = await start();
    const client = connectDynamoDb(first.endpoint);
    await client.send(put('S#1'));
    await first.stop();
    expect(lacksStreamIndex(join(folder, 'dynamodb.sqlite'))).toBe(false);
    const second = await start();
    const again = connectDynamoDb(second.endpoint);
    const read = await again.send(
      new GetItemCommand({ TableName: 'aftercare', Key: { pk: { S: 'S#1' }, sk: { S: 'X' } } }),
    );
    expect(read.Item?.pk).toEqual({ S: 'S#1' });
    await second.stop();
  });

  it('goes on counting stream records after the consumed ones are trimmed', async () => {
    const first = await start();
    const client = connectDynamoDb(first.endpoint);
    for (const pk of ['a', 'b', 'c']) await client.send(put(pk));
    await first.stop();
    expect(trimStream(join(folder, 'dynamodb.sqlite'), 2, Number.MAX_SAFE_INTEGER)).toBe(2);
    const second = await start();
    await connectDynamoDb(second.endpoint).send(put('d'));
    expect(await streamSequence(second.endpoint)).toEqual(['3', '4']);
    await second.stop();
  });

  it('starts again on a folder whose runtime was killed', async () => {
    const first = await start();
    // The port of the killed run's server is taken; its process holds the file until it is ended.
    const second = await start();
    await connectDynamoDb(second.endpoint).send(
      new PutItemCommand({ TableName: 'aftercare', Item: { pk: { S: 'a' }, sk: { S: 'b' } } }),
    );
    await second.stop();
    await first.stop();
  });

  it('comes back by itself when its process is killed, with everything acknowledged', async () => {
    const database = await start();
    const client = connectDynamoDb(database.endpoint);
    await client.send(put('before'));
    const pidFile = join(folder, 'dynamodb.pid');
    const killed = Number(readFileSync(pidFile, 'utf8'));
    process.kill(killed, 'SIGKILL');
    await vi.waitUntil(() => Number(readFileSync(pidFile, 'utf8')) !== killed, { timeout: 10_000 });
    const Key = { pk: { S: 'before' }, sk: { S: 'X' } };
    const read = await client.send(new GetItemCommand({ TableName: 'aftercare', Key }));
    expect(read.Item?.pk).toEqual({ S: 'before' });
    await database.stop();
  });

  it('uses the DynamoDB that DYNAMODB_ENDPOINT names and leaves it running', async () => {
    const other = await start();
    const named = await start({ endpoint: other.endpoint, tableName: 'second-table' });
    expect(named.kind).toBe('external');
    await named.stop();
    await connectDynamoDb(other.endpoint).send(put('still-there'));
    await other.stop();
  });
});

describe('embedded DynamoDB that cannot start says one sentence', () => {
  it('names the missing binary and the way out', async () => {
    expect(await refusal({ binary: join(folder, 'nothing') })).toMatch(/not installed.*DYNAMODB_ENDPOINT/);
  });

  it('names a folder that cannot be created', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await refusal({ folder: join(folder, 'file', 'sub') })).toMatch(/cannot be created.*LOCAL_DATA/);
  });

  it('names a damaged file and does not touch it', async () => {
    writeFileSync(join(folder, 'dynamodb.sqlite'), Buffer.alloc(20_000, 7));
    expect(await refusal({})).toMatch(/dynamodb\.sqlite is damaged/);
  });

  it('names a busy port', async () => {
    const port = await freePort();
    const squatter = createServer().listen(port, '127.0.0.1');
    expect(await refusal({ port })).toMatch(new RegExp(`Port ${port}.*in use`));
    squatter.close();
  });

  it('names an endpoint where nobody answers', async () => {
    const port = await freePort();
    expect(await refusal({ endpoint: `http://127.0.0.1:${port}` })).toMatch(/No DynamoDB answers/);
  });

  it('passes on what a broken binary prints', async () => {
    const binary = join(folder, 'broken');
    writeFileSync(binary, '#!/bin/sh\necho "error: no such thing" >&2\nexit 3\n');
    chmodSync(binary, 0o755);
    expect(await refusal({ binary })).toMatch(/did not start \(no such thing\)/);
  });
});

async function streamSequence(endpoint: string): Promise<string[]> {
  const streams = new DynamoDBStreamsClient({ endpoint, region: localRegion, credentials: localCredentials });
  const listed = await streams.send(new ListStreamsCommand({ TableName: 'aftercare' }));
  const StreamArn = listed.Streams?.[0]?.StreamArn;
  const described = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const ShardId = described.StreamDescription?.Shards?.[0]?.ShardId;
  const iterator = await streams.send(
    new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  const records = await streams.send(new GetRecordsCommand({ ShardIterator: iterator.ShardIterator }));
  return (records.Records ?? []).map((record) => record.dynamodb?.SequenceNumber ?? '');
}
