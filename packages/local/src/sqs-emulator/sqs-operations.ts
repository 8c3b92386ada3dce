import * as z from 'zod';
import { accountId } from '../http/signature-scope.ts';
import { messageAttributesSchema } from './message-attributes.ts';
import { type CallContext, type Operation, ofQueue, queueOf, read } from './operation.ts';
import type { QueueEngine, ReceivedMessage } from './queue-engine.ts';
import {
  createQueue,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listQueues,
  purgeQueue,
  setQueueAttributes,
} from './queue-operations.ts';
import {
  batchError,
  invalidParameter,
  invalidReceipt,
  missingParameter,
  type SqsError,
} from './sqs-error.ts';

const bodyLimitBytes = 1_048_576;
const delaySecondsMax = 900;
const batchMax = 10;

const sendFields = {
  MessageBody: z.string(),
  DelaySeconds: z.number().optional(),
  MessageAttributes: messageAttributesSchema.optional(),
};
const sendInput = ofQueue.extend(sendFields);
const sendBatchInput = ofQueue.extend({ Entries: z.array(z.object({ Id: z.string(), ...sendFields })) });
const receiptInput = ofQueue.extend({ ReceiptHandle: z.string() });
const receiptBatchInput = ofQueue.extend({
  Entries: z.array(
    z.object({ Id: z.string(), ReceiptHandle: z.string(), VisibilityTimeout: z.number().optional() }),
  ),
});
const visibilityInput = receiptInput.extend({ VisibilityTimeout: z.number() });
export const receiveInput = ofQueue.extend({
  MaxNumberOfMessages: z.number().optional(),
  VisibilityTimeout: z.number().optional(),
  WaitTimeSeconds: z.number().optional(),
  AttributeNames: z.array(z.string()).optional(),
  MessageSystemAttributeNames: z.array(z.string()).optional(),
  MessageAttributeNames: z.array(z.string()).optional(),
});

/** Every operation of the JSON protocol that is emulated, by the name behind `AmazonSQS.`. */
export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['CreateQueue', createQueue],
  ['DeleteQueue', deleteQueue],
  ['PurgeQueue', purgeQueue],
  ['GetQueueUrl', getQueueUrl],
  ['ListQueues', listQueues],
  ['GetQueueAttributes', getQueueAttributes],
  ['SetQueueAttributes', setQueueAttributes],
  ['SendMessage', sendMessage],
  ['SendMessageBatch', sendMessageBatch],
  ['ReceiveMessage', receiveMessage],
  ['DeleteMessage', deleteMessage],
  ['DeleteMessageBatch', (input, context) => receiptBatch(input, context, deleteMessage)],
  ['ChangeMessageVisibility', changeVisibility],
  ['ChangeMessageVisibilityBatch', (input, context) => receiptBatch(input, context, changeVisibility)],
]);

type SendFields = { MessageBody: string; DelaySeconds?: number | undefined };

