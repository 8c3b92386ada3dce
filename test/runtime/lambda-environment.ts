import { startLoopbackServer } from '@aftercare/local/http/loopback-server';
import type { LocalRuntime } from '@aftercare/local/runtime/local-runtime';

export const publicBaseUrl = 'https://texts.example.com';
const accountId = '123456789012';

/** The part of Secrets Manager that the functions use. */
export async function startSecretStore(secretText: string) {
  const store = await startLoopbackServer({
    port: 0,
    answer: async () => ({
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({ Name: 'aftercare/dev/system', SecretString: secretText }),
    }),
  });
  if (!store.ok) throw new Error(store.message);
  return store.server;
}

/** One environment for all: each function takes what it knows. */
export function environmentOf(world: Pick<LocalRuntime, 'info'>, secretsUrl: string): Record<string, string> {
  const { endpoints } = world.info;
  const arn = (queue: string): string => `arn:aws:sqs:us-east-1:${accountId}:${queue}`;
  const url = (queue: string): string => `${endpoints.sqs}/${accountId}/${queue}`;
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_SCHEDULER: endpoints.scheduler,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsUrl,
    STAGE: 'dev',
    TABLE_NAME: 'aftercare',
    SECRET_ID: 'aftercare/dev/system',
    SCHEDULE_GROUP: 'aftercare',
    SCHEDULER_ROLE_ARN: `arn:aws:iam::${accountId}:role/aftercare-scheduler`,
    SCHEDULER_DLQ_ARN: arn('schedules-dlq'),
    QUEUE_URL_REMINDERS_DUE: url('reminders-due'),
    QUEUE_ARN_REMINDERS_DUE: arn('reminders-due'),
    QUEUE_URL_INBOUND_RECEIVED: url('inbound-received'),
    QUEUE_URL_ALERTS_DUE: url('alerts-due'),
    QUEUE_ARN_ALERTS_DUE: arn('alerts-due'),
    QUEUE_URL_WEBHOOKS_DUE: url('webhooks-due'),
    QUEUE_ARN_WEBHOOKS_DUE: arn('webhooks-due'),
    QUEUE_URL_INBOUND_FALLBACK: url('inbound-fallback'),
    PUBLIC_BASE_URL: publicBaseUrl,
    CARRIER: 'emulator',
    TWILIO_BASE_URL: endpoints.twilio,
  };
}
