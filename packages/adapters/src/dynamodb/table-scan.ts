import type { TableScan } from '@aftercare/usecases/clinic-admin/table-scan';
import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { fromWireItem } from './attribute-values.ts';
import { wireKey } from './requests.ts';

/** Every item of the table, page by page. For administration only: no function of the system may scan. */
export function createDynamoTableScan(options: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}): TableScan {
  return {
    async page(after) {
      const answer = await options.client.send(
        new ScanCommand({
          TableName: options.tableName,
          ConsistentRead: true,
          ...(after === undefined ? {} : { ExclusiveStartKey: wireKey(after) }),
        }),
      );
      const items = (answer.Items ?? []).map(fromWireItem);
      const pk = answer.LastEvaluatedKey?.pk?.S;
      const sk = answer.LastEvaluatedKey?.sk?.S;
      return pk === undefined || sk === undefined ? { items } : { items, next: { pk, sk } };
    },
  };
}
