/** Attributes of a queue that change what the emulator does; the rest is kept and returned. */
export type QueueAttributes = Readonly<Record<string, string>>;

export const defaultQueueAttributes: QueueAttributes = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
  SqsManagedSseEnabled: 'true',
};

/**
 * `{"deadLetterTargetArn":"…:name","maxReceiveCount":5}`; the count may be a number or text, as AWS accepts
 * both.
 */
export function parseRedrive(
  policy: string | undefined,
): { queue: string; maxReceiveCount: number } | undefined {
  if (policy === undefined || policy === '') return undefined;
  const parsed: unknown = JSON.parse(policy);
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  if (!('deadLetterTargetArn' in parsed) || !('maxReceiveCount' in parsed)) return undefined;
  const queue = String(parsed.deadLetterTargetArn).split(':').at(-1) ?? '';
  return { queue, maxReceiveCount: Number(parsed.maxReceiveCount) };
}

/** Reads what the engine itself stored. */
export function parseAttributes(text: string): QueueAttributes {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) throw new TypeError('stored attributes are an object');
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]));
}
