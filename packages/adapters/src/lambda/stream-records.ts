import type { Log } from '@aftercare/usecases/ports';
import type { AttributeValue, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { errorFields } from './error-fields.ts';

/**
 * Handles new items of a table stream one after the other and stops at the first that fails: the stream comes
 * back from there, so that nothing is overtaken.
 */
export async function handleInserts(
  event: DynamoDBStreamEvent,
  log: Log,
  handle: (image: { readonly [name: string]: AttributeValue }) => Promise<unknown>,
): Promise<DynamoDBBatchResponse> {
  for (const record of event.Records) {
    const image = record.eventName === 'INSERT' ? record.dynamodb?.NewImage : undefined;
    if (image === undefined) continue;
    try {
      await handle(image);
    } catch (error) {
      log.error('stream_record_failed', errorFields(error));
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
