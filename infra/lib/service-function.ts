import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge, wildcardFinding } from './acknowledge.ts';
import { bundledCode } from './bundling.ts';

export type ServiceFunctionProps = {
  /** The folder under functions/. */
  readonly name: string;
  readonly stage: string;
  readonly logKey: IKey;
  readonly environment: { readonly [name: string]: string };
  readonly statements: readonly PolicyStatement[];
  readonly tracing: boolean;
  /** Whom it hurts, and how, when this function fails. Shown in its alarm. */
  readonly failureImpact: string;
  readonly reservedConcurrency?: number | undefined;
  /** When it creates or deletes schedules: the ARN of all of their group. */
  readonly scheduleArns?: string;
  /** For functions that are invoked asynchronously; the others have a queue's or a caller's retry. */
  readonly deadLetters?: IQueue;
};

const traces = (): PolicyStatement =>
  new PolicyStatement({
    sid: 'Traces',
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    resources: ['*'],
  });

/**
 * One Lambda function with the house defaults: Node 24 on arm64, 15 s, its own role with hand-written
 * statements, its own log group with retention and key, X-Ray without an SDK
 * where a deployment wants it.
 */
export class ServiceFunction extends Construct {
  readonly function: LambdaFunction;
  readonly functionRole: Role;
  readonly props: ServiceFunctionProps;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    this.props = props;
    const functionName = `aftercare-${props.stage}-${props.name}`;
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.THREE_MONTHS,
      encryptionKey: props.logKey,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const policy = this.createPolicy(functionName, logGroup, props);
    this.functionRole = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [policy],
    });
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      code: bundledCode(props.name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.seconds(15),
      // Everything is in the policy above; CDK must not widen it.
      role: this.functionRole.withoutPolicyUpdates(),
      logGroup,
      tracing: props.tracing ? Tracing.ACTIVE : Tracing.PASS_THROUGH,
      // Lambda's own START, END and REPORT of every call are a quarter of all logs and say what its metrics
      // say. A call that times out or dies is still logged: those lines are WARN (docs/runbook.md).
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: { ...props.environment },
      ...(props.reservedConcurrency === undefined
        ? {}
        : { reservedConcurrentExecutions: props.reservedConcurrency }),
      ...(props.deadLetters === undefined ? {} : { deadLetterQueue: props.deadLetters }),
    });
    this.acknowledgeFunction(props);
  }

  private createPolicy(functionName: string, logGroup: LogGroup, props: ServiceFunctionProps): ManagedPolicy {
    const { partition, region, account } = Stack.of(this);
    const logGroupArn = `arn:${partition}:logs:${region}:${account}:log-group:/aws/lambda/${functionName}`;
    const streams = `${logGroupArn}:log-stream:*`;
    const policy = new ManagedPolicy(this, 'Policy', {
      description: `What ${functionName} may do`,
      statements: [
        new PolicyStatement({
          sid: 'OwnLogs',
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [streams],
        }),
        ...(props.tracing ? [traces()] : []),
        ...props.statements,
      ],
    });
    policy.node.addDependency(logGroup);
    acknowledge(policy, 'Lambda names its log streams itself; the log group is this function’s own.', [
      wildcardFinding(this, streams),
    ]);
    if (props.tracing) {
      acknowledge(
        policy,
        'X-Ray knows no resources: its two actions for sending only exist for all of them.',
        ['AwsSolutions-IAM5[Resource::*]'],
      );
    }
    if (props.scheduleArns !== undefined) {
      acknowledge(
        policy,
        'Schedules are named by session, revision and day at run time; the group holds nothing else.',
        [wildcardFinding(this, props.scheduleArns)],
      );
    }
    return policy;
  }

  private acknowledgeFunction(props: ServiceFunctionProps): void {
    acknowledge(
      this.function,
      'It reaches AWS services and Twilio over TLS and nothing inside a VPC; a VPC would add ' +
        'a NAT gateway as a point of failure between a patient’s emergency and a nurse.',
      ['HIPAA.Security-LambdaInsideVPC'],
    );
    if (props.reservedConcurrency === undefined) {
      acknowledge(
        this.function,
        'Reserved where it protects, in prod, after the account’s limit was checked (docs/deploy.md). ' +
          'Elsewhere the valve is the event source’s maximum concurrency or the route throttle.',
        ['HIPAA.Security-LambdaConcurrency'],
      );
    }
    if (!props.tracing) {
      acknowledge(
        this.function,
        'Switched off by this deployment, where a trace of one call in twenty costs more than it tells; ' +
          'every line has its request id, and docs/runbook.md follows one text by them.',
        ['Serverless-LambdaTracing'],
      );
    }
    if (props.deadLetters === undefined) {
      acknowledge(
        this.function,
        'It is never invoked asynchronously: failures go back to the queue and its dead-letter queue, ' +
          'to the stream and its failure queue, or to the HTTP caller, who retries.',
        ['HIPAA.Security-LambdaDLQ', 'Serverless-LambdaDLQ'],
      );
    }
  }
}
