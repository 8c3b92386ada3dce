import * as z from 'zod';
import type { QueueEngine } from './queue-engine.ts';
import { missingParameter, noSuchQueue } from './sqs-error.ts';

/** What an operation needs to know beside its input. */
export type CallContext = { readonly engine: QueueEngine; readonly baseUrl: string; readonly region: string };
export type Operation = (input: unknown, context: CallContext) => object;

export const ofQueue = z.object({ QueueUrl: z.string() });

/** Checks the shape of a request; the first missing or mistyped member is named. */
export function read<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join('.') ?? '';
  throw missingParameter(path);
}

/** The queue a request names, by its URL's last segment. */
export function queueOf(input: unknown, engine: QueueEngine): string {
  const name = read(ofQueue, input).QueueUrl.split('/').at(-1) ?? '';
  if (engine.attributes(name) === undefined) throw noSuchQueue();
  return name;
}
