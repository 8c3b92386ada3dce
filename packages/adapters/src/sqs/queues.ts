import type { QueueName, Queues } from '@aftercare/usecases/ports';
import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

export type SqsOptions = {
  readonly client: SQSClient;
  /** Only the queues that this function may write to. */
  readonly queueUrls: { readonly [queue in QueueName]?: string };
};

/** Standard SQS queues: at least once, in no particular order. Throws when the message was not accepted. */
export function createQueues(options: SqsOptions): Queues {
  const urlOf = (queue: QueueName): string => {
    const queueUrl = options.queueUrls[queue];
    if (queueUrl === undefined) throw new Error(`this function may not write to the queue ${queue}`);
    return queueUrl;
  };
  return {
    async enqueue(queue, body, delaySeconds = 0) {
      const queueUrl = urlOf(queue);
      if (!(delaySeconds >= 0 && delaySeconds <= 900)) throw new Error('a queue delays 0 to 900 seconds');
      await options.client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(body),
          ...(delaySeconds === 0 ? {} : { DelaySeconds: Math.ceil(delaySeconds) }),
        }),
      );
    },
    async enqueueAll(queue, bodies) {
      const queueUrl = urlOf(queue);
      for (let first = 0; first < bodies.length; first += batchSize) {
        const batch = bodies.slice(first, first + batchSize);
        const { Failed: refused = [] } = await options.client.send(
          new SendMessageBatchCommand({
            QueueUrl: queueUrl,
            Entries: batch.map((body, at) => ({ Id: String(at), MessageBody: JSON.stringify(body) })),
          }),
        );
        if (refused.length > 0) throw new Error(`${refused.length} messages were not accepted by ${queue}`);
      }
    },
  };
}

/** What SQS takes at once, for the price of one request (SendMessageBatch). */
const batchSize = 10;
