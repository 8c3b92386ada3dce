import { createClinicWebhook } from '@aftercare/adapters/clinic-webhook/clinic-webhook';
import { createDynamoClient } from '@aftercare/adapters/dynamodb/client';
import { createDynamoTable } from '@aftercare/adapters/dynamodb/table';
import { observed } from '@aftercare/adapters/lambda/observe';
import { createLog } from '@aftercare/adapters/logging/log';
import { createMetrics } from '@aftercare/adapters/metrics/metrics';
import { createSchedulerClient } from '@aftercare/adapters/scheduler/client';
import { createSchedules } from '@aftercare/adapters/scheduler/schedules';
import { createSecretsManagerClient } from '@aftercare/adapters/secrets/client';
import { createSecretsManagerSecrets } from '@aftercare/adapters/secrets/secrets-manager';
import { createSqsClient } from '@aftercare/adapters/sqs/client';
import { createQueues } from '@aftercare/adapters/sqs/queues';
import { systemClock as clock } from '@aftercare/adapters/system/clock';
import { systemRandom as random } from '@aftercare/adapters/system/random';
import { createClinicDirectory } from '@aftercare/usecases/clinics';
import { environment } from './env.ts';
import { createHandler } from './handler.ts';

const env = environment.parse(process.env);
const log = createLog('deliver-webhook');
const metrics = createMetrics();
const table = createDynamoTable({ client: createDynamoClient(), tableName: env.TABLE_NAME });
const secrets = createSecretsManagerSecrets({
  client: createSecretsManagerClient(),
  secretId: env.SECRET_ID,
  clock,
});
const queues = createQueues({
  client: createSqsClient(),
  queueUrls: { 'webhooks-due': env.QUEUE_URL_WEBHOOKS_DUE },
});
const schedules = createSchedules({
  client: createSchedulerClient(),
  groupName: env.SCHEDULE_GROUP,
  roleArn: env.SCHEDULER_ROLE_ARN,
  queueArns: { 'webhooks-due': env.QUEUE_ARN_WEBHOOKS_DUE },
  deadLetterArn: env.SCHEDULER_DLQ_ARN,
});

export const handler = observed(
  { log, metrics },
  createHandler({
    table,
    queues,
    schedules,
    clinicWebhook: createClinicWebhook({ allowLoopback: env.CARRIER === 'emulator' }),
    clinics: createClinicDirectory({ table, secrets, clock }),
    clock,
    random,
    log,
    metrics,
  }),
);
