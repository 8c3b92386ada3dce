import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

export function createSecretsManagerClient(
  options: { readonly endpoint?: string } = {},
): SecretsManagerClient {
  return new SecretsManagerClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000 },
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  });
}
