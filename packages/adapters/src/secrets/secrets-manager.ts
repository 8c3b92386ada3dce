import type { Clock, Secrets } from '@aftercare/usecases/ports';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { cachedSecrets } from './cached-secrets.ts';
import { parseSystemSecrets } from './system-secrets.ts';

/**
 * The system secret in Secrets Manager, one JSON text. A rotation is seen within a minute, without a
 * deployment.
 */
export function createSecretsManagerSecrets(options: {
  readonly client: SecretsManagerClient;
  readonly secretId: string;
  readonly clock: Clock;
}): Secrets {
  return cachedSecrets(options.clock, async () => {
    const answer = await options.client.send(new GetSecretValueCommand({ SecretId: options.secretId }));
    if (answer.SecretString === undefined) throw new Error('the system secret holds no text');
    return parseSystemSecrets(answer.SecretString);
  });
}
