import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fromWireItem } from '@aftercare/adapters/dynamodb/attribute-values';
import { freePort } from '@aftercare/local/embedded-dynamodb/embedded-dynamodb';
import { connectDynamoDb } from '@aftercare/local/embedded-dynamodb/local-table';
import type { ShownMessage } from '@aftercare/local/runtime/message-log';
import { reminderRow } from '@aftercare/usecases/rows';
import { ScanCommand } from '@aws-sdk/client-dynamodb';

const startScript = fileURLToPath(new URL('../../packages/cli/src/start.ts', import.meta.url));
const sendScript = fileURLToPath(new URL('../../packages/cli/src/send.ts', import.meta.url));

/** One planned text: how often the phone got it, how often it was claimed, and what its row says. */
export type DayAccount = {
  readonly day: number;
  readonly texts: number;
  readonly claims: number;
  readonly status: string;
  readonly reason?: string;
};

const proactive: ReadonlySet<string> = new Set(['confirmation', 'reminder']);

export type KillWalk = {
  readonly kills: number;
  /** Every SMS the emulated phones got. */
  readonly messages: readonly ShownMessage[];
  /** Day 0 (the confirmation), 1, 3, 7 and 14. */
  readonly days: readonly DayAccount[];
  /** Wall-clock ms from spawning the process to the first answer of /health, per start. */
  readonly readyMs: readonly number[];
};

/**
 * One session walked to the end of its two weeks by a real process that is killed (SIGKILL) while it works,
 * and started again on the same folder each time.
 *
 * @param killAfterMs how long each advance may run before the kill; one kill per entry that does not come
 *   too late
 */
export async function killWalk(killAfterMs: readonly number[]): Promise<KillWalk> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-kill-'));
  const port = await freePort();
  const environment = { ...process.env, PORT: String(port), LOCAL_DATA: folder };
  const url = `http://127.0.0.1:${port}`;
  const readyMs: number[] = [];
  const start = async (): Promise<ChildProcess> => {
    const began = performance.now();
    const child = spawn(process.execPath, [startScript], {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    while (!(await isHealthy(url))) {
      if (child.exitCode !== null) throw new Error(`start failed: ${complaint}`);
      await wait(20);
    }
    readyMs.push(performance.now() - began);
    return child;
  };
  let child = await start();
  try {
    // At night no confirmation is sent, and this must walk the same at every hour of the day.
    const noon = `${(await clockOf(url)).slice(0, 10)}T16:30:00.000Z`;
    await move(url, new Date(Date.parse(noon) + 86_400_000).toISOString());
    await run(sendScript, environment);
    const target = new Date(Date.parse(await clockOf(url)) + 15 * 86_400_000).toISOString();
    let kills = 0;
    for (const afterMs of killAfterMs) {
      const advanced = move(url, target);
      if (await Promise.race([advanced, wait(afterMs, false)])) break;
      await kill(child);
      await advanced;
      kills += 1;
      child = await start();
    }
    if (!(await move(url, target))) throw new Error('the last advance failed');
    const messages = (await (await fetch(`${url}/local/messages`)).json()) as ShownMessage[];
    return { kills, messages, days: await accountOf(url, messages), readyMs };
  } finally {
    await kill(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`)).ok;
  } catch {
    return false;
  }
}

/** Joins the session's rows with what the phones got. */
async function accountOf(url: string, messages: readonly ShownMessage[]): Promise<readonly DayAccount[]> {
  const info = (await (await fetch(`${url}/local/info`)).json()) as { endpoints: { dynamodb: string } };
  const client = connectDynamoDb(info.endpoints.dynamodb);
  try {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: 'aftercare' }));
    const rows = Items.map(fromWireItem).filter(({ row }) => row === 'reminder');
    return rows
      .map((row) => {
        const { day, status, reason, messageIds } = reminderRow.parse(row);
        const went = messages.filter(({ kind, day: sentFor = 0 }) => proactive.has(kind) && sentFor === day);
        const claims = messageIds?.length ?? 0;
        return { day, texts: went.length, claims, status, ...(reason === undefined ? {} : { reason }) };
      })
      .sort((one, other) => one.day - other.day);
  } finally {
    client.destroy();
  }
}

async function clockOf(url: string): Promise<string> {
  const { now } = (await (await fetch(`${url}/local/clock`)).json()) as { now: string };
  return now;
}

/** True when the clock got there, false when the process died on the way. */
async function move(url: string, advanceTo: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/local/clock`, {
      method: 'POST',
      body: JSON.stringify({ advanceTo }),
    });
    // A run that was killed right after it arrived has left a clock that is past it.
    return response.ok || (await clockOf(url)) >= advanceTo;
  } catch {
    return false;
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

async function run(script: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [script], { env: environment, stdio: 'ignore' });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
}

/**
 * What is neither one text nor a loss that its row explains. A text is claimed before it leaves, so a kill
 * between the two loses the confirmation, which is not repeated; a reminder is sent once more (design 5.3)
 * and is lost only when a second kill hits the same moment. Then the row says `never_left`.
 */
export function unexplained({ days }: KillWalk): readonly DayAccount[] {
  return days.filter(({ day, texts, claims, status, reason }) => {
    if (texts === 1) return status !== 'sent' && status !== 'delivered';
    const claimsToLose = day === 0 ? 1 : 2;
    return texts > 1 || status !== 'failed' || reason !== 'never_left' || claims !== claimsToLose;
  });
}
