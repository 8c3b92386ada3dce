import { createClinicWebhook } from '@aftercare/adapters/clinic-webhook/clinic-webhook';
import { createDynamoTable } from '@aftercare/adapters/dynamodb/table';
import { hideExpired } from '@aftercare/adapters/expiry/hide-expired';
import { createSchedules } from '@aftercare/adapters/scheduler/schedules';
import { createQueues } from '@aftercare/adapters/sqs/queues';
import { systemRandom } from '@aftercare/adapters/system/random';
import { createTwilioSms } from '@aftercare/adapters/twilio/sms';
import type { Clock, Log, Metrics, QueueName, System, SystemSecrets } from '@aftercare/usecases/ports';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateScheduleGroupCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { SQSClient } from '@aws-sdk/client-sqs';
import { localCredentials, localRegion } from '../embedded-dynamodb/local-table.ts';
import { accountId } from '../http/signature-scope.ts';
import type { QueueEngine } from '../sqs-emulator/queue-engine.ts';
import type { LiveAccount } from './live-mode.ts';

export const queueNames: readonly QueueName[] = [
  'reminders-due',
  'inbound-received',
  'alerts-due',
  'webhooks-due',
  'inbound-fallback',
];
const scheduleGroupName = 'aftercare';
const deadLetterQueue = 'schedules-dlq';

export type Endpoints = {
  readonly scheduler: string;
  readonly sqs: string;
  readonly twilio: string;
  readonly publicBaseUrl: string;
};

const queueArn = (name: string): string => `arn:aws:sqs:${localRegion}:${accountId}:${name}`;
const byQueue = (value: (name: QueueName) => string): Record<QueueName, string> => ({
  'reminders-due': value('reminders-due'),
  'inbound-received': value('inbound-received'),
  'alerts-due': value('alerts-due'),
  'webhooks-due': value('webhooks-due'),
  'inbound-fallback': value('inbound-fallback'),
});

/**
 * The queues as infra deploys them: visibility six times the function's time-out, five receives, then the
 * DLQ.
 */
export function createSystemQueues(engine: QueueEngine): void {
  engine.create(deadLetterQueue, { MessageRetentionPeriod: '1209600' });
  for (const name of queueNames) {
    engine.create(`${name}-dlq`, { MessageRetentionPeriod: '1209600' });
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: queueArn(`${name}-dlq`),
      maxReceiveCount: 5,
    });
    engine.create(name, { VisibilityTimeout: '90', RedrivePolicy });
  }
}

/** The production adapters, pointed at this machine. */
export function composeSystem(options: {
  readonly database: DynamoDBClient;
  readonly tableName: string;
  readonly endpoints: Endpoints;
  readonly secrets: SystemSecrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly live: LiveAccount | undefined;
}): { readonly system: System; readonly prepare: () => Promise<void>; readonly close: () => void } {
  const { endpoints, live } = options;
  const client = { region: localRegion, credentials: localCredentials };
  const scheduler = new SchedulerClient({ ...client, endpoint: endpoints.scheduler });
  const sqs = new SQSClient({ ...client, endpoint: endpoints.sqs });
  const secrets = { current: async () => options.secrets };
  const system: System = {
    table: hideExpired(
      createDynamoTable({ client: options.database, tableName: options.tableName }),
      options.clock,
    ),
    schedules: createSchedules({
      client: scheduler,
      groupName: scheduleGroupName,
      roleArn: `arn:aws:iam::${accountId}:role/aftercare-scheduler`,
      queueArns: byQueue(queueArn),
      deadLetterArn: queueArn(deadLetterQueue),
    }),
    queues: createQueues({
      client: sqs,
      queueUrls: byQueue((name) => `${endpoints.sqs}/${accountId}/${name}`),
    }),
    sms: createTwilioSms({
      secrets,
      publicBaseUrl: endpoints.publicBaseUrl,
      ...(live === undefined ? { baseUrl: endpoints.twilio } : {}),
    }),
    clinicWebhook: createClinicWebhook({ allowLoopback: live === undefined }),
    secrets,
    clock: options.clock,
    random: systemRandom,
    log: options.log,
    metrics: options.metrics,
    settings:
      live === undefined ? { carrier: 'emulator' } : { carrier: 'live', allowedNumbers: live.allowedNumbers },
  };
  return {
    system,
    prepare: () => createGroup(scheduler),
    close: () => {
      scheduler.destroy();
      sqs.destroy();
    },
  };
}

async function createGroup(scheduler: SchedulerClient): Promise<void> {
  try {
    await scheduler.send(new CreateScheduleGroupCommand({ Name: scheduleGroupName }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ConflictException')) throw error;
  }
}
