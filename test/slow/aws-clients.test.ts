import { createDynamoClient } from '@aftercare/adapters/dynamodb/client';
import { createDynamoTable } from '@aftercare/adapters/dynamodb/table';
import { createSchedulerClient } from '@aftercare/adapters/scheduler/client';
import { createSchedules } from '@aftercare/adapters/scheduler/schedules';
import { createSecretsManagerClient } from '@aftercare/adapters/secrets/client';
import { createSecretsManagerSecrets } from '@aftercare/adapters/secrets/secrets-manager';
import { createSqsClient } from '@aftercare/adapters/sqs/client';
import { createQueues } from '@aftercare/adapters/sqs/queues';
import { systemClock } from '@aftercare/adapters/system/clock';
import { startLoopbackServer } from '@aftercare/local/http/loopback-server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

/** The functions have 15 s; a service that hangs must leave them time to say so. */
const givenUpWithinMs = 12_000;

describe('a service that takes the call and never answers', () => {
  let endpoint = '';
  let close = async (): Promise<void> => undefined;

  beforeAll(async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'local');
    vi.stubEnv('AWS_REGION', 'us-east-1');
    const started = await startLoopbackServer({ port: 0, answer: async () => ({ status: 'silent' }) });
    if (!started.ok) throw new Error(started.message);
    endpoint = started.server.url;
    close = started.server.close;
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await close();
  });

  it.concurrent.each([
    [
      'DynamoDB',
      () =>
        createDynamoTable({ client: createDynamoClient({ endpoint }), tableName: 't' }).get({
          pk: 'a',
          sk: 'b',
        }),
    ],
    [
      'SQS',
      () =>
        createQueues({
          client: createSqsClient({ endpoint }),
          queueUrls: { 'alerts-due': `${endpoint}/123456789012/alerts-due` },
        }).enqueue('alerts-due', {}),
    ],
    [
      'Scheduler',
      () =>
        createSchedules({
          client: createSchedulerClient({ endpoint }),
          groupName: 'g',
          roleArn: 'arn:aws:iam::123456789012:role/r',
          queueArns: {},
          deadLetterArn: '',
        }).remove('name'),
    ],
    [
      'Secrets Manager',
      () =>
        createSecretsManagerSecrets({
          client: createSecretsManagerClient({ endpoint }),
          secretId: 's',
          clock: systemClock,
        }).current(),
    ],
  ])('%s is given up in time', async (_name, call) => {
    const startedAtMs = performance.now();
    await expect(call()).rejects.toThrow();
    const tookMs = performance.now() - startedAtMs;
    expect(tookMs).toBeGreaterThan(2000);
    expect(tookMs).toBeLessThan(givenUpWithinMs);
  });
});
