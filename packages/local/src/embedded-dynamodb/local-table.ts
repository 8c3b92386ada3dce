import { tableDefinition } from '@aftercare/adapters/dynamodb/table-definition';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';

/** The emulators accept any key pair; the SDK wants one. */
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' } as const;
export const localRegion = 'us-east-1';

export function connectDynamoDb(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({ endpoint, region: localRegion, credentials: localCredentials });
}

const { partitionKey, sortKey, workIndex } = tableDefinition;
const attributes = [partitionKey, sortKey, workIndex.partitionKey, workIndex.sortKey];

const definition: Omit<CreateTableCommandInput, 'TableName'> = {
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: partitionKey, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ],
  AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  GlobalSecondaryIndexes: [
    {
      IndexName: workIndex.name,
      KeySchema: [
        { AttributeName: workIndex.partitionKey, KeyType: 'HASH' },
        { AttributeName: workIndex.sortKey, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: tableDefinition.stream },
};

/** Creates the table when it is not there yet; an existing one is left as it is. */
export async function ensureTable(client: DynamoDBClient, tableName: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand({ TableName: tableName, ...definition }));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}
