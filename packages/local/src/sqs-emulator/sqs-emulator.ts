import { setTimeout as wait } from 'node:timers/promises';
import type { LocalAnswer, LocalRequest } from '../http/loopback-server.ts';
import { signatureScope } from '../http/signature-scope.ts';
import { type CallContext, read } from './operation.ts';
import type { QueueEngine } from './queue-engine.ts';
import { answerError, SqsError } from './sqs-error.ts';
import { operations, receiveInput } from './sqs-operations.ts';

/** What a long poll waits at most, whatever WaitTimeSeconds says: SQS's own limit. */
const longPollMaxSeconds = 20;

/**
 * Answers SQS's JSON protocol (`X-Amz-Target: AmazonSQS.<Operation>`), as the AWS SDK v3 speaks it.
 *
 * @param baseUrl where the emulator listens; queue URLs start with it
 */
export function answerSqs(engine: QueueEngine, baseUrl: () => string) {
  return async (request: LocalRequest): Promise<LocalAnswer> => {
    const scope = signatureScope(request);
    if (scope === undefined)
      return refused('MissingAuthenticationToken', 'Missing Authentication Token', 403);
    const [service, operationName = ''] = (request.headers['x-amz-target'] ?? '').split('.');
    const operation = service === 'AmazonSQS' ? operations.get(operationName) : undefined;
    if (operation === undefined) return refused('UnknownOperationException', 'Unknown operation.', 404);
    const context: CallContext = { engine, baseUrl: baseUrl(), region: scope.region };
    try {
      const input: unknown = JSON.parse(request.body.toString() || '{}');
      let output = operation(input, context);
      if (operationName === 'ReceiveMessage' && !('Messages' in output)) {
        output = await pollLonger(input, () => operation(input, context), engine);
      }
      return {
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: JSON.stringify(output),
      };
    } catch (error) {
      if (error instanceof SqsError) return answerError(error);
      if (error instanceof SyntaxError)
        return refused('SerializationException', 'The body is not JSON.', 400);
      throw error;
    }
  };
}

/** Long polling runs on the wall clock: it is the caller's patience, not the system's time. */
async function pollLonger(input: unknown, receive: () => object, engine: QueueEngine): Promise<object> {
  const seconds = Math.min(read(receiveInput, input).WaitTimeSeconds ?? 0, longPollMaxSeconds);
  const deadlineMs = performance.now() + seconds * 1000;
  for (;;) {
    const leftMs = deadlineMs - performance.now();
    if (leftMs <= 0) return {};
    await sendOrTimeout(engine, Math.min(leftMs, 200));
    const output = receive();
    if ('Messages' in output) return output;
  }
}

async function sendOrTimeout(engine: QueueEngine, timeoutMs: number): Promise<void> {
  const sent = Promise.withResolvers<void>();
  const unsubscribe = engine.onSend(() => sent.resolve());
  await Promise.race([sent.promise, wait(timeoutMs)]);
  unsubscribe();
}

function refused(type: string, message: string, status: number): LocalAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ __type: type, message }),
  };
}
