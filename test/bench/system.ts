import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signWebhook } from '@aftercare/contract/request-signature';
import { instantFromEpochMs } from '@aftercare/time/instant';
import * as z from 'zod';
import { atMost, type Figure, type Part, type Progress } from './part.ts';
import { treeMb } from './resident-memory.ts';

/** Figures of our own processes, without npx and pnpm. */
export const system: Part = {
  name: 'system',
  about: 'start, memory and intake of the local system, and a 14-day journey (30 s)',
  async run(progress) {
    const folder = mkdtempSync(join(tmpdir(), 'aftercare-bench-'));
    try {
      progress('starting the local system');
      const running = await measureRuntime(folder, progress);
      progress('walking a 14-day journey');
      return [...running, await journeySeconds()];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const cli = (name: string): string =>
  fileURLToPath(new URL(`../../packages/cli/src/${name}`, import.meta.url));
const info = z.object({ clinicId: z.string(), webhookSecret: z.string() });
type Info = z.infer<typeof info>;

const intakes = 200;
const idleMs = 3000;

async function measureRuntime(folder: string, progress: Progress): Promise<readonly Figure[]> {
  // The first start makes the table and the sample clinic; the figure is of an installed checkout's next one.
  const first = await startSystem(folder);
  await stopSystem(first.child);
  const running = await startSystem(folder);
  try {
    const read = info.parse(await (await fetch(`${running.url}/local/info`)).json());
    await pause(idleMs);
    const memory = treeMb(running.child.pid ?? 0);
    progress(`posting ${intakes} sessions`);
    const spent = await postSessions(running.url, read);
    const sorted = spent.sort((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
    return [
      { name: 'first start, until it answers', value: first.readySeconds, unit: 's' },
      atMost(3, { name: 'start, until it answers', value: running.readySeconds, unit: 's' }),
      atMost(300, { name: 'runtime and database, idle', value: memory, unit: 'MB' }),
      atMost(40, { name: 'intake answers, median', value: at(0.5), unit: 'ms' }),
      { name: 'intake answers, p95', value: at(0.95), unit: 'ms' },
    ];
  } finally {
    await stopSystem(running.child);
  }
}

type Started = { readonly child: ChildProcess; readonly url: string; readonly readySeconds: number };

async function startSystem(folder: string): Promise<Started> {
  const port = await freePort();
  const startedMs = performance.now();
  const child = spawn(process.execPath, [cli('start.ts')], {
    env: { ...process.env, PORT: String(port), LOCAL_DATA: folder },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error('The local system ended before it answered');
    await pause(20);
  }
  return { child, url, readySeconds: Math.round((performance.now() - startedMs) / 10) / 100 };
}

async function stopSystem(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}

async function postSessions(url: string, { clinicId, webhookSecret }: Info): Promise<number[]> {
  const spent: number[] = [];
  for (let round = 0; round < intakes; round += 1) {
    const payload = JSON.stringify(sessionBody(round));
    const headers = signWebhook({
      webhookId: `bench_${round}`,
      at: instantFromEpochMs(Date.now()),
      payload,
      secrets: [webhookSecret],
    });
    const startedMs = performance.now();
    const response = await fetch(`${url}/v1/clinics/${clinicId}/sessions`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: payload,
    });
    spent.push(performance.now() - startedMs);
    if (response.status !== 201) throw new Error(`Intake answered ${response.status}`);
  }
  return spent;
}

function sessionBody(round: number) {
  const hourAgo = instantFromEpochMs(Date.now() - 3_600_000);
  const digits = String(1_000_000 + round).slice(1);
  return {
    sessionId: `bench-${round}`,
    patient: {
      patientId: `p-${round}`,
      firstName: 'Bench',
      phone: `+1305${2 + (round % 7)}${digits}`,
      consent: { givenAt: hourAgo, method: 'written' },
    },
    treatment: { endedAt: hourAgo, device: 'pen', needleDepthMm: 1, areas: ['face'] },
  };
}

/** One whole process: start, walk, transcript. */
async function journeySeconds(): Promise<Figure> {
  const startedMs = performance.now();
  const file = fileURLToPath(new URL('../journey/files/redness-on-day-1.json', import.meta.url));
  const child = spawn(process.execPath, [cli('journey.ts'), file], { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The journey ended with ${code}`);
  const value = Math.round((performance.now() - startedMs) / 10) / 100;
  return atMost(8, { name: 'a 14-day journey, as a process', value, unit: 's' });
}
