import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDb } from '@aftercare/local/embedded-dynamodb/embedded-dynamodb';
import { connectDynamoDb } from '@aftercare/local/embedded-dynamodb/local-table';
import { type DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';

let written = 0;

async function transact(client: DynamoDBClient, items: number): Promise<number> {
  const began = performance.now();
  await client.send(
    new TransactWriteItemsCommand({
      TransactItems: Array.from({ length: items }, () => {
        written += 1;
        const Item = {
          pk: { S: `S#${written % 997}` },
          sk: { S: `E#${written}` },
          text: { S: 'x'.repeat(200) },
        };
        return { Put: { TableName: 'aftercare', Item } };
      }),
    }),
  );
  return performance.now() - began;
}

async function medianOf(client: DynamoDBClient, transactions: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < transactions; i += 1) times.push(await transact(client, 7));
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

it('takes at most twice as long for a transaction after 50,000 writes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-speed-'));
  const wallMs = () => performance.timeOrigin + performance.now();
  const started = await startDynamoDb({ folder, tableName: 'aftercare', wallMs });
  if (!started.ok) throw new Error(started.message);
  const client = connectDynamoDb(started.database.endpoint);
  try {
    await medianOf(client, 50);
    const early = await medianOf(client, 200);
    while (written < 50_000) await transact(client, 100);
    const late = await medianOf(client, 200);
    console.log(
      `7-item transaction: ${early.toFixed(2)} ms at first, ${late.toFixed(2)} ms after ${written} writes`,
    );
    expect(late).toBeLessThan(early * 2);
  } finally {
    client.destroy();
    await started.database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
