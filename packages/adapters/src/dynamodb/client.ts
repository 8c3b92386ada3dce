import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Time-outs that leave a function (15 s) time to answer after three tries. */
export function createDynamoClient(options: { readonly endpoint?: string } = {}): DynamoDBClient {
  return new DynamoDBClient({
    maxAttempts: 3,
    // Without the last, the SDK only warns when the time is up.
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  });
}
