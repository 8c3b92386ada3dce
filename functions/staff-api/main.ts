import { observedHttp } from '@aftercare/adapters/lambda/observe';
import { createLog } from '@aftercare/adapters/logging/log';
import { createMetrics } from '@aftercare/adapters/metrics/metrics';
import { systemClock as clock } from '@aftercare/adapters/system/clock';
import { systemRandom as random } from '@aftercare/adapters/system/random';
import { createClinicDirectory } from '@aftercare/usecases/clinics';
import { queuesOf, schedulesOf, secretsOf, settingsOf, smsOf, tableOf } from '../compose.ts';
import { environment } from './env.ts';
import { createHandler } from './handler.ts';

const env = environment.parse(process.env);
const log = createLog('staff-api');
const metrics = createMetrics(env.STAGE);
const table = tableOf(env);
const secrets = secretsOf(env);

export const handler = observedHttp(
  { log, metrics },
  createHandler({
    table,
    queues: queuesOf(env),
    schedules: schedulesOf(env),
    sms: smsOf(env, secrets),
    clinics: createClinicDirectory({ table, secrets, clock }),
    settings: settingsOf(env),
    clock,
    random,
    log,
    metrics,
    signatureClocks: () => [clock.now()],
  }),
);
