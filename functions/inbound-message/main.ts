import { observedHttp } from '@aftercare/adapters/lambda/observe';
import { createLog } from '@aftercare/adapters/logging/log';
import { createMetrics } from '@aftercare/adapters/metrics/metrics';
import { systemClock as clock } from '@aftercare/adapters/system/clock';
import { queuesOf, secretsOf, tableOf } from '../compose.ts';
import { environment } from './env.ts';
import { createHandler } from './handler.ts';

const env = environment.parse(process.env);
const log = createLog('inbound-message');
const metrics = createMetrics(env.STAGE);

export const handler = observedHttp(
  { log, metrics },
  createHandler({
    table: tableOf(env),
    secrets: secretsOf(env),
    queues: queuesOf(env),
    clock,
    log,
    metrics,
    publicBaseUrl: env.PUBLIC_BASE_URL,
  }),
);
