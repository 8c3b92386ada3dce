import { observedHttp } from '@aftercare/adapters/lambda/observe';
import { createLog } from '@aftercare/adapters/logging/log';
import { createMetrics } from '@aftercare/adapters/metrics/metrics';
import { createSqsClient } from '@aftercare/adapters/sqs/client';
import { createQueues } from '@aftercare/adapters/sqs/queues';
import { environment } from './env.ts';
import { createHandler } from './handler.ts';

const env = environment.parse(process.env);
const metrics = createMetrics();
const queues = createQueues({
  client: createSqsClient(),
  queueUrls: { 'inbound-fallback': env.QUEUE_URL_INBOUND_FALLBACK },
});

export const handler = observedHttp(
  { log: createLog('inbound-fallback'), metrics },
  createHandler({ queues, metrics }),
);
