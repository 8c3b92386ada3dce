import { createMemoryClock } from '@aftercare/adapters/memory/clock';
import { createMemoryLog } from '@aftercare/adapters/memory/log';
import { createMemoryMetrics } from '@aftercare/adapters/memory/metrics';
import { createMemoryQueues } from '@aftercare/adapters/memory/queues';
import { createMemorySecrets } from '@aftercare/adapters/memory/secrets';
import { createMemoryTable } from '@aftercare/adapters/memory/table';
import { twilioSignature } from '@aftercare/adapters/twilio/signature';
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { createHandler as createFallback } from './inbound-fallback/handler.ts';
import { createHandler as createInbound } from './inbound-message/handler.ts';
import { createHandler as createReplay } from './inbound-replay/handler.ts';

const publicBaseUrl = 'https://texts.example.com';
const accountSid = `AC${'0'.repeat(32)}`;
const patientLine = '+13055550100';
const fields = {
  AccountSid: accountSid,
  MessageSid: `SM${'a'.repeat(32)}`,
  From: '+13055550123',
  To: patientLine,
  Body: 'My cheek is hot & hurts',
};

async function world() {
  const clock = createMemoryClock('2026-11-21T16:00:00.000Z');
  const table = createMemoryTable();
  const number = { row: 'number', clinicId: 'glow', role: 'patient' };
  await table.write({ write: 'put', item: { pk: `NUMBER#${patientLine}`, sk: 'NUMBER', ...number } });
  return {
    table,
    clock,
    queues: createMemoryQueues({ clock }),
    secrets: createMemorySecrets({
      twilioAccountSid: accountSid,
      twilioAuthTokens: ['token'],
      phonePepper: Buffer.alloc(32, 1).toString('base64'),
      dataKeys: [],
    }),
    log: createMemoryLog(),
    metrics: createMemoryMetrics(),
    publicBaseUrl,
  };
}

function formPost(path: string, form: Record<string, string>, change: object = {}) {
  const signature = twilioSignature('token', `${publicBaseUrl}${path}`, new Map(Object.entries(form)));
  return {
    rawPath: path,
    rawQueryString: '',
    headers: { 'x-twilio-signature': signature },
    requestContext: { http: { method: 'POST' } },
    body: Buffer.from(new URLSearchParams(form).toString()).toString('base64'),
    isBase64Encoded: true,
    ...change,
  } as unknown as APIGatewayProxyEventV2;
}

const sqsEvent = (bodies: readonly unknown[]) =>
  ({
    Records: bodies.map((body, index) => ({
      messageId: `m${index}`,
      body: JSON.stringify(body),
      attributes: { ApproximateReceiveCount: '1' },
    })),
  }) as unknown as SQSEvent;

const textsIn = (table: { everything(): readonly Record<string, unknown>[] }) =>
  table.everything().filter((item) => item.row === 'inbound');

describe('a patient’s text at the main entrance', () => {
  it('is stored and queued before Twilio hears a word, and answered with nothing to say', async () => {
    const system = await world();
    const answer = await createInbound(system)(formPost('/twilio/inbound', fields));
    expect(answer).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/xml' } });
    expect(answer.body).toContain('<Response/>');
    expect(textsIn(system.table)).toMatchObject([
      { body: fields.Body, source: 'webhook', status: 'received' },
    ]);
    expect(system.queues.waiting().map((message) => message.queue)).toEqual(['inbound-received']);
  });

  it('is refused with 403 and leaves nothing behind when somebody else sent it', async () => {
    const system = await world();
    const forged = formPost('/twilio/inbound', fields, { headers: { 'x-twilio-signature': 'AAAA' } });
    expect(await createInbound(system)(forged)).toMatchObject({ statusCode: 403 });
    expect(textsIn(system.table)).toEqual([]);
    expect(system.metrics.total('signatures_refused')).toBe(1);
  });

  it('fails loudly when a signed form lacks a field, so that Twilio tries the fallback', async () => {
    const { MessageSid: _sid, ...incomplete } = fields;
    const handler = createInbound(await world());
    await expect(handler(formPost('/twilio/inbound', incomplete))).rejects.toThrow('lacks a field');
  });
});

describe('a patient’s text at the fallback', () => {
  const path = '/twilio/inbound-fallback';

  it('is caught, taken in by the replay and stored once, however often it came', async () => {
    const system = await world();
    const fallback = createFallback(system);
    const replay = createReplay(system);
    await fallback(formPost(path, fields));
    await fallback(formPost(path, fields));
    const caught = system.queues.receive('inbound-fallback', 10).map((message) => message.body);
    expect(caught).toHaveLength(2);
    expect(await replay(sqsEvent(caught))).toEqual({ batchItemFailures: [] });
    expect(textsIn(system.table)).toMatchObject([{ body: fields.Body, source: 'fallback' }]);
  });

  it('is dropped by the replay when its signature does not fit', async () => {
    const system = await world();
    await createFallback(system)(formPost(path, fields, { headers: { 'x-twilio-signature': 'AAAA' } }));
    const caught = system.queues.receive('inbound-fallback', 10).map((message) => message.body);
    expect(await createReplay(system)(sqsEvent(caught))).toEqual({ batchItemFailures: [] });
    expect(textsIn(system.table)).toEqual([]);
  });

  it.each([
    ['another method', { requestContext: { http: { method: 'GET' } } }],
    ['no signature', { headers: {} }],
    ['a body that no text has', { body: 'x'.repeat(16 * 1024 + 1), isBase64Encoded: false }],
  ])('is not caught with %s', async (_what, change) => {
    const system = await world();
    expect(await createFallback(system)(formPost(path, fields, change))).toMatchObject({ statusCode: 403 });
    expect(system.queues.waiting()).toEqual([]);
  });
});
