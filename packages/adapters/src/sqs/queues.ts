import type { QueueName, Queues } from '@aftercare/usecases/ports';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

export type SqsOptions = {
  readonly client: SQSClient;
  /** Only the queues that this function may write to. */
  readonly queueUrls: { readonly [queue in QueueName]?: string };
};

/** Standard SQS queues: at least once, in no particular order. Throws when the message was not accepted. */
export function createQueues(options: SqsOptions): Queues {
  return {
    async enqueue(queue, body, delaySeconds = 0) {
      const queueUrl = options.queueUrls[queue];
      if (queueUrl === undefined) throw new Error(`this function may not write to the queue ${queue}`);
      if (!(delaySeconds >= 0 && delaySeconds <= 900)) throw new Error('a queue delays 0 to 900 seconds');
      await options.client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(body),
          ...(delaySeconds === 0 ? {} : { DelaySeconds: Math.ceil(delaySeconds) }),
        }),
      );
    },
  };
}
