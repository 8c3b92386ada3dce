import { SQSClient } from '@aws-sdk/client-sqs';

/** On AWS from the environment alone; an emulator is told by address, region and any key pair. */
export function createSqsClient(
  options: {
    readonly endpoint?: string;
    readonly region?: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  } = {},
): SQSClient {
  return new SQSClient({
    maxAttempts: 3,
    // Without the last, the SDK only warns when the time is up.
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
    ...options,
  });
}
