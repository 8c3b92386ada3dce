import { createMemoryClock } from '@aftercare/adapters/memory/clock';
import { createMemoryQueues } from '@aftercare/adapters/memory/queues';
import { createQueues } from '@aftercare/adapters/sqs/queues';
import { type LoopbackServer, startLoopbackServer } from '@aftercare/local/http/loopback-server';
import { createQueueEngine } from '@aftercare/local/sqs-emulator/queue-engine';
import { answerSqs } from '@aftercare/local/sqs-emulator/sqs-emulator';
import { type EmulatorStore, openEmulatorStore } from '@aftercare/local/store/emulator-store';
import type { Instant } from '@aftercare/time/instant';
import type { Queues } from '@aftercare/usecases/ports';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const start: Instant = '2026-11-21T16:00:00.000Z';

type Harness = {
  readonly queues: Queues;
  /** Bodies of the messages that are visible now in `webhooks-due`; each comes once. */
  readonly receive: () => Promise<readonly unknown[]>;
  readonly advanceSeconds: (seconds: number) => void;
};

/** What every adapter of the Queues port must do. */
function queuesContract(createHarness: () => Harness): void {
  it('delivers a body as it was handed in', async () => {
    const { queues, receive } = createHarness();
    const body = { clinicId: 'c1', eventId: '01J', attempt: 1, text: 'día' };
    await queues.enqueue('webhooks-due', body);
    expect(await receive()).toEqual([body]);
  });

  it('takes many at once, more than fit into one request, and none', async () => {
    const { queues, receive } = createHarness();
    const bodies = Array.from({ length: 13 }, (_, attempt) => ({ attempt }));
    await queues.enqueueAll('webhooks-due', []);
    await queues.enqueueAll('webhooks-due', bodies);
    const received = [...(await receive()), ...(await receive())];
    expect(received).toHaveLength(13);
    expect(received).toEqual(expect.arrayContaining(bodies));
  });

  it('holds a message back for its delay', async () => {
    const { queues, receive, advanceSeconds } = createHarness();
    await queues.enqueue('webhooks-due', { attempt: 2 }, 300);
    expect(await receive()).toEqual([]);
    advanceSeconds(300);
    expect(await receive()).toEqual([{ attempt: 2 }]);
  });

  it('refuses a delay of more than 15 minutes', async () => {
    await expect(createHarness().queues.enqueue('webhooks-due', {}, 901)).rejects.toThrow('900');
  });
}

describe('the memory queues', () => {
  queuesContract(() => {
    const clock = createMemoryClock(start);
    const queues = createMemoryQueues({ clock });
    return {
      queues,
      receive: async () => queues.receive('webhooks-due', 10).map((message) => message.body),
      advanceSeconds: clock.advanceSeconds,
    };
  });
});

describe('SQS, on the emulator', () => {
  let nowMs = Date.parse(start);
  let store: EmulatorStore;
  let server: LoopbackServer;
  let client: SQSClient;
  let queueUrl = '';

  beforeAll(async () => {
    const opened = openEmulatorStore(':memory:');
    if (!opened.ok) throw new Error(opened.message);
    store = opened.store;
    const engine = createQueueEngine(store, () => nowMs);
    const started = await startLoopbackServer({ port: 0, answer: answerSqs(engine, () => server.url) });
    if (!started.ok) throw new Error(started.message);
    server = started.server;
    client = new SQSClient({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    const created = await client.send(
      new CreateQueueCommand({ QueueName: 'webhooks-due', Attributes: { VisibilityTimeout: '43200' } }),
    );
    queueUrl = created.QueueUrl ?? '';
  });
  afterAll(async () => {
    client?.destroy();
    await server?.close();
    store?.close();
  });

  queuesContract(() => ({
    queues: createQueues({ client, queueUrls: { 'webhooks-due': queueUrl } }),
    receive: async () => {
      const command = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 });
      const { Messages = [] } = await client.send(command);
      return Messages.map((message) => JSON.parse(message.Body ?? ''));
    },
    advanceSeconds: (seconds) => {
      nowMs += seconds * 1000;
    },
  }));

  it('throws for a queue that this function was not given, which is a bug', async () => {
    const queues = createQueues({ client, queueUrls: {} });
    await expect(queues.enqueue('alerts-due', {})).rejects.toThrow('alerts-due');
  });

  it('throws when one message of many was refused, so that the stream brings all of them again', async () => {
    const Failed = [{ Id: '1', SenderFault: false, Code: 'InternalError' }];
    const failing = { send: async () => ({ Failed }) } as unknown as SQSClient;
    const queues = createQueues({ client: failing, queueUrls: { 'webhooks-due': queueUrl } });
    await expect(queues.enqueueAll('webhooks-due', [{}, {}])).rejects.toThrow('1 messages were not accepted');
  });
});
