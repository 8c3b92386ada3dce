import { type Instant, instantFromEpochMs } from '@aftercare/time/instant';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** One message that was given up. `body` may hold a whole form (inbound-fallback): never print it. */
export type DeadLetter = {
  readonly messageId: string;
  readonly body: string;
  readonly sentAt: Instant | undefined;
  readonly receiptHandle: string;
};

/** What an operator does with dead letters; each method is one SDK call. */
export type DeadLetterQueues = {
  /** `undefined`: there is no queue of that name. */
  urlOf(queueName: string): Promise<string | undefined>;
  /** How many wait, roughly, and the name of the queue's own dead-letter queue. */
  look(queueUrl: string): Promise<{ readonly waiting: number; readonly deadLetterName: string | undefined }>;
  /** At most ten, hidden from others until they are put back, removed or two minutes have gone by. */
  take(queueUrl: string): Promise<readonly DeadLetter[]>;
  putBack(queueUrl: string, letter: DeadLetter): Promise<void>;
  send(queueUrl: string, body: string): Promise<void>;
  remove(queueUrl: string, letter: DeadLetter): Promise<void>;
};

const hiddenSeconds = 120;

export function createDeadLetterQueues(client: SQSClient): DeadLetterQueues {
  return {
    async urlOf(queueName) {
      try {
        return (await client.send(new GetQueueUrlCommand({ QueueName: queueName }))).QueueUrl;
      } catch (error) {
        if (error instanceof Error && /NonExistentQueue|QueueDoesNotExist/.test(error.name)) return undefined;
        throw error;
      }
    },
    async look(queueUrl) {
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: queueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'RedrivePolicy'],
        }),
      );
      const waiting = Number(Attributes.ApproximateNumberOfMessages ?? 0);
      return { waiting, deadLetterName: deadLetterNameOf(Attributes.RedrivePolicy) };
    },
    async take(queueUrl) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: hiddenSeconds,
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      return Messages.map(({ MessageId = '', Body = '', ReceiptHandle = '', Attributes }) => ({
        messageId: MessageId,
        body: Body,
        sentAt:
          Attributes?.SentTimestamp === undefined
            ? undefined
            : instantFromEpochMs(Number(Attributes.SentTimestamp)),
        receiptHandle: ReceiptHandle,
      }));
    },
    async putBack(queueUrl, { receiptHandle }) {
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: 0,
        }),
      );
    },
    async send(queueUrl, body) {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
    },
    async remove(queueUrl, { receiptHandle }) {
      await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
    },
  };
}

/** `{"deadLetterTargetArn":"arn:…:name",…}` as SQS returns it. */
function deadLetterNameOf(policy: string | undefined): string | undefined {
  return /"deadLetterTargetArn"\s*:\s*"[^"]*:([^":]+)"/.exec(policy ?? '')?.[1];
}
