import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/**
 * Hand-written statements: CDK's grants are wider than what runs (`table/index/*`, `kms:GenerateDataKey*`,
 * PassRole to any service). A key is used through one service only, never by itself.
 */

const allow = (sid: string, actions: string[], resources: string[], conditions?: Record<string, unknown>) =>
  new PolicyStatement({
    sid,
    effect: Effect.ALLOW,
    actions,
    resources,
    ...(conditions === undefined ? {} : { conditions }),
  });

const through = (scope: Construct, service: string) => ({
  StringEquals: { 'kms:ViaService': `${service}.${Stack.of(scope).region}.amazonaws.com` },
});

export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem';

export function tableStatements(
  scope: Construct,
  table: { readonly tableArn: string },
  key: IKey,
  actions: readonly TableAction[],
): PolicyStatement[] {
  const writes = actions.some((action) => action === 'PutItem' || action === 'UpdateItem');
  const keyActions = writes ? ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'];
  return [
    allow(
      'Table',
      actions.map((action) => `dynamodb:${action}`),
      [table.tableArn],
    ),
    allow('TableKey', keyActions, [key.keyArn], through(scope, 'dynamodb')),
  ];
}

export function indexStatement(table: { readonly tableArn: string }, indexName: string): PolicyStatement {
  return allow('Index', ['dynamodb:Query'], [`${table.tableArn}/index/${indexName}`]);
}

export function streamStatements(scope: Construct, streamArn: string, key: IKey): PolicyStatement[] {
  const actions = ['GetRecords', 'GetShardIterator', 'DescribeStream'].map((action) => `dynamodb:${action}`);
  return [
    allow('Stream', actions, [streamArn]),
    allow('StreamKey', ['kms:Decrypt'], [key.keyArn], through(scope, 'dynamodb')),
  ];
}

export function queueSendStatements(
  scope: Construct,
  queues: readonly IQueue[],
  key: IKey,
): PolicyStatement[] {
  return [
    allow(
      'SendToQueues',
      ['sqs:SendMessage'],
      queues.map((queue) => queue.queueArn),
    ),
    allow('SendKey', ['kms:GenerateDataKey', 'kms:Decrypt'], [key.keyArn], through(scope, 'sqs')),
  ];
}

export function queueReceiveStatements(scope: Construct, queue: IQueue, key: IKey): PolicyStatement[] {
  const actions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) => `sqs:${action}`);
  return [
    allow('ReceiveFromQueue', actions, [queue.queueArn]),
    allow('ReceiveKey', ['kms:Decrypt'], [key.keyArn], through(scope, 'sqs')),
  ];
}

export function secretStatements(
  scope: Construct,
  secret: { readonly secretArn: string },
  key: IKey,
): PolicyStatement[] {
  return [
    allow('Secret', ['secretsmanager:GetSecretValue'], [secret.secretArn]),
    allow('SecretKey', ['kms:Decrypt'], [key.keyArn], through(scope, 'secretsmanager')),
  ];
}

export function scheduleStatements(
  scheduleArns: string,
  schedulerRoleArn: string,
  actions: readonly ('CreateSchedule' | 'DeleteSchedule')[],
): PolicyStatement[] {
  const passRole = allow('HandSchedulerItsRole', ['iam:PassRole'], [schedulerRoleArn], {
    StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
  });
  const schedules = allow(
    'Schedules',
    actions.map((action) => `scheduler:${action}`),
    [scheduleArns],
  );
  return actions.includes('CreateSchedule') ? [schedules, passRole] : [schedules];
}
