import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

export function createSecretsManagerClient(
  options: { readonly endpoint?: string } = {},
): SecretsManagerClient {
  return new SecretsManagerClient({
    maxAttempts: 3,
    // Without the last, the SDK only warns when the time is up.
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  });
}
