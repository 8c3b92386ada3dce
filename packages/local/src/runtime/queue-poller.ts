import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { DueWork } from '../clock/timekeeper.ts';
import { accountId } from '../http/signature-scope.ts';
import type { QueueEngine, ReceivedMessage } from '../sqs-emulator/queue-engine.ts';
import { systemAttributes } from '../sqs-emulator/sqs-operations.ts';

/** A queue and the function that reads it, as an event source mapping. */
export type QueueMapping = {
  readonly queue: string;
  readonly handler: (event: SQSEvent) => Promise<SQSBatchResponse | undefined>;
};

/** What one invocation gets, and how many run side by side. */
const batchSize = 10;
const invocationsMax = 5;

/**
 * Reads queues as Lambda does: a batch whose handler answers is deleted except for the failures it names; one
 * whose handler throws comes back as a whole after the visibility time-out.
 *
 * @param onError hears of handlers that threw
 */
export function createQueuePoller(options: {
  readonly engine: QueueEngine;
  readonly region: string;
  readonly mappings: readonly QueueMapping[];
  readonly onError: (queue: string, error: unknown) => void;
}): DueWork {
  const { engine, mappings } = options;
  const invoke = async (mapping: QueueMapping, messages: readonly ReceivedMessage[]): Promise<void> => {
    try {
      const Records = messages.map((message) => sqsRecord(message, mapping.queue, options.region));
      const response = await mapping.handler({ Records });
      const failed = new Set(response?.batchItemFailures.map((failure) => failure.itemIdentifier));
      for (const message of messages) {
        if (!failed.has(message.messageId)) engine.delete(mapping.queue, message.receiptHandle);
      }
    } catch (error) {
      options.onError(mapping.queue, error);
    }
  };
  const drain = async (mapping: QueueMapping): Promise<number> => {
    const batches: (readonly ReceivedMessage[])[] = [];
    while (batches.length < invocationsMax) {
      const messages = engine.receive(mapping.queue, batchSize);
      if (messages.length === 0) break;
      batches.push(messages);
    }
    await Promise.all(batches.map((messages) => invoke(mapping, messages)));
    return batches.length;
  };
  return {
    name: 'queues',
    nextDueMs: () => engine.nextVisibleMs(mappings.map((mapping) => mapping.queue)),
    runDue: async () => {
      const done = await Promise.all(mappings.map(drain));
      return done.reduce((sum, count) => sum + count, 0);
    },
  };
}

function sqsRecord(message: ReceivedMessage, queue: string, region: string): SQSRecord {
  const system = systemAttributes(message);
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAtMs),
      SenderId: system.SenderId ?? accountId,
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs),
    },
    messageAttributes: {},
    md5OfBody: message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${region}:${accountId}:${queue}`,
    awsRegion: region,
  };
}
