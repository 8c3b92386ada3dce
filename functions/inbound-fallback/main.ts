import { observedHttp } from '@aftercare/adapters/lambda/observe';
import { createLog } from '@aftercare/adapters/logging/log';
import { createMetrics } from '@aftercare/adapters/metrics/metrics';
import { queuesOf } from '../compose.ts';
import { environment } from './env.ts';
import { createHandler } from './handler.ts';

const env = environment.parse(process.env);

const metrics = createMetrics(env.STAGE);

export const handler = observedHttp(
  { log: createLog('inbound-fallback'), metrics },
  createHandler({
    queues: queuesOf(env),
    metrics,
  }),
);
