import { Stack } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/**
 * A group's role may be taken on by that group's schedules only (AWS, "confused deputy prevention" of
 * Scheduler).
 */
function schedulerRole(scope: Construct, id: string, groupName: string, policy: ManagedPolicy): Role {
  const { account } = Stack.of(scope);
  const principal = new ServicePrincipal('scheduler.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': groupArn(scope, groupName) },
    },
  });
  return new Role(scope, id, { assumedBy: principal, managedPolicies: [policy] });
}

function groupArn(scope: Construct, groupName: string): string {
  return Stack.of(scope).formatArn({
    service: 'scheduler',
    resource: 'schedule-group',
    resourceName: groupName,
  });
}

/**
 * Where the one-time schedules of patients and alerts live, and the role with which they reach their queues.
 */
export class PatientSchedules extends Construct {
  readonly groupName: string;
  readonly role: Role;
  /** Every schedule of the group. */
  readonly scheduleArns: string;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly groupName: string;
      readonly queues: readonly IQueue[];
      readonly deadLetters: IQueue;
      readonly key: IKey;
    },
  ) {
    super(scope, id);
    const group = new CfnScheduleGroup(this, 'Group', { name: props.groupName });
    this.groupName = props.groupName;
    const stack = Stack.of(this);
    this.scheduleArns = stack.formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${props.groupName}/*`,
    });
    const policy = new ManagedPolicy(this, 'Policy', {
      description: 'What the schedules of patients and alerts may do',
      statements: [
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['sqs:SendMessage'],
          resources: [...props.queues, props.deadLetters].map((queue) => queue.queueArn),
        }),
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
          resources: [props.key.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': `sqs.${stack.region}.amazonaws.com` } },
        }),
      ],
    });
    this.role = schedulerRole(this, 'Role', props.groupName, policy);
    this.role.node.addDependency(group);
  }
}

export type Clockwork = { readonly name: string; readonly rate: string; readonly target: IFunction };

/**
 * What runs by the clock: invokes functions, in a group of its own so that nothing a patient causes touches
 * it.
 */
export class ClockworkSchedules extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly groupName: string;
      readonly schedules: readonly Clockwork[];
      readonly deadLetters: IQueue;
      readonly key: IKey;
    },
  ) {
    super(scope, id);
    const group = new CfnScheduleGroup(this, 'Group', { name: props.groupName });
    const policy = new ManagedPolicy(this, 'Policy', {
      description: 'What the clockwork may do',
      statements: [
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['lambda:InvokeFunction'],
          resources: props.schedules.map(({ target }) => target.functionArn),
        }),
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['sqs:SendMessage'],
          resources: [props.deadLetters.queueArn],
        }),
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
          resources: [props.key.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': `sqs.${Stack.of(this).region}.amazonaws.com` } },
        }),
      ],
    });
    const role = schedulerRole(this, 'Role', props.groupName, policy);
    for (const { name, rate, target } of props.schedules) {
      const schedule = new CfnSchedule(this, name, {
        name,
        groupName: props.groupName,
        scheduleExpression: rate,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: target.functionArn,
          roleArn: role.roleArn,
          deadLetterConfig: { arn: props.deadLetters.queueArn },
          // A missed run is made up by the next one; two at once only cost.
          retryPolicy: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 2 },
        },
      });
      schedule.addResourceDependency(group);
    }
  }
}
