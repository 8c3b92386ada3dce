import { createDynamoClient } from '@aftercare/adapters/dynamodb/client';
import { createDynamoTable } from '@aftercare/adapters/dynamodb/table';
import { hideExpired } from '@aftercare/adapters/expiry/hide-expired';
import { createSchedulerClient } from '@aftercare/adapters/scheduler/client';
import { createSchedules } from '@aftercare/adapters/scheduler/schedules';
import { createSecretsManagerClient } from '@aftercare/adapters/secrets/client';
import { createSecretsManagerSecrets } from '@aftercare/adapters/secrets/secrets-manager';
import { createSqsClient } from '@aftercare/adapters/sqs/client';
import { createQueues } from '@aftercare/adapters/sqs/queues';
import { systemClock } from '@aftercare/adapters/system/clock';
import { createTwilioSms } from '@aftercare/adapters/twilio/sms';
import type { Queues, Schedules, Secrets, Settings, Sms, Table } from '@aftercare/usecases/ports';

/**
 * Parts from which each main.ts composes its function. One function a part, so that a bundle holds only the
 * clients it uses; what the environment must hold for a part is in its parameter.
 */

export function tableOf(env: { readonly TABLE_NAME: string }): Table {
  const table = createDynamoTable({ client: createDynamoClient(), tableName: env.TABLE_NAME });
  return hideExpired(table, systemClock);
}

export function secretsOf(env: { readonly SECRET_ID: string }): Secrets {
  const client = createSecretsManagerClient();
  return createSecretsManagerSecrets({ client, secretId: env.SECRET_ID, clock: systemClock });
}

export function queuesOf(env: {
  readonly QUEUE_URL_REMINDERS_DUE?: string;
  readonly QUEUE_URL_INBOUND_RECEIVED?: string;
  readonly QUEUE_URL_ALERTS_DUE?: string;
  readonly QUEUE_URL_WEBHOOKS_DUE?: string;
  readonly QUEUE_URL_INBOUND_FALLBACK?: string;
}): Queues {
  const queueUrls = present({
    'reminders-due': env.QUEUE_URL_REMINDERS_DUE,
    'inbound-received': env.QUEUE_URL_INBOUND_RECEIVED,
    'alerts-due': env.QUEUE_URL_ALERTS_DUE,
    'webhooks-due': env.QUEUE_URL_WEBHOOKS_DUE,
    'inbound-fallback': env.QUEUE_URL_INBOUND_FALLBACK,
  });
  return createQueues({ client: createSqsClient(), queueUrls });
}

export function schedulesOf(env: {
  readonly SCHEDULE_GROUP: string;
  readonly SCHEDULER_ROLE_ARN: string;
  readonly SCHEDULER_DLQ_ARN: string;
  readonly QUEUE_ARN_REMINDERS_DUE?: string;
  readonly QUEUE_ARN_ALERTS_DUE?: string;
  readonly QUEUE_ARN_WEBHOOKS_DUE?: string;
}): Schedules {
  return createSchedules({
    client: createSchedulerClient(),
    groupName: env.SCHEDULE_GROUP,
    roleArn: env.SCHEDULER_ROLE_ARN,
    deadLetterArn: env.SCHEDULER_DLQ_ARN,
    queueArns: present({
      'reminders-due': env.QUEUE_ARN_REMINDERS_DUE,
      'alerts-due': env.QUEUE_ARN_ALERTS_DUE,
      'webhooks-due': env.QUEUE_ARN_WEBHOOKS_DUE,
    }),
  });
}

export function smsOf(
  env: { readonly PUBLIC_BASE_URL: string; readonly TWILIO_BASE_URL?: string | undefined },
  secrets: Secrets,
): Sms {
  return createTwilioSms({
    secrets,
    publicBaseUrl: env.PUBLIC_BASE_URL,
    ...(env.TWILIO_BASE_URL === undefined ? {} : { baseUrl: env.TWILIO_BASE_URL }),
  });
}

export function settingsOf(env: {
  readonly CARRIER: 'live' | 'emulator';
  readonly LIVE_ALLOWED_NUMBERS?: readonly string[] | undefined;
}): Settings {
  const allowedNumbers = env.LIVE_ALLOWED_NUMBERS;
  return { carrier: env.CARRIER, ...(allowedNumbers === undefined ? {} : { allowedNumbers }) };
}

function present<Name extends string>(
  values: { readonly [name in Name]: string | undefined },
): {
  readonly [name in Name]?: string;
} {
  const kept: { [name in Name]?: string } = { ...values };
  return kept;
}
