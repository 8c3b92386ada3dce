import * as z from 'zod';
import { accountId } from '../http/signature-scope.ts';
import { type CallContext, queueOf, read } from './operation.ts';
import { defaultQueueAttributes } from './queue-attributes.ts';
import { batchError, invalidParameter, noSuchQueue } from './sqs-error.ts';

const queueNamePattern = /^[A-Za-z0-9_-]{1,80}(\.fifo)?$/;
const attributesInput = z.record(z.string(), z.string()).optional();

export function createQueue(input: unknown, { engine, baseUrl }: CallContext): object {
  const { QueueName, Attributes } = read(
    z.object({ QueueName: z.string(), Attributes: attributesInput }),
    input,
  );
  if (!queueNamePattern.test(QueueName)) {
    throw invalidParameter(
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  }
  const existing = engine.attributes(QueueName);
  const differs = Object.entries(Attributes ?? {}).some(([name, value]) => existing?.[name] !== value);
  if (existing !== undefined && differs) {
    throw batchError(
      'QueueNameExists',
      'A queue already exists with the same name and a different value for attributes.',
    );
  }
  if (existing === undefined) engine.create(QueueName, Attributes ?? {});
  return { QueueUrl: urlOf(baseUrl, QueueName) };
}

export function deleteQueue(input: unknown, { engine }: CallContext): object {
  engine.remove(queueOf(input, engine));
  return {};
}

export function purgeQueue(input: unknown, { engine }: CallContext): object {
  engine.purge(queueOf(input, engine));
  return {};
}

export function getQueueUrl(input: unknown, { engine, baseUrl }: CallContext): object {
  const { QueueName } = read(z.object({ QueueName: z.string() }), input);
  if (engine.attributes(QueueName) === undefined) throw noSuchQueue();
  return { QueueUrl: urlOf(baseUrl, QueueName) };
}

export function listQueues(input: unknown, { engine, baseUrl }: CallContext): object {
  const { QueueNamePrefix } = read(z.object({ QueueNamePrefix: z.string().optional() }), input);
  const names = engine.names().filter((name) => name.startsWith(QueueNamePrefix ?? ''));
  return { QueueUrls: names.map((name) => urlOf(baseUrl, name)) };
}

export function getQueueAttributes(input: unknown, { engine, region }: CallContext): object {
  const queue = queueOf(input, engine);
  const { AttributeNames = [] } = read(z.object({ AttributeNames: z.array(z.string()).optional() }), input);
  const counts = engine.counts(queue);
  const all: Record<string, string> = {
    ...engine.attributes(queue),
    QueueArn: `arn:aws:sqs:${region}:${accountId}:${queue}`,
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
  };
  const known = (name: string): boolean =>
    name in all || name in defaultQueueAttributes || name === 'RedrivePolicy';
  if (AttributeNames.includes('All')) return { Attributes: all };
  const unknown = AttributeNames.find((name) => !known(name));
  if (unknown !== undefined) {
    throw batchError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  }
  return {
    Attributes: Object.fromEntries(Object.entries(all).filter(([name]) => AttributeNames.includes(name))),
  };
}

export function setQueueAttributes(input: unknown, { engine }: CallContext): object {
  const { Attributes } = read(z.object({ Attributes: z.record(z.string(), z.string()) }), input);
  engine.setAttributes(queueOf(input, engine), Attributes);
  return {};
}

function urlOf(baseUrl: string, queue: string): string {
  return `${baseUrl}/${accountId}/${queue}`;
}
