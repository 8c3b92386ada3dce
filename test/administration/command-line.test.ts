import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lifeCommands } from '@aftercare/cli/administration/clinic-life';
import { peopleCommands } from '@aftercare/cli/administration/clinic-people';
import { runProgram } from '@aftercare/cli/administration/command';
import { connect } from '@aftercare/cli/administration/connect';
import { patientCommands } from '@aftercare/cli/administration/patient-commands';
import { exampleClinic } from '@aftercare/contract/openapi/examples';
import { signWebhook } from '@aftercare/contract/request-signature';
import { type LocalRuntime, startLocalRuntime } from '@aftercare/local/runtime/local-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'aftercare-administration-'));
let runtime: LocalRuntime;
let environment: { PORT: string; LOCAL_DATA: string };

beforeAll(async () => {
  const started = await startLocalRuntime({ folder, port: 0, wallMs: Date.now, ticking: false });
  if (!started.ok) throw new Error(started.message);
  runtime = started.runtime;
  environment = { PORT: new URL(runtime.info.endpoints.api).port, LOCAL_DATA: folder };
}, 30_000);

afterAll(async () => {
  await runtime.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Result = { code: number; out: string; err: string };

async function run(program: 'clinic' | 'patient', ...args: string[]): Promise<Result> {
  const said = { out: '', err: '' };
  const code = await runProgram(
    program,
    program === 'clinic' ? { ...lifeCommands, ...peopleCommands } : patientCommands,
    args,
    {
      out: (text) => {
        said.out += `${text}\n`;
      },
      err: (text) => {
        said.err += `${text}\n`;
      },
      connect: () => connect(environment),
      user: 'olga',
    },
  );
  return { code, ...said };
}

function file(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

const clinic = {
  ...exampleClinic,
  clinicId: 'south',
  patientNumber: '+13055550140',
  alertNumber: '+13055550141',
};

async function post(secret: string, sessionId: string): Promise<Response> {
  const endedAt = new Date(Date.parse(runtime.clock.now()) - 3_600_000).toISOString();
  const body = JSON.stringify({
    sessionId,
    patient: {
      patientId: 'p-1',
      firstName: 'Ana',
      phone: '+13055550123',
      consent: { givenAt: endedAt, method: 'written' },
    },
    treatment: { endedAt, device: 'pen', needleDepthMm: 1, areas: ['face'] },
  });
  const signed = signWebhook({
    webhookId: sessionId,
    at: runtime.clock.now(),
    payload: body,
    secrets: [secret],
  });
  return fetch(`${runtime.info.endpoints.api}/v1/clinics/south/sessions`, {
    method: 'POST',
    headers: { ...signed, 'content-type': 'application/json' },
    body,
  });
}

describe('clinic and patient on the command line, against the running local system', () => {
  it('walks a clinic from its file to its removal', async () => {
    const added = await run('clinic', 'add', file('south.json', clinic));
    expect(added).toMatchObject({ code: 0, err: '' });
    const secret = /whsec_\S+/.exec(added.out)?.[0] ?? '';
    expect((await run('clinic', 'list')).out).toContain('south');
    expect((await post(secret, 'visit-1')).status).toBe(201);

    const shown = await run('clinic', 'show', 'south');
    expect(shown.out).toContain('nina cannot be paged yet');
    expect(shown.out).not.toContain('whsec_');
    expect((await run('clinic', 'staff', 'south', 'confirm', 'nina')).code).toBe(0);
    expect((await run('clinic', 'usage', 'south')).out).toContain('reminders');

    const rotated = await run('clinic', 'rotate-secret', 'south');
    expect(rotated.out).toContain('whsec_');
    expect((await run('clinic', 'rotate-secret', 'south')).code).toBe(1);
    expect((await run('clinic', 'rotate-secret', 'south', '--finish')).code).toBe(0);

    const exported = await run('patient', 'export', 'south', 'p-1', '--out', join(folder, 'p-1.json'));
    expect(exported.code).toBe(0);
    expect(readFileSync(join(folder, 'p-1.json'), 'utf8')).toContain('visit-1');
    expect((await run('patient', 'hold', 'south', 'p-1', '--reason', 'letter')).code).toBe(0);
    const refused = await run('patient', 'erase', 'south', 'p-1', '--reason', 'asked', '--yes');
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('legal hold') });
    expect((await run('patient', 'release', 'south', 'p-1')).code).toBe(0);
    const erased = await run('patient', 'erase', 'south', 'p-1', '--reason', 'asked', '--yes');
    expect(erased).toMatchObject({ code: 0, err: '' });

    expect((await run('clinic', 'export', 'south', join(folder, 'south'))).code).toBe(0);
    expect(readFileSync(join(folder, 'south', 'clinic.json'), 'utf8')).not.toContain('Ana');
    expect((await run('clinic', 'remove', 'south')).out).toMatch(/Would delete \d+ rows/);
    expect((await run('clinic', 'list')).out).toContain('south');
    expect(await run('clinic', 'remove', 'south', '--yes')).toMatchObject({ code: 0, err: '' });
    expect((await run('clinic', 'list')).out).not.toContain('south');
  }, 30_000);

  it('names the wrong fields of a file, one per line, and changes nothing', async () => {
    const wrong = await run('clinic', 'add', file('wrong.json', { ...clinic, timeZone: 'Miami', staff: [] }));
    expect(wrong.code).toBe(1);
    expect(wrong.err).toMatch(/timeZone +must be an IANA time zone/);
    expect(wrong.err).toMatch(/staff +must hold at least two people/);
    expect((await run('clinic', 'add', file('broken.json', '{'))).err).toContain('is not JSON');
    expect((await run('clinic', 'add', join(folder, 'absent.json'))).err).toContain('no such file');
  });

  it('pauses, resumes, approves and changes people, and says what it refuses', async () => {
    expect((await run('clinic', 'pause', 'glow')).out).toContain('paused');
    expect((await run('clinic', 'show', 'glow')).out).toContain('PAUSED');
    expect((await run('clinic', 'list')).out).toMatch(/glow .*PAUSED/);
    expect((await run('clinic', 'resume', 'glow')).code).toBe(0);
    expect((await run('clinic', 'pause')).err).toContain('--all');
    const signed = [
      '--subject',
      'protocol',
      '--language',
      'en',
      '--name',
      'Dr. Example',
      '--licence',
      'FL-1',
    ];
    expect(await run('clinic', 'approve', 'glow', ...signed)).toMatchObject({ code: 0 });
    expect((await run('clinic', 'approve', 'glow', '--subject', 'protocol')).err).toMatch(
      /language +must be one of/,
    );
    expect((await run('clinic', 'staff', 'glow')).out).toContain('confirmed');
    expect((await run('clinic', 'staff', 'glow', 'remove', 'nobody')).err).toContain('nobody with the id');
    const hole = { onCall: [{ weekly: { days: ['mon'], from: '08:00', to: '20:00' }, staffIds: ['nurse'] }] };
    expect((await run('clinic', 'calendar', 'glow', 'set', file('hole.json', hole))).err).toContain(
      'uncovered',
    );
    expect((await run('clinic', 'calendar', 'glow')).out).toContain('holidays');
    expect((await run('clinic', 'show', 'nowhere')).err).toContain('no clinic nowhere');
  });

  it('names the command, the option and the word that were meant', async () => {
    expect(await run('clinic', 'pasue')).toMatchObject({
      code: 2,
      err: expect.stringContaining('mean pause?'),
    });
    expect(await run('clinic', 'show', 'glow', '--jsn')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--json'),
    });
    expect(await run('clinic', 'show')).toMatchObject({
      code: 2,
      err: expect.stringContaining('show <clinicId>'),
    });
    expect(await run('clinic', 'list', 'all')).toMatchObject({
      code: 2,
      err: expect.stringContaining('"all"'),
    });
    expect((await run('patient', 'erase', '--help')).out).toContain('--reason <words>');
    expect((await run('clinic', '--help')).out).toContain('rotate-secret');
  });

  it('says what to do when there is nothing to administer', async () => {
    const nothing = await connect({ PORT: '1' });
    expect(nothing).toMatchObject({ ok: false, message: expect.stringContaining('npx pnpm@12 start') });
    expect(await connect({ DYNAMODB_ENDPOINT: 'nonsense' })).toMatchObject({ ok: false });
  });
});
