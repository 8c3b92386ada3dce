import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acknowledgeRequest, alert, alertList } from '@aftercare/contract/alert';
import { cohortView, dailyDigest } from '@aftercare/contract/digest';
import { problem } from '@aftercare/contract/problem';
import { signedPayload, signWebhook } from '@aftercare/contract/request-signature';
import { sessionAnswer, sessionTimeline } from '@aftercare/contract/session-answer';
import { task, taskList } from '@aftercare/contract/task';
import { type LocalRuntime, startLocalRuntime } from '@aftercare/local/runtime/local-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod/mini';

/** Every operation and error that docs/openapi.json names, against the running local system (issue 7). */

const folder = mkdtempSync(join(tmpdir(), 'aftercare-operations-'));
let runtime: LocalRuntime;
let at: { api: string; secret: string; clinic: string };

beforeAll(async () => {
  const started = await startLocalRuntime({ folder, port: 0, wallMs: Date.now, ticking: true });
  if (!started.ok) throw new Error(started.message);
  runtime = started.runtime;
  const { endpoints, webhookSecret, clinicId } = runtime.info;
  at = { api: endpoints.api.replace(/\/$/, ''), secret: webhookSecret, clinic: `/v1/clinics/${clinicId}` };
}, 30_000);

afterAll(async () => {
  await runtime.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Call = {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly rawBody?: string;
  readonly contentType?: string;
  readonly secret?: string;
};

let requests = 0;

async function send(call: Call): Promise<{ status: number; type: string; headers: Headers; body: unknown }> {
  const { method, path, query = '', body, contentType = 'application/json', secret = at.secret } = call;
  const text = call.rawBody ?? (body === undefined ? '' : JSON.stringify(body));
  requests += 1;
  const signed = signWebhook({
    webhookId: `request_${requests}`,
    at: runtime.clock.now(),
    payload: signedPayload({ method, path, query, rawBody: text }),
    secrets: [secret],
  });
  const response = await fetch(`${at.api}${path}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: { ...signed, ...(text === '' ? {} : { 'content-type': contentType }) },
    ...(text === '' ? {} : { body: text }),
  });
  const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
  return { status: response.status, type, headers: response.headers, body: await response.json() };
}

const foreignSecret = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;

function sessionBody(sessionId: string, change: object = {}): Record<string, unknown> {
  const endedAt = new Date(Date.parse(runtime.clock.now()) - 3_600_000).toISOString();
  return {
    sessionId,
    patient: {
      patientId: 'p-operations',
      firstName: 'Ana',
      phone: '+13055550133',
      timeZone: 'America/New_York',
      consent: { givenAt: endedAt, method: 'written' },
    },
    treatment: { endedAt, device: 'pen', needleDepthMm: 1, areas: ['face'], ...change },
  };
}

/** A patient's text; it is read and answered when this returns. */
async function text(body: string): Promise<void> {
  const answer = await fetch(`${at.api}/local/phone`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from: '+13055550133', body }),
  });
  expect(answer.status).toBe(200);
}

async function openAlert(): Promise<string> {
  await text("I can't breathe, my throat is closing");
  const answer = await send({ method: 'GET', path: `${at.clinic}/alerts`, query: 'status=open' });
  return alertList.parse(answer.body).alerts[0]?.alertId ?? 'no alert was opened';
}

async function openTask(): Promise<string> {
  await text('I want to complain, the nurse was rude to me');
  const answer = await send({ method: 'GET', path: `${at.clinic}/tasks`, query: 'state=open' });
  return taskList.parse(answer.body).tasks[0]?.taskId ?? 'no work item was opened';
}

/** What the walk has seen: `operationId status code`. */
const seen = new Set<string>();

async function expectAnswer(
  operation: string,
  call: Call,
  status: number,
  schema: z.ZodMiniType,
): Promise<unknown> {
  const answer = await send(call);
  expect(answer.status, `${operation}: ${JSON.stringify(answer.body)}`).toBe(status);
  expect(answer.type).toBe('application/json');
  // What the schema does not know is stripped by it, so an undocumented field shows as a difference.
  expect(schema.parse(answer.body)).toEqual(answer.body);
  seen.add(`${operation} ${status}`);
  return answer.body;
}

async function expectProblem(operation: string, call: Call, status: number, code: string): Promise<void> {
  const answer = await send(call);
  expect(answer.type, `${operation} ${code}: ${JSON.stringify(answer.body)}`).toBe(
    'application/problem+json',
  );
  expect(problem.parse(answer.body)).toEqual(answer.body);
  expect(answer.body).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
  seen.add(`${operation} ${status} ${code}`);
}

/** The errors that every signed call shares. */
async function expectGate(operation: string, call: Call): Promise<void> {
  const elsewhere = call.path.replace(at.clinic, '/v1/clinics/nobody');
  await expectProblem(operation, { ...call, path: elsewhere }, 404, 'clinic_not_found');
  await expectProblem(operation, { ...call, secret: foreignSecret }, 401, 'signature_refused');
  if (call.method === 'GET' || call.method === 'DELETE') return;
  await expectProblem(operation, { ...call, rawBody: `"${'x'.repeat(65_536)}"` }, 413, 'body_too_large');
  await expectProblem(operation, { ...call, contentType: 'text/plain' }, 415, 'not_json_type');
  await expectProblem(operation, { ...call, rawBody: '{"sessionId":' }, 400, 'not_json');
  await expectProblem(operation, { ...call, body: { colour: 'red' } }, 422, 'invalid_fields');
}

const sessions = () => `${at.clinic}/sessions`;

describe('every operation and error of the API reference', () => {
  it('health', async () => {
    await expectAnswer(
      'health',
      { method: 'GET', path: '/health' },
      200,
      z.looseObject({ status: z.literal('ok') }),
    );
    await expectProblem('health', { method: 'GET', path: '/nowhere' }, 404, 'path_not_found');
    await expectProblem('health', { method: 'DELETE', path: '/health' }, 405, 'method_not_allowed');
  });

  it('acceptSession', async () => {
    const call = { method: 'POST', path: sessions(), body: sessionBody('s-1') };
    await expectAnswer('acceptSession', call, 201, sessionAnswer);
    await expectAnswer('acceptSession', call, 200, sessionAnswer);
    expect((await send(call)).headers.get('idempotent-replayed')).toBe('true');
    const other = { ...call, body: sessionBody('s-1', { device: 'roller' }) };
    await expectProblem('acceptSession', other, 409, 'session_exists');
    await expectGate('acceptSession', call);
  });

  it('readSession, amendSession, cancelSession', async () => {
    const path = `${sessions()}/s-2`;
    await send({ method: 'POST', path: sessions(), body: sessionBody('s-2') });
    await expectAnswer('readSession', { method: 'GET', path }, 200, sessionTimeline);
    await expectProblem('readSession', { method: 'GET', path: `${path}x` }, 404, 'session_not_found');
    await expectGate('readSession', { method: 'GET', path });

    const amend = { method: 'PUT', path, body: sessionBody('s-2', { areas: ['neck'] }) };
    await expectAnswer('amendSession', amend, 200, sessionAnswer);
    const unknown = { ...amend, path: `${path}x`, body: sessionBody('s-2x') };
    await expectProblem('amendSession', unknown, 404, 'session_not_found');
    await expectGate('amendSession', amend);

    const cancel = { method: 'DELETE', path };
    await expectAnswer('cancelSession', cancel, 200, sessionAnswer);
    await expectProblem('cancelSession', { ...cancel, path: `${path}x` }, 404, 'session_not_found');
    await expectGate('cancelSession', cancel);
    const again = { ...amend, body: sessionBody('s-2', { areas: ['back'] }) };
    await expectProblem('amendSession', again, 409, 'session_cancelled');
  });

  it('listAlerts, readAlert, acknowledgeAlert, closeAlert', async () => {
    const alertId = await openAlert();
    const path = `${at.clinic}/alerts`;
    const list = { method: 'GET', path, query: 'status=open' };
    await expectAnswer('listAlerts', list, 200, alertList);
    await expectProblem('listAlerts', { ...list, query: 'state=open' }, 422, 'invalid_fields');
    await expectGate('listAlerts', list);

    const read = { method: 'GET', path: `${path}/${alertId}` };
    await expectAnswer('readAlert', read, 200, alert);
    await expectProblem('readAlert', { ...read, path: `${path}/none` }, 404, 'alert_not_found');
    await expectGate('readAlert', read);

    const body = acknowledgeRequest.parse({ alertId, by: 'nurse' });
    const take = { method: 'POST', path: `${path}/${alertId}/ack`, body };
    await expectGate('acknowledgeAlert', take);
    const none = { method: 'POST', path: `${path}/none/ack`, body: { ...body, alertId: 'none' } };
    await expectProblem('acknowledgeAlert', none, 404, 'alert_not_found');
    const taken = await expectAnswer('acknowledgeAlert', take, 200, alert);
    expect(taken).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'nurse' });

    const done = { method: 'POST', path: `${path}/${alertId}/done`, body: { ...body, outcome: 'real' } };
    await expectGate('closeAlert', done);
    const nobody = {
      ...done,
      path: `${path}/none/done`,
      body: { alertId: 'none', by: 'nurse', outcome: 'real' },
    };
    await expectProblem('closeAlert', nobody, 404, 'alert_not_found');
    expect(await expectAnswer('closeAlert', done, 200, alert)).toMatchObject({
      status: 'done',
      outcome: 'real',
    });
    await expectProblem('acknowledgeAlert', take, 409, 'alert_not_open');
  }, 30_000);

  it('listTasks, closeTask', async () => {
    const taskId = await openTask();
    const path = `${at.clinic}/tasks`;
    const list = { method: 'GET', path, query: 'state=open' };
    await expectAnswer('listTasks', list, 200, taskList);
    await expectProblem('listTasks', { ...list, query: 'state=shut' }, 422, 'invalid_fields');
    await expectGate('listTasks', list);
    const close = { method: 'POST', path: `${path}/${taskId}/done`, body: { taskId, by: 'desk' } };
    await expectGate('closeTask', close);
    const none = { ...close, path: `${path}/none/done`, body: { taskId: 'none', by: 'desk' } };
    await expectProblem('closeTask', none, 404, 'task_not_found');
    expect(await expectAnswer('closeTask', close, 200, task)).toMatchObject({
      state: 'done',
      closedBy: 'desk',
    });
  }, 30_000);

  it('readDigest, readCohorts', async () => {
    const digest = { method: 'GET', path: `${at.clinic}/digest` };
    await expectAnswer('readDigest', digest, 200, dailyDigest);
    await expectProblem('readDigest', { ...digest, query: 'onDate=yesterday' }, 422, 'invalid_fields');
    await expectGate('readDigest', digest);
    const cohorts = { method: 'GET', path: `${at.clinic}/cohorts` };
    await expectAnswer('readCohorts', cohorts, 200, cohortView);
    await expectProblem('readCohorts', { ...cohorts, query: 'from=2020-01-01' }, 422, 'invalid_fields');
    await expectGate('readCohorts', cohorts);
  });

  it('leaves out only what one machine cannot bring about', () => {
    const missing = documented().filter((answer) => !seen.has(answer));
    const gateway = / (429 too_many_requests|500 internal_error|503 unavailable)$/;
    // On one machine drafts may go to anybody; test/journey and the intake tests cover the refusal.
    const emulator = / 422 protocol_not_approved$/;
    expect(missing.filter((answer) => !gateway.test(answer) && !emulator.test(answer))).toEqual([]);
  });
});

/** `operationId status` for each answer, `operationId status code` for each error of the document. */
function documented(): string[] {
  type Media = { examples?: Record<string, unknown> };
  type Operation = { operationId: string; responses: Record<string, { content?: Record<string, Media> }> };
  const text = readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> };
  return Object.values(paths)
    .flatMap((path) => Object.values(path))
    .flatMap(({ operationId, responses }) =>
      Object.entries(responses).flatMap(([status, { content = {} }]) => {
        const problems = content['application/problem+json']?.examples;
        if (problems === undefined) return [`${operationId} ${status}`];
        return Object.keys(problems).map((code) => `${operationId} ${status} ${code}`);
      }),
    );
}
