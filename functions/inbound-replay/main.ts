import { createDynamoClient } from '@aftercare/adapters/dynamodb/client';
import { createDynamoTable } from '@aftercare/adapters/dynamodb/table';
import { observed } from '@aftercare/adapters/lambda/observe';
import { createLog } from '@aftercare/adapters/logging/log';
import { createMetrics } from '@aftercare/adapters/metrics/metrics';
import { createSecretsManagerClient } from '@aftercare/adapters/secrets/client';
import { createSecretsManagerSecrets } from '@aftercare/adapters/secrets/secrets-manager';
import { createSqsClient } from '@aftercare/adapters/sqs/client';
import { createQueues } from '@aftercare/adapters/sqs/queues';
import { systemClock as clock } from '@aftercare/adapters/system/clock';
import { environment } from './env.ts';
import { createHandler } from './handler.ts';

const env = environment.parse(process.env);
const log = createLog('inbound-replay');
const metrics = createMetrics();

export const handler = observed(
  { log, metrics },
  createHandler({
    table: createDynamoTable({ client: createDynamoClient(), tableName: env.TABLE_NAME }),
    queues: createQueues({
      client: createSqsClient(),
      queueUrls: { 'inbound-received': env.QUEUE_URL_INBOUND_RECEIVED },
    }),
    secrets: createSecretsManagerSecrets({
      client: createSecretsManagerClient(),
      secretId: env.SECRET_ID,
      clock,
    }),
    clock,
    log,
    metrics,
    publicBaseUrl: env.PUBLIC_BASE_URL,
  }),
);
