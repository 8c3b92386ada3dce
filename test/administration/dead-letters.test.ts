import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@aftercare/cli/administration/command';
import { connect } from '@aftercare/cli/administration/connect';
import { deadLetterCommands } from '@aftercare/cli/administration/dead-letter-commands';
import { signWebhook } from '@aftercare/contract/request-signature';
import { type LocalRuntime, startLocalRuntime } from '@aftercare/local/runtime/local-runtime';
import { reminderRowKey, sessionKeyOf } from '@aftercare/usecases/keys';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'aftercare-dead-letters-'));
const startMs = Date.parse('2026-11-21T17:30:00Z');
const sessionKey = sessionKeyOf('glow', 'visit-1');
let runtime: LocalRuntime;
let sqs: SQSClient;
let environment: { PORT: string; LOCAL_DATA: string };

beforeAll(async () => {
  const started = await startLocalRuntime({ folder, port: 0, wallMs: () => startMs, ticking: false });
  if (!started.ok) throw new Error(started.message);
  runtime = started.runtime;
  environment = { PORT: new URL(runtime.info.endpoints.api).port, LOCAL_DATA: folder };
  sqs = new SQSClient({
    endpoint: runtime.info.endpoints.sqs,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  expect(await postSession()).toBe(201);
}, 60_000);

afterAll(async () => {
  sqs.destroy();
  await runtime.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function postSession(): Promise<number> {
  const body = JSON.stringify({
    sessionId: 'visit-1',
    patient: {
      patientId: 'p-1',
      firstName: 'Zyxwvutsr',
      phone: '+13055559876',
      timeZone: 'America/New_York',
      consent: { givenAt: '2026-11-21T15:00:00Z', method: 'written' },
    },
    treatment: { endedAt: '2026-11-21T16:30:00Z', device: 'pen', needleDepthMm: 1, areas: ['face'] },
  });
  const signed = signWebhook({
    webhookId: 'visit-1',
    at: runtime.clock.now(),
    payload: body,
    secrets: [runtime.info.webhookSecret],
  });
  const response = await fetch(`${runtime.info.endpoints.api}/v1/clinics/glow/sessions`, {
    method: 'POST',
    headers: { ...signed, 'content-type': 'application/json' },
    body,
  });
  return response.status;
}

const urlOf = (queue: string) => `${runtime.info.endpoints.sqs}/123456789012/${queue}`;
const give = (queue: string, body: unknown) =>
  sqs.send(
    new SendMessageCommand({
      QueueUrl: urlOf(queue),
      MessageBody: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
const reminder = (day: number, attempt = 1) => ({ sessionKey, revision: 1, day, attempt });

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await runProgram('dead-letters', deadLetterCommands(environment), args, {
    out: (text) => {
      said.out += `${text}\n`;
    },
    err: (text) => {
      said.err += `${text}\n`;
    },
    connect: () => connect(environment),
    user: 'olga',
  });
  return { code, ...said };
}

/** What is printed but for the queues' random message ids, in which any four digits may stand in a row. */
const withoutIds = (printed: string): string =>
  printed.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, '');

it('says of each dead letter what it would do now, and a dry run moves none', async () => {
  await give('reminders-due-dlq', reminder(1));
  await give('reminders-due-dlq', reminder(3, 2));
  await give('reminders-due-dlq', { ...reminder(7), sessionKey: 'nobody' });
  expect((await run('list')).out).toMatch(/reminders-due +3 /);
  const dry = await run('redrive', 'reminders-due', '--dry-run');
  expect(dry).toMatchObject({ code: 0, err: '' });
  expect(dry.out).toContain(`reminder day 1 of session ${sessionKey}: too early, would wait until`);
  expect(dry.out).toContain(
    `reminder day 3 of session ${sessionKey}: another attempt, nothing would be done`,
  );
  expect(dry.out).toContain('reminder day 7 of session nobody: gone, nothing would be done');
  expect(dry.out).toContain('Nothing was moved; 3 would be.');
  expect(withoutIds(dry.out)).not.toMatch(/Zyxwvutsr|9876/);
  expect((await run('list')).out).toMatch(/reminders-due +3 /);
}, 30_000);

it('moves at most as many as asked for, to the queue that they came from', async () => {
  expect((await run('redrive', 'reminders-due', '--max', '2')).out).toContain('2 moved.');
  expect((await run('list')).out).toMatch(/reminders-due +1 /);
  expect((await run('redrive', 'reminders-due')).out).toContain('1 moved.');
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: urlOf('reminders-due'), MaxNumberOfMessages: 10 }),
  );
  expect(Messages.map(({ Body = '' }) => JSON.parse(Body).day)).toEqual(expect.arrayContaining([1, 3, 7]));
  expect((await run('redrive', 'reminders-due')).out).toBe('Nothing was given up.\n');
}, 30_000);

it('says that a window is over, that a text is unread, and that nobody needs to be paged', async () => {
  const later = await fetch(`${runtime.info.endpoints.api}/local/clock`, {
    method: 'POST',
    body: JSON.stringify({ advanceBy: 'P2D' }),
  });
  expect(later.status).toBe(200);
  const phone = (body: string) =>
    fetch(`${runtime.info.endpoints.api}/local/phone`, {
      method: 'POST',
      body: JSON.stringify({ from: '+13055559876', body }),
    });
  expect((await phone('yellow pus and fever')).status).toBe(200);
  const alerts = await runtime.system.table.query({ pk: 'AL#glow', skPrefix: 'ALERT#' });
  const alertId = String(alerts.items[0]?.alertId);
  await give('alerts-due-dlq', { clinicId: 'glow', alertId, rung: 0 });
  await give('alerts-due-dlq', { clinicId: 'glow', alertId: 'none', rung: 0 });
  const dry = await run('redrive', 'alerts-due', '--dry-run');
  expect(dry.out).toMatch(new RegExp(`alert ${alertId} of clinic glow: open, next page at`));
  expect(dry.out).toContain('alert none of clinic glow: gone, nothing would be done');

  await give('inbound-received-dlq', { clinicId: 'glow', phoneKey: 'x', messageSid: 'SM1' });
  expect((await run('redrive', 'inbound-received', '--dry-run')).out).toContain('text SM1: gone');
  await give('webhooks-due-dlq', { clinicId: 'glow', pk: 'S#x', eventId: 'e', attempt: 3 });
  expect((await run('redrive', 'webhooks-due', '--dry-run')).out).toContain('event e of clinic glow: gone');
  const form = 'MessageSid=SM2&From=%2B13055559876&Body=Zyxwvutsr';
  const caught = { path: '/twilio/inbound-fallback', query: '', signature: 's', form };
  await give('inbound-fallback-dlq', caught);
  const fallback = await run('redrive', 'inbound-fallback', '--dry-run');
  expect(fallback.out).toContain('text SM2: its signature would be checked');
  expect(withoutIds(fallback.out)).not.toMatch(/Zyxwvutsr|9876/);
  await give('reminders-due-dlq', reminder(1));
  expect((await run('redrive', 'reminders-due', '--dry-run')).out).toMatch(
    /reminder day 1 of session \w+: (finished|already claimed), nothing would be done/,
  );
  const key = reminderRowKey(sessionKey, 1, 1);
  await runtime.system.table.write({ write: 'update', key, set: { status: 'scheduled' } });
  expect((await run('redrive', 'reminders-due', '--dry-run')).out).toContain(
    `reminder day 1 of session ${sessionKey}: window over, would be recorded as not sent`,
  );
}, 60_000);

it('sends a letter of the scheduler where its body belongs, and leaves what nobody can read', async () => {
  await give('schedules-dlq', { clinicId: 'glow', alertId: 'none', rung: 1 });
  await give('schedules-dlq', 'Zyxwvutsr');
  const done = await run('redrive', 'scheduler');
  expect(done.code).toBe(1);
  expect(done.out).toContain('alert none of clinic glow');
  expect(done.out).toContain('unreadable, stays where it is');
  expect(done.out).toContain('1 moved, 1 left.');
  expect(done.out).not.toContain('Zyxwvutsr');
  expect((await run('list')).out).toMatch(/scheduler +1 /);
}, 30_000);

it('names the queue and the option that were meant, and what has nothing to redrive', async () => {
  expect((await run('redrive', 'reminder-due')).err).toContain('Did you mean reminders-due?');
  expect(await run('redrive', 'alerts-due', '--dryrun')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--dry-run'),
  });
  expect((await run('redrive', 'clockwork')).err).toContain('nothing to redrive');
  expect((await run('redrive', 'alerts-due', '--max', 'many')).err).toContain('--max');
  expect((await run('--help')).out).toContain('redrive <queue> [--dry-run] [--max N]');
});
