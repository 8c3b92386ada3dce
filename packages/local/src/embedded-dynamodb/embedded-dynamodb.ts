import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { connectDynamoDb, ensureTable } from './local-table.ts';
import {
  endLeftoverServer,
  type ServerProcess,
  type StartedProcess,
  startServerProcess,
} from './server-process.ts';
import { addStreamIndex, damageOf, lacksStreamIndex, trimStream } from './stream-records-index.ts';

export type LocalDynamoDb = {
  readonly endpoint: string;
  /** `embedded`: the server is ours and ends with us; `external`: `DYNAMODB_ENDPOINT` named it. */
  readonly kind: 'embedded' | 'external';
  readonly tableName: string;
  readonly stop: () => Promise<void>;
};

export type StartedDynamoDb =
  | { readonly ok: true; readonly database: LocalDynamoDb }
  | { readonly ok: false; readonly message: string };

export type DynamoDbOptions = {
  /** LOCAL_DATA: holds the database file. Created when absent. */
  readonly folder: string;
  readonly tableName: string;
  /** `DYNAMODB_ENDPOINT`: any other DynamoDB to use instead of the embedded one. */
  readonly endpoint?: string | undefined;
  /** 0 or undefined: a free one. */
  readonly port?: number;
  /** For tests; otherwise found through the optional dependency. */
  readonly binary?: string;
  /**
   * Highest stream sequence number already consumed; older records than a day below it are deleted at
   * start.
   */
  readonly consumedSequence?: number;
  /** Wall clock: the server stamps its stream records by it. */
  readonly wallMs: () => number;
};

const dayInSeconds = 86_400;
const restartPauseMs = 500;

/**
 * Starts the embedded DynamoDB (design 5.9) with the system's one table, or connects to the one that
 * `DYNAMODB_ENDPOINT` names. Every failure is one sentence that says what to do.
 */
export async function startDynamoDb(options: DynamoDbOptions): Promise<StartedDynamoDb> {
  if (options.endpoint !== undefined) return connectExternal(options.endpoint, options.tableName);
  const binary = options.binary ?? findBinary();
  if (binary === undefined || !existsSync(binary)) return { ok: false, message: missingBinary() };
  const folderProblem = createFolder(options.folder);
  if (folderProblem !== undefined) return { ok: false, message: folderProblem };

  const databaseFile = join(options.folder, 'dynamodb.sqlite');
  const pidFile = join(options.folder, 'dynamodb.pid');
  await endLeftoverServer(pidFile, databaseFile);
  if (existsSync(databaseFile)) {
    if (damageOf(databaseFile) !== undefined) return { ok: false, message: damagedFile(databaseFile) };
    const before = Math.floor(options.wallMs() / 1000) - dayInSeconds;
    trimStream(databaseFile, options.consumedSequence ?? 0, before);
  }
  const port = options.port || (await freePort());
  const start = () => startServerProcess({ binary, port, databaseFile, pidFile });
  let started = await start();
  if (!started.ok) return { ok: false, message: startFailure(port, databaseFile, started.cause) };
  const endpoint = `http://127.0.0.1:${port}`;
  await withClient(endpoint, (client) => ensureTable(client, options.tableName));
  if (lacksStreamIndex(databaseFile)) {
    await started.process.stop();
    addStreamIndex(databaseFile);
    started = await start();
    if (!started.ok) return { ok: false, message: startFailure(port, databaseFile, started.cause) };
  }
  return { ok: true, database: embedded(endpoint, options.tableName, started.process, start) };
}

/**
 * A server that ends without being asked is started again on the same port and file; callers' retries meet
 * it.
 */
function embedded(
  endpoint: string,
  tableName: string,
  first: ServerProcess,
  start: () => Promise<StartedProcess>,
): LocalDynamoDb {
  let server = first;
  let stopping = false;
  const keepRunning = async (): Promise<void> => {
    for (;;) {
      await server.ended;
      if (stopping) return;
      const restarted = await start().catch(() => undefined);
      if (restarted?.ok !== true) await wait(restartPauseMs);
      else if (stopping) return restarted.process.stop();
      else server = restarted.process;
    }
  };
  const kept = keepRunning();
  const stop = async (): Promise<void> => {
    stopping = true;
    await server.stop();
    await kept;
  };
  return { endpoint, kind: 'embedded', tableName, stop };
}

async function connectExternal(endpoint: string, tableName: string): Promise<StartedDynamoDb> {
  try {
    await withClient(endpoint, (client) => ensureTable(client, tableName));
    return { ok: true, database: { endpoint, kind: 'external', tableName, stop: async () => undefined } };
  } catch (error) {
    const cause = error instanceof Error ? error.message || error.name : String(error);
    return { ok: false, message: `No DynamoDB answers at DYNAMODB_ENDPOINT=${endpoint} (${cause}).` };
  }
}

async function withClient(endpoint: string, work: (client: DynamoDBClient) => Promise<void>): Promise<void> {
  const client = connectDynamoDb(endpoint);
  try {
    await work(client);
  } finally {
    client.destroy();
  }
}

/** The static binary of the optional dependency, or undefined on platforms that have none. */
function findBinary(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch {
    return undefined;
  }
}

function createFolder(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true });
    return undefined;
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return `The folder ${folder} cannot be created (${cause}). Set LOCAL_DATA to a folder you may write to.`;
  }
}

function missingBinary(): string {
  return [
    'The embedded DynamoDB is not installed (the package @dynoxide/linux-x64 serves Linux on x64;',
    `this is ${process.platform} on ${process.arch}).`,
    'Install the optional dependencies again, or name another DynamoDB with DYNAMODB_ENDPOINT.',
  ].join(' ');
}

function damagedFile(file: string): string {
  const out = 'Move it away (or set LOCAL_DATA to another folder) and start again.';
  return `${file} is damaged and cannot be read. ${out}`;
}

function startFailure(port: number, databaseFile: string, cause: string): string {
  const line = cause.split('\n')[0]?.replace(/^error: /, '') ?? cause;
  if (/already in use/.test(line))
    return `Port ${port}, chosen for the embedded DynamoDB, is in use. Start again.`;
  if (/not a valid SQLite|malformed|corrupt/i.test(line)) return damagedFile(databaseFile);
  if (/unable to open|readonly|read-only|permission/i.test(line)) {
    return `${databaseFile} cannot be opened for writing. Set LOCAL_DATA to a folder you may write to.`;
  }
  return `The embedded DynamoDB did not start (${line}).`;
}

/** The server prints no port of its own choice, so we choose. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
      probe.close(() => resolve(address.port));
    });
  });
}
