import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DataStack } from './data-stack.ts';
import type { PatientSchedules } from './scheduling.ts';
import type { DeploymentSettings } from './settings.ts';
import {
  queueReceiveStatements,
  queueSendStatements,
  scheduleStatements,
  secretStatements,
  type TableAction,
  tableStatements,
} from './statements.ts';
import type { WorkQueues } from './work-queues.ts';

export type AbilityProps = {
  readonly settings: DeploymentSettings;
  readonly data: DataStack;
  readonly key: Key;
  readonly queues: WorkQueues;
  readonly schedules: PatientSchedules;
  /** Where Twilio and clinics reach us. */
  readonly publicBaseUrl: string;
};

/** Environment variables that go together. */
export function environmentsOf(props: AbilityProps) {
  const { settings, data, queues, schedules } = props;
  const { reminders, inbound, alerts, webhooks, fallback } = queues;
  return {
    stage: { STAGE: settings.stage },
    core: { STAGE: settings.stage, TABLE_NAME: data.table.tableName, SECRET_ID: data.secret.secretArn },
    scheduling: {
      SCHEDULE_GROUP: schedules.groupName,
      SCHEDULER_ROLE_ARN: schedules.role.roleArn,
      SCHEDULER_DLQ_ARN: queues.schedulerLetters.queueArn,
    },
    mode: { CARRIER: 'live' as const },
    url: { PUBLIC_BASE_URL: props.publicBaseUrl },
    carrier: {
      CARRIER: 'live' as const,
      PUBLIC_BASE_URL: props.publicBaseUrl,
      ...(settings.liveAllowedNumbers === undefined
        ? {}
        : { LIVE_ALLOWED_NUMBERS: settings.liveAllowedNumbers }),
    },
    reminders: {
      QUEUE_URL_REMINDERS_DUE: reminders.queue.queueUrl,
      QUEUE_ARN_REMINDERS_DUE: reminders.queue.queueArn,
    },
    alerts: {
      QUEUE_URL_ALERTS_DUE: alerts.queue.queueUrl,
      QUEUE_ARN_ALERTS_DUE: alerts.queue.queueArn,
    },
    webhooks: {
      QUEUE_URL_WEBHOOKS_DUE: webhooks.queue.queueUrl,
      QUEUE_ARN_WEBHOOKS_DUE: webhooks.queue.queueArn,
    },
    events: { QUEUE_URL_WEBHOOKS_DUE: webhooks.queue.queueUrl },
    inbound: { QUEUE_URL_INBOUND_RECEIVED: inbound.queue.queueUrl },
    fallback: { QUEUE_URL_INBOUND_FALLBACK: fallback.queue.queueUrl },
  };
}

/** What a role may be given, in the words of this system. */
export function abilitiesOf(scope: Construct, props: AbilityProps) {
  const { data, key, schedules } = props;
  return {
    table: (...actions: TableAction[]): PolicyStatement[] =>
      tableStatements(scope, data.table, data.key, actions),
    /** Single reads and writes and transactions; reading many at once and deleting where asked for. */
    rows: (...more: ('BatchGetItem' | 'DeleteItem')[]): PolicyStatement[] =>
      tableStatements(scope, data.table, data.key, [
        'GetItem',
        'Query',
        'PutItem',
        'UpdateItem',
        'ConditionCheckItem',
        ...more,
      ]),
    secret: (): PolicyStatement[] => secretStatements(scope, data.secret, data.key),
    send: (...to: Queue[]): PolicyStatement[] => queueSendStatements(scope, to, key),
    receive: (from: Queue): PolicyStatement[] => queueReceiveStatements(scope, from, key),
    schedule: (...actions: ('CreateSchedule' | 'DeleteSchedule')[]): PolicyStatement[] =>
      scheduleStatements(schedules.scheduleArns, schedules.role.roleArn, actions),
  };
}
