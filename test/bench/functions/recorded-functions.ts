import { createDynamoClient } from '@aftercare/adapters/dynamodb/client';
import { createDynamoTable } from '@aftercare/adapters/dynamodb/table';
import { hideExpired } from '@aftercare/adapters/expiry/hide-expired';
import { createMemoryClock } from '@aftercare/adapters/memory/clock';
import { createSchedulerClient } from '@aftercare/adapters/scheduler/client';
import { createSchedules } from '@aftercare/adapters/scheduler/schedules';
import { createSecretsManagerClient } from '@aftercare/adapters/secrets/client';
import { createSecretsManagerSecrets } from '@aftercare/adapters/secrets/secrets-manager';
import { createSqsClient } from '@aftercare/adapters/sqs/client';
import { createQueues } from '@aftercare/adapters/sqs/queues';
import { systemRandom } from '@aftercare/adapters/system/random';
import { createTwilioSms } from '@aftercare/adapters/twilio/sms';
import { createHandler as deliveryStatus } from '@aftercare/functions/delivery-status/handler';
import { createHandler as inboundMessage } from '@aftercare/functions/inbound-message/handler';
import { createHandler as intake } from '@aftercare/functions/intake/handler';
import { createHandler as processInbound } from '@aftercare/functions/process-inbound/handler';
import { createHandler as sendReminder } from '@aftercare/functions/send-reminder/handler';
import type { Instant } from '@aftercare/time/instant';
import { createClinicDirectory } from '@aftercare/usecases/clinics';
import type { Clock, QueueName, Secrets, System } from '@aftercare/usecases/ports';
import { type EmulatedServices, startsAt } from './emulated-services.ts';
import { createRecorder, type Recorder } from './recorder.ts';

const accountId = '123456789012';
const arnOf = (queue: QueueName): string => `arn:aws:sqs:us-east-1:${accountId}:${queue}`;
const silent = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const uncounted = { count: () => undefined, seconds: () => undefined };

export const tableName = 'aftercare';
export const publicBaseUrl = 'https://texts.example.com';

const patienceMs = 20_000;

function bePatient(handler: object): void {
  if (!('updateHttpClientConfig' in handler) || typeof handler.updateHttpClientConfig !== 'function')
    throw new Error('The SDK has another way now to change a time-out');
  handler.updateHttpClientConfig('connectionTimeout', patienceMs);
  handler.updateHttpClientConfig('requestTimeout', patienceMs);
}

/** The clients as the functions make them; where they lead to is in their environment, as on AWS. */
export function createClients(services: EmulatedServices) {
  const { endpoints } = services.info;
  process.env.AWS_REGION = 'us-east-1';
  process.env.AWS_ACCESS_KEY_ID = 'local';
  process.env.AWS_SECRET_ACCESS_KEY = 'local';
  const clients = {
    dynamodb: createDynamoClient({ endpoint: endpoints.dynamodb }),
    scheduler: createSchedulerClient({ endpoint: endpoints.scheduler }),
    sqs: createSqsClient({ endpoint: endpoints.sqs }),
  };
  // An emulator on a busy machine may take its time; what is measured is how long, not whether.
  for (const { config } of Object.values(clients)) bePatient(config.requestHandler);
  return clients;
}

export type RecordedOptions = {
  /** Where the clock stands at first. */
  readonly at?: Instant;
  /** Where Secrets Manager answers; without it the secrets are at hand, as they are in a warm function. */
  readonly secretsEndpoint?: string;
};

/** The five functions that a text's life goes through, on the real adapters, every request noted. */
export function createRecordedFunctions(services: EmulatedServices, options: RecordedOptions = {}) {
  const clients = createClients(services);
  const recorder = createRecorder();
  recorder.attach('dynamodb', clients.dynamodb);
  recorder.attach('scheduler', clients.scheduler);
  recorder.attach('sqs', clients.sqs);
  const clock = createMemoryClock(options.at ?? startsAt);
  const secrets = secretsOf(services, clock, recorder, options.secretsEndpoint);
  const table = hideExpired(createDynamoTable({ client: clients.dynamodb, tableName }), clock);
  const system: Omit<System, 'clinicWebhook'> = {
    table,
    schedules: createSchedules({
      client: clients.scheduler,
      groupName: 'aftercare',
      roleArn: `arn:aws:iam::${accountId}:role/aftercare-scheduler`,
      queueArns: { 'reminders-due': arnOf('reminders-due'), 'alerts-due': arnOf('alerts-due') },
      deadLetterArn: `arn:aws:sqs:us-east-1:${accountId}:schedules-dlq`,
    }),
    queues: createQueues({
      client: clients.sqs,
      queueUrls: queueUrls(services.info.endpoints.sqs),
    }),
    sms: recorder.wrapSms(
      createTwilioSms({ secrets, publicBaseUrl, baseUrl: services.info.endpoints.twilio }),
    ),
    secrets,
    clock,
    random: systemRandom,
    log: silent,
    metrics: uncounted,
    settings: { carrier: 'emulator' },
  };
  const clinics = createClinicDirectory(system);
  const reach = { ...system, clinics, publicBaseUrl, signatureClocks: () => [clock.now()] };
  return {
    clock,
    recorder,
    table,
    intake: intake(reach),
    sendReminder: sendReminder(reach),
    deliveryStatus: deliveryStatus(reach),
    inboundMessage: inboundMessage(reach),
    processInbound: processInbound(reach),
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

function secretsOf(
  services: EmulatedServices,
  clock: Clock,
  recorder: Recorder,
  endpoint: string | undefined,
): Secrets {
  if (endpoint === undefined) return { current: async () => services.secrets };
  const client = createSecretsManagerClient({ endpoint });
  recorder.attach('secrets', client);
  return createSecretsManagerSecrets({ client, secretId: 'aftercare/dev/system', clock });
}

export type RecordedFunctions = ReturnType<typeof createRecordedFunctions>;

function queueUrls(endpoint: string): { readonly [queue in QueueName]?: string } {
  const urlOf = (queue: QueueName): string => `${endpoint}/${accountId}/${queue}`;
  return {
    'reminders-due': urlOf('reminders-due'),
    'inbound-received': urlOf('inbound-received'),
    'alerts-due': urlOf('alerts-due'),
  };
}
