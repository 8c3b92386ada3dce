import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDynamoTable } from '@aftercare/adapters/dynamodb/table';
import { createMemoryTable } from '@aftercare/adapters/memory/table';
import { startDynamoDb } from '@aftercare/local/embedded-dynamodb/embedded-dynamodb';
import type { Table } from '@aftercare/usecases/ports';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe } from 'vitest';
import { conditionsContract } from './table-conditions-contract.ts';
import { itemsContract } from './table-items-contract.ts';
import { readingContract } from './table-reading-contract.ts';

function tableContract(createTable: () => Promise<Table>): void {
  itemsContract(createTable);
  conditionsContract(createTable);
  readingContract(createTable);
}

describe('the memory table', () => {
  tableContract(async () => createMemoryTable());
});

describe('the DynamoDB table on the embedded engine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-table-'));
  let client: DynamoDBClient;
  let stop = async (): Promise<void> => undefined;

  beforeAll(async () => {
    const started = await startDynamoDb({
      folder,
      tableName: 'contract',
      endpoint: process.env.DYNAMODB_ENDPOINT,
      wallMs: () => Date.now(),
    });
    if (!started.ok) throw new Error(started.message);
    client = new DynamoDBClient({
      endpoint: started.database.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    stop = started.database.stop;
  });
  afterAll(async () => {
    client?.destroy();
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  tableContract(async () => createDynamoTable({ client, tableName: 'contract' }));
});
