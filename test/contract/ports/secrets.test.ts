import { createMemoryClock } from '@aftercare/adapters/memory/clock';
import { createMemorySecrets } from '@aftercare/adapters/memory/secrets';
import { createSecretsManagerSecrets } from '@aftercare/adapters/secrets/secrets-manager';
import { type LoopbackServer, startLoopbackServer } from '@aftercare/local/http/loopback-server';
import type { Secrets, SystemSecrets } from '@aftercare/usecases/ports';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const key = Buffer.alloc(32, 7).toString('base64');
const secretsWith = (token: string): SystemSecrets => ({
  twilioAccountSid: `AC${'a'.repeat(32)}`,
  twilioAuthTokens: [token],
  phonePepper: key,
  dataKeys: [{ id: 'k1', key }],
});

type Harness = {
  readonly secrets: Secrets;
  /** Rotates, and lets a minute pass. */
  readonly rotate: (next: SystemSecrets) => void;
};

/** What every adapter of the Secrets port must do. */
function secretsContract(harness: () => Harness): void {
  it('answers with what is stored, and with what was rotated in a minute later', async () => {
    const { secrets, rotate } = harness();
    expect(await secrets.current()).toEqual(secretsWith('first'));
    rotate(secretsWith('second'));
    expect(await secrets.current()).toEqual(secretsWith('second'));
  });
}

describe('the memory secrets', () => {
  secretsContract(() => {
    const secrets = createMemorySecrets(secretsWith('first'));
    return { secrets, rotate: secrets.replace };
  });
});

describe('Secrets Manager, spoken to by the AWS client', () => {
  let stored = '';
  let asked: string[] = [];
  let server: LoopbackServer;
  let client: SecretsManagerClient;

  beforeAll(async () => {
    const started = await startLoopbackServer({
      port: 0,
      answer: async (request) => {
        asked.push(`${request.headers['x-amz-target']} ${request.body}`);
        const body = JSON.stringify({ Name: 'system', SecretString: stored });
        return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
      },
    });
    if (!started.ok) throw new Error(started.message);
    server = started.server;
    client = new SecretsManagerClient({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  });
  afterAll(async () => {
    client?.destroy();
    await server?.close();
  });

  const open = () => {
    const clock = createMemoryClock('2026-11-21T16:00:00.000Z');
    stored = JSON.stringify(secretsWith('first'));
    asked = [];
    return {
      clock,
      secrets: createSecretsManagerSecrets({ client, secretId: 'aftercare/dev/system', clock }),
    };
  };

  secretsContract(() => {
    const { clock, secrets } = open();
    return {
      secrets,
      rotate: (next) => {
        stored = JSON.stringify(next);
        clock.advanceSeconds(60);
      },
    };
  });

  it('asks for the one secret, once a minute at most', async () => {
    const { secrets } = open();
    await Promise.all([await secrets.current(), await secrets.current()]);
    expect(asked).toEqual(['secretsmanager.GetSecretValue {"SecretId":"aftercare/dev/system"}']);
  });
});
