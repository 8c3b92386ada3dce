import type { Log } from '@aftercare/usecases/ports';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { z } from 'zod/mini';
import { errorFields } from './error-fields.ts';

/**
 * Handles the messages of a batch side by side and reports the ones that failed, so that a bad record fails
 * alone and comes back alone, until the queue's dead-letter queue takes it. A body that does not fit the
 * schema is one.
 */
export async function handleRecords<Command>(
  event: SQSEvent,
  schema: z.ZodMiniType<Command>,
  log: Log,
  handle: (command: Command) => Promise<unknown>,
): Promise<SQSBatchResponse> {
  const outcomes = await Promise.all(
    event.Records.map(async (record) => {
      try {
        await handle(commandOf(record, schema));
        return [];
      } catch (error) {
        const receives = Number(record.attributes.ApproximateReceiveCount);
        log.error('record_failed', { messageId: record.messageId, receives, ...errorFields(error) });
        return [{ itemIdentifier: record.messageId }];
      }
    }),
  );
  return { batchItemFailures: outcomes.flat() };
}

/** A body that nobody can read. Does not quote it. */
export class UnreadableBody extends Error {
  override readonly name = 'UnreadableBody';
}

function commandOf<Command>(record: SQSRecord, schema: z.ZodMiniType<Command>): Command {
  let body: unknown;
  try {
    body = JSON.parse(record.body);
  } catch {
    throw new UnreadableBody('the body is not JSON');
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new UnreadableBody(`the body does not fit its schema, see: ${wrong}`);
}
