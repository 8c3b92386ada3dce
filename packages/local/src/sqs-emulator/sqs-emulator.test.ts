import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoopbackServer, startLoopbackServer } from '../http/loopback-server.ts';
import { type EmulatorStore, openEmulatorStore } from '../store/emulator-store.ts';
import { createQueueEngine, type QueueEngine } from './queue-engine.ts';
import { answerSqs } from './sqs-emulator.ts';

let nowMs: number;
let store: EmulatorStore;
let engine: QueueEngine;
let server: LoopbackServer;
let client: SQSClient;
let QueueUrl: string | undefined;

beforeEach(async () => {
  nowMs = Date.parse('2026-11-21T16:00:00Z');
  const opened = openEmulatorStore(':memory:');
  if (!opened.ok) throw new Error(opened.message);
  store = opened.store;
  engine = createQueueEngine(store, () => nowMs);
  const answer = answerSqs(engine, () => server.url);
  const started = await startLoopbackServer({ port: 0, answer });
  if (!started.ok) throw new Error(started.message);
  server = started.server;
  client = new SQSClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  await client.send(new CreateQueueCommand({ QueueName: 'work-dlq' }));
  const created = await client.send(
    new CreateQueueCommand({
      QueueName: 'work',
      Attributes: {
        VisibilityTimeout: '90',
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:work-dlq',
          maxReceiveCount: 2,
        }),
      },
    }),
  );
  QueueUrl = created.QueueUrl;
});

afterEach(async () => {
  client.destroy();
  await server.close();
  store.close();
});

const send = (MessageBody: string, DelaySeconds?: number) =>
  client.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody,
      ...(DelaySeconds === undefined ? {} : { DelaySeconds }),
    }),
  );
const receive = async (MaxNumberOfMessages = 10) => {
  const answer = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return answer.Messages ?? [];
};

describe('SQS emulator, driven by the AWS SDK', () => {
  it('hands a message out once until its visibility time-out is over', async () => {
    await send('one');
    expect((await receive()).map((message) => message.Body)).toEqual(['one']);
    expect(await receive()).toEqual([]);
    nowMs += 90_000;
    const again = await receive();
    expect(again[0]?.Attributes?.ApproximateReceiveCount).toBe('2');
  });

  it('keeps a delayed message back until its delay is over', async () => {
    await send('later', 900);
    nowMs += 899_999;
    expect(await receive()).toEqual([]);
    nowMs += 1;
    expect(await receive()).toHaveLength(1);
  });

  it('moves a message that failed often enough to the dead-letter queue', async () => {
    await send('poison');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await receive()).toHaveLength(1);
      nowMs += 90_000;
    }
    expect(await receive()).toEqual([]);
    expect(engine.counts('work-dlq').visible).toBe(1);
  });

  it('deletes what was handled, also by an older receipt', async () => {
    await send('done');
    const [first] = await receive();
    nowMs += 90_000;
    await receive();
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
    nowMs += 90_000;
    expect(await receive()).toEqual([]);
  });

  it('returns a message at once when its visibility is set to zero', async () => {
    await send('again');
    const [message] = await receive();
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    expect(await receive()).toHaveLength(1);
  });

  it('carries message attributes and the digests the SDK checks', async () => {
    const sent = await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: 'ñandú',
        MessageAttributes: { trace: { DataType: 'String', StringValue: 'abc' } },
      }),
    );
    expect(sent.MD5OfMessageAttributes).toMatch(/^[0-9a-f]{32}$/);
    const [message] = await receive();
    expect(message?.MessageAttributes?.trace?.StringValue).toBe('abc');
    expect(message?.MD5OfBody).toBe(sent.MD5OfMessageBody);
  });

  it('lets one bad entry of a batch fail alone', async () => {
    const answer = await client.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'good', MessageBody: 'x' },
          { Id: 'bad', MessageBody: 'y', DelaySeconds: 901 },
        ],
      }),
    );
    expect(answer.Successful?.map((entry) => entry.Id)).toEqual(['good']);
    expect(answer.Failed?.map((entry) => entry.Id)).toEqual(['bad']);
    const [message] = await receive();
    const deleted = await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [{ Id: '1', ReceiptHandle: message?.ReceiptHandle }],
      }),
    );
    expect(deleted.Successful).toHaveLength(1);
  });

  it('refuses a batch as a whole when it is empty, too long or has equal ids', async () => {
    const batch = (ids: string[]) =>
      client.send(
        new SendMessageBatchCommand({ QueueUrl, Entries: ids.map((Id) => ({ Id, MessageBody: 'x' })) }),
      );
    await expect(batch([])).rejects.toThrow(/at least one/);
    await expect(batch(['a', 'a'])).rejects.toThrow(/same Id/);
    await expect(batch(Array.from({ length: 11 }, (_, i) => `e${i}`))).rejects.toThrow(
      /Maximum number of entries/,
    );
  });

  it('answers a long poll as soon as a message comes', async () => {
    const waiting = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
    await send('arrives');
    expect((await waiting).Messages?.[0]?.Body).toBe('arrives');
  });

  it('tells URL, ARN, settings and counts of a queue, and names an unknown queue', async () => {
    await send('waiting');
    await send('delayed', 60);
    expect((await client.send(new GetQueueUrlCommand({ QueueName: 'work' }))).QueueUrl).toBe(QueueUrl);
    expect((await client.send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(2);
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      QueueArn: 'arn:aws:sqs:us-east-1:123456789012:work',
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesDelayed: '1',
      VisibilityTimeout: '90',
    });
    await expect(client.send(new GetQueueUrlCommand({ QueueName: 'nope' }))).rejects.toThrow(
      QueueDoesNotExist,
    );
  });

  it('refuses what SQS refuses: too large, too long a delay, an unsigned request', async () => {
    await expect(send('x'.repeat(1_048_577))).rejects.toThrow(/shorter than 1048576/);
    await expect(send('x', 901)).rejects.toThrow(/DelaySeconds/);
    expect((await fetch(server.url, { method: 'POST', body: '{}' })).status).toBe(403);
  });

  it('drops what was never handled after the retention period', async () => {
    await send('forgotten');
    nowMs += 345_600_001;
    expect(await receive()).toEqual([]);
  });

  it('knows when the next message can be received', async () => {
    await send('later', 30);
    expect(engine.nextVisibleMs(['work', 'work-dlq'])).toBe(nowMs + 30_000);
  });
});
