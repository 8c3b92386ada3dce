import type { SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createQueueEngine, type QueueEngine } from '../sqs-emulator/queue-engine.ts';
import { type EmulatorStore, openEmulatorStore } from '../store/emulator-store.ts';
import { createQueuePoller } from './queue-poller.ts';

let nowMs = 0;
let store: EmulatorStore;
let engine: QueueEngine;
beforeEach(() => {
  nowMs = 1_000_000;
  const opened = openEmulatorStore(':memory:');
  if (!opened.ok) throw new Error(opened.message);
  store = opened.store;
  engine = createQueueEngine(store, () => nowMs);
  engine.create('work', { VisibilityTimeout: '90' });
});
afterEach(() => store.close());

const errors: unknown[] = [];
const poller = (
  handler: (event: SQSEvent) => Promise<{ batchItemFailures: { itemIdentifier: string }[] } | undefined>,
) =>
  createQueuePoller({
    engine,
    region: 'us-east-1',
    mappings: [{ queue: 'work', handler }],
    onError: (_, error) => errors.push(error),
  });

describe('the event source of a queue', () => {
  it('hands over batches of ten as Lambda does and deletes what was handled', async () => {
    for (let i = 0; i < 25; i += 1) engine.send('work', { body: `message ${i}` });
    const sizes: number[] = [];
    await poller(async ({ Records }) => {
      sizes.push(Records.length);
      expect(Records[0]).toMatchObject({
        eventSource: 'aws:sqs',
        attributes: { ApproximateReceiveCount: '1' },
      });
      return undefined;
    }).runDue();
    expect(sizes).toEqual([10, 10, 5]);
    expect(engine.counts('work')).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('brings back only the records that a handler names as failed', async () => {
    engine.send('work', { body: 'good' });
    engine.send('work', { body: 'bad' });
    const seen: string[] = [];
    const work = poller(async ({ Records }) => {
      seen.push(...Records.map((record) => record.body));
      const failed = Records.filter((record) => record.body === 'bad');
      return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId })) };
    });
    await work.runDue();
    expect(await work.nextDueMs()).toBe(nowMs + 90_000);
    nowMs += 90_000;
    await work.runDue();
    expect(seen).toEqual(['good', 'bad', 'bad']);
  });

  it('brings back the whole batch of a handler that throws', async () => {
    engine.send('work', { body: 'one' });
    await poller(async () => {
      throw new Error('crashed');
    }).runDue();
    expect(errors).toHaveLength(1);
    expect(engine.counts('work').inFlight).toBe(1);
  });
});
