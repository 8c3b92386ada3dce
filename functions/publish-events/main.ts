import { observed } from '@aftercare/adapters/lambda/observe';
import { createLog } from '@aftercare/adapters/logging/log';
import { createMetrics } from '@aftercare/adapters/metrics/metrics';
import { createSqsClient } from '@aftercare/adapters/sqs/client';
import { createQueues } from '@aftercare/adapters/sqs/queues';
import { environment } from './env.ts';
import { createHandler } from './handler.ts';

const env = environment.parse(process.env);
const log = createLog('publish-events');
const metrics = createMetrics();
const queues = createQueues({
  client: createSqsClient(),
  queueUrls: { 'webhooks-due': env.QUEUE_URL_WEBHOOKS_DUE },
});

export const handler = observed({ log, metrics }, createHandler({ queues, log, metrics }));
