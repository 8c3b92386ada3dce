import { observed } from '@aftercare/adapters/lambda/observe';
import { createLog } from '@aftercare/adapters/logging/log';
import { createMetrics } from '@aftercare/adapters/metrics/metrics';
import { systemClock as clock } from '@aftercare/adapters/system/clock';
import { systemRandom as random } from '@aftercare/adapters/system/random';
import { createClinicDirectory } from '@aftercare/usecases/clinics';
import { secretsOf, settingsOf, smsOf, tableOf } from '../compose.ts';
import { environment } from './env.ts';
import { createHandler } from './handler.ts';

const env = environment.parse(process.env);
const log = createLog('send-reminder');
const metrics = createMetrics(env.STAGE);
const table = tableOf(env);
const secrets = secretsOf(env);

export const handler = observed(
  { log, metrics },
  createHandler({
    table,
    secrets,
    sms: smsOf(env, secrets),
    clinics: createClinicDirectory({ table, secrets, clock }),
    settings: settingsOf(env),
    clock,
    random,
    log,
    metrics,
  }),
);
