import type { APIGatewayProxyEventV2, Context, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createMemoryLog } from '../memory/log.ts';
import { httpRequestOf } from './http-event.ts';
import { observed, observedHttp } from './observe.ts';
import { handleRecords } from './sqs-records.ts';
import { handleInserts } from './stream-records.ts';

const context = { awsRequestId: 'r1' } as Context;
const httpEvent = (change: object) =>
  ({
    rawPath: '/twilio/inbound',
    rawQueryString: 'ref=S~a%2Eb',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    requestContext: { http: { method: 'POST' } },
    isBase64Encoded: false,
    ...change,
  }) as unknown as APIGatewayProxyEventV2;
const sqsEvent = (...bodies: string[]) =>
  ({
    Records: bodies.map((body, index) => ({
      messageId: `m${index}`,
      body,
      attributes: { ApproximateReceiveCount: '2' },
    })),
  }) as unknown as SQSEvent;

function observers() {
  const log = createMemoryLog();
  const published: string[] = [];
  return {
    log: { ...log, withRequest: (given: Context) => log.info('request', { id: given.awsRequestId }) },
    metrics: { publish: () => void published.push('once') },
    lines: log.lines,
    published,
  };
}

describe('an HTTP API event', () => {
  it('gives the very bytes of a form that the gateway encoded in base64', () => {
    const form = 'Body=a+b%26c&From=%2B13055550123';
    const request = httpRequestOf(
      httpEvent({ body: Buffer.from(form).toString('base64'), isBase64Encoded: true }),
    );
    expect(Buffer.from(request.body).toString()).toBe(form);
    expect(request).toMatchObject({
      method: 'POST',
      path: '/twilio/inbound',
      query: 'ref=S~a%2Eb',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  });

  it('has an empty body when there is none', () => {
    expect(httpRequestOf(httpEvent({})).body).toHaveLength(0);
  });
});

describe('a batch from a queue', () => {
  const schema = z.object({ day: z.number() });

  it('lets a bad record fail alone', async () => {
    const log = createMemoryLog();
    const days: number[] = [];
    const event = sqsEvent('{"day":1}', 'not json', '{"day":"x"}', '{"day":4}', '{"day":5}');
    const response = await handleRecords(event, schema, log, async ({ day }) => {
      if (day === 4) throw new Error('the table is throttled');
      days.push(day);
    });
    expect(response.batchItemFailures.map((failure) => failure.itemIdentifier)).toEqual(['m1', 'm2', 'm3']);
    expect(days).toEqual([1, 5]);
    expect(log.lines.map((line) => line.fields.errorMessage)).toEqual([
      'the body is not JSON',
      'the body does not fit its schema, see: day',
      'the table is throttled',
    ]);
  });

  it('never quotes a record in the log', async () => {
    const log = createMemoryLog();
    await handleRecords(sqsEvent('Zqx fever'), schema, log, async () => undefined);
    await handleRecords(sqsEvent('{"day":1}'), schema, log, async () => JSON.parse('Zqx fever'));
    expect(log.lines).toHaveLength(2);
    expect(JSON.stringify(log.lines)).not.toContain('Zqx');
  });
});

describe('a batch from the table stream', () => {
  it('stops at the first failure, so that no event overtakes another', async () => {
    const record = (n: number, eventName: string) => ({
      eventName,
      dynamodb: { SequenceNumber: `s${n}`, NewImage: { n: { N: String(n) } } },
    });
    const event = {
      Records: [record(1, 'INSERT'), record(2, 'MODIFY'), record(3, 'INSERT'), record(4, 'INSERT')],
    };
    const seen: unknown[] = [];
    const response = await handleInserts(event as DynamoDBStreamEvent, createMemoryLog(), async (image) => {
      if (image.n?.N === '3') throw new Error('the queue is down');
      seen.push(image.n?.N);
    });
    expect(seen).toEqual(['1']);
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 's3' }] });
  });
});

describe('the frame around a handler', () => {
  it('throws on without the message, which may quote a patient, and still publishes metrics', async () => {
    const tools = observers();
    const handler = observed(tools, async () => JSON.parse('Zqx fever'));
    await expect(handler({}, context)).rejects.toThrow(/^(?!.*Zqx).*unhandled_error/);
    expect(tools.published).toEqual(['once']);
    expect(tools.lines.map((line) => line.event)).toEqual(['request', 'unhandled_error']);
    expect(tools.lines[1]?.fields).toMatchObject({ errorName: 'SyntaxError' });
    expect(JSON.stringify(tools.lines)).not.toContain('Zqx');
  });

  it('answers an HTTP caller with a 500 in the form of the contract', async () => {
    const handler = observedHttp(observers(), async () => Promise.reject(new Error('boom')));
    const result = await handler({}, context);
    expect(result).toMatchObject({
      statusCode: 500,
      headers: { 'content-type': 'application/problem+json' },
    });
    expect(result.body).not.toContain('boom');
  });
});
