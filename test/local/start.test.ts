import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalRuntime } from '@aftercare/local/runtime/local-runtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// Real processes and a real disk: slow when the machine is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (extra: object = {}) =>
  startLocalRuntime({ folder, port: 0, wallMs: Date.now, ticking: false, ...extra });

async function refusal(extra: object = {}): Promise<string> {
  const started = await start(extra);
  if (started.ok) {
    await started.runtime.stop();
    throw new Error('it started');
  }
  return started.message;
}

async function firstStart(): Promise<void> {
  const started = await start();
  if (!started.ok) throw new Error(started.message);
  await started.runtime.stop();
}

describe('a start that cannot work says so in one sentence', () => {
  it('for a busy port', async () => {
    const squatter = createServer();
    const port = await new Promise<number>((resolve) => {
      squatter.listen(0, '127.0.0.1', () => {
        const address = squatter.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    expect(await refusal({ port })).toMatch(new RegExp(`^Port ${port} is in use`));
    squatter.close();
  });

  it('for a folder that another runtime works in, which goes on undisturbed', async () => {
    const first = await start();
    if (!first.ok) throw new Error(first.message);
    expect(await refusal()).toMatch(/is in use: another Aftercare runtime/);
    expect((await fetch(`${first.runtime.info.endpoints.api}/health`)).status).toBe(200);
    await first.runtime.stop();
  });

  it('for a folder that cannot be made', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await refusal({ folder: join(folder, 'file', 'data') })).toMatch(/cannot be created.*LOCAL_DATA/);
  });

  it.each(['emulators.sqlite', 'dynamodb.sqlite'])('for a damaged %s', async (name) => {
    await firstStart();
    for (const tail of ['-wal', '-shm']) rmSync(join(folder, `${name}${tail}`), { force: true });
    writeFileSync(join(folder, name), Buffer.alloc(40_000, 'x'));
    expect(await refusal()).toMatch(new RegExp(`${name} is damaged`));
  });

  it('for damaged secrets', async () => {
    await firstStart();
    writeFileSync(join(folder, 'secrets.json'), '{"twilioAccountSid":1}');
    expect(await refusal()).toMatch(/secrets\.json cannot be used/);
  });

  it('for a database that does not answer', async () => {
    expect(await refusal({ dynamodbEndpoint: 'http://127.0.0.1:1' })).toMatch(/No DynamoDB answers/);
  });

  it('for a clinic that is not valid, naming the field', async () => {
    expect(await refusal({ clinic: { timeZone: 'Mars/Base' } })).toMatch(/clinic\.timeZone/);
  });
});