function sendProblem(entry: SendFields): SqsError | undefined {
  const bytes = Buffer.byteLength(entry.MessageBody);
  if (bytes === 0) return missingParameter('MessageBody');
  if (bytes > bodyLimitBytes) {
    return invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${bodyLimitBytes} bytes.`,
    );
  }
  const { DelaySeconds: delay } = entry;
  if (delay !== undefined && !(Number.isInteger(delay) && delay >= 0 && delay <= delaySecondsMax)) {
    return invalidParameter(
      `Value ${delay} for parameter DelaySeconds is invalid. ` +
        `Reason: DelaySeconds must be >= 0 and <= ${delaySecondsMax}.`,
    );
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters SQS refuses.
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(entry.MessageBody)) {
    return batchError('InvalidMessageContents', 'Invalid binary character was found in the message body.');
  }
  return undefined;
}

function send(
  queue: string,
  entry: z.infer<typeof sendInput> | z.infer<typeof sendBatchInput>['Entries'][number],
  engine: QueueEngine,
): object {
  const sent = engine.send(queue, {
    body: entry.MessageBody,
    delaySeconds: entry.DelaySeconds,
    attributes: entry.MessageAttributes,
  });
  return {
    MessageId: sent.messageId,
    MD5OfMessageBody: sent.md5OfBody,
    ...(sent.md5OfAttributes === undefined ? {} : { MD5OfMessageAttributes: sent.md5OfAttributes }),
  };
}

function sendMessage(input: unknown, { engine }: CallContext): object {
  const queue = queueOf(input, engine);
  const request = read(sendInput, input);
  const problem = sendProblem(request);
  if (problem !== undefined) throw problem;
  return send(queue, request, engine);
}

function sendMessageBatch(input: unknown, { engine }: CallContext): object {
  const queue = queueOf(input, engine);
  const { Entries } = read(sendBatchInput, input);
  checkBatch(Entries);
  const total = Entries.reduce((sum, entry) => sum + Buffer.byteLength(entry.MessageBody), 0);
  if (total > bodyLimitBytes) {
    throw batchError('BatchRequestTooLong', `Batch requests cannot be longer than ${bodyLimitBytes} bytes.`);
  }
  return eachEntry(Entries, (entry) => {
    const problem = sendProblem(entry);
    if (problem !== undefined) throw problem;
    return send(queue, entry, engine);
  });
}

function receiveMessage(input: unknown, { engine }: CallContext): object {
  const queue = queueOf(input, engine);
  const request = read(receiveInput, input);
  const limit = request.MaxNumberOfMessages ?? 1;
  inRange('MaxNumberOfMessages', limit, 1, 10);
  inRange('WaitTimeSeconds', request.WaitTimeSeconds ?? 0, 0, 20);
  inRange('VisibilityTimeout', request.VisibilityTimeout ?? 0, 0, 43_200);
  const messages = engine.receive(queue, limit, request.VisibilityTimeout);
  if (messages.length === 0) return {};
  const system = [...(request.AttributeNames ?? []), ...(request.MessageSystemAttributeNames ?? [])];
  return {
    Messages: messages.map((message) => messageAnswer(message, system, request.MessageAttributeNames ?? [])),
  };
}

function messageAnswer(
  message: ReceivedMessage,
  system: readonly string[],
  wanted: readonly string[],
): object {
  const attributes = Object.entries(systemAttributes(message)).filter(
    ([name]) => system.includes('All') || system.includes(name),
  );
  const own = Object.entries(message.messageAttributes).filter(
    ([name]) => wanted.includes('All') || wanted.includes('.*') || wanted.includes(name),
  );
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: message.md5OfBody,
    Body: message.body,
    ...(attributes.length === 0 ? {} : { Attributes: Object.fromEntries(attributes) }),
    ...(own.length === 0 ? {} : { MessageAttributes: Object.fromEntries(own) }),
  };
}

/** The system attributes of a received message, as SQS and a Lambda event spell them. */
export function systemAttributes(message: ReceivedMessage): Record<string, string> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAtMs),
    SenderId: accountId,
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs),
  };
}

function deleteMessage(input: unknown, { engine }: CallContext): object {
  const queue = queueOf(input, engine);
  const { ReceiptHandle } = read(receiptInput, input);
  if (!ReceiptHandle.includes(':')) throw invalidReceipt(ReceiptHandle);
  engine.delete(queue, ReceiptHandle);
  return {};
}

function changeVisibility(input: unknown, { engine }: CallContext): object {
  const queue = queueOf(input, engine);
  const request = read(visibilityInput, input);
  inRange('VisibilityTimeout', request.VisibilityTimeout, 0, 43_200);
  if (!engine.changeVisibility(queue, request.ReceiptHandle, request.VisibilityTimeout)) {
    throw invalidReceipt(request.ReceiptHandle);
  }
  return {};
}

function receiptBatch(input: unknown, context: CallContext, each: Operation): object {
  queueOf(input, context.engine);
  const { QueueUrl, Entries } = read(receiptBatchInput, input);
  checkBatch(Entries);
  return eachEntry(Entries, (entry) => each({ QueueUrl, ...entry }, context));
}

function checkBatch(entries: readonly { Id: string }[]): void {
  if (entries.length === 0)
    throw batchError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > batchMax) {
    throw batchError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${batchMax}. You have sent ${entries.length}.`,
    );
  }
  const ids = new Set(entries.map((entry) => entry.Id));
  if (ids.size !== entries.length)
    throw batchError('BatchEntryIdsNotDistinct', 'Two or more batch entries have the same Id.');
}

function eachEntry<E extends { Id: string }>(entries: readonly E[], work: (entry: E) => object): object {
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...work(entry) });
    } catch (error) {
      if (!(error instanceof Error) || !('queryCode' in error)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.queryCode, Message: error.message });
    }
  }
  return { ...(Successful.length > 0 ? { Successful } : {}), ...(Failed.length > 0 ? { Failed } : {}) };
}

function inRange(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw invalidParameter(
    `Value ${value} for parameter ${name} is invalid. Reason: Must be >= ${low} and <= ${high}, if provided.`,
  );
}
