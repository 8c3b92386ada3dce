import { SQSClient } from '@aws-sdk/client-sqs';

export function createSqsClient(options: { readonly endpoint?: string } = {}): SQSClient {
  return new SQSClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000 },
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  });
}
