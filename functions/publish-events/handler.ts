import { fromWireItem } from '@aftercare/adapters/dynamodb/attribute-values';
import { handleInserts } from '@aftercare/adapters/lambda/stream-records';
import type { System } from '@aftercare/usecases/ports';
import { publishEvents } from '@aftercare/usecases/publish-events';
import type { DynamoDBStreamEvent } from 'aws-lambda';

export const createHandler =
  (system: Pick<System, 'queues' | 'metrics' | 'log'>) => (event: DynamoDBStreamEvent) =>
    handleInserts(event, system.log, (image) => publishEvents(system, [{ item: fromWireItem(image) }]));
