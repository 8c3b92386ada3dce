import { observed } from '@aftercare/adapters/lambda/observe';
import { createLog } from '@aftercare/adapters/logging/log';
import { createMetrics } from '@aftercare/adapters/metrics/metrics';
import { queuesOf } from '../compose.ts';
import { environment } from './env.ts';
import { createHandler } from './handler.ts';

const env = environment.parse(process.env);
const log = createLog('publish-events');
const metrics = createMetrics(env.STAGE);

export const handler = observed(
  { log, metrics },
  createHandler({
    queues: queuesOf(env),
    log,
    metrics,
  }),
);
