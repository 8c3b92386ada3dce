import { tableDefinition } from '@aftercare/adapters/dynamodb/table-definition';
import type { Environment as AlertRung } from '@aftercare/functions/alert-rung/env';
import type { Environment as DeliverWebhook } from '@aftercare/functions/deliver-webhook/env';
import type { Environment as DeliveryStatus } from '@aftercare/functions/delivery-status/env';
import type { Environment as InboundFallback } from '@aftercare/functions/inbound-fallback/env';
import type { Environment as InboundMessage } from '@aftercare/functions/inbound-message/env';
import type { Environment as InboundReplay } from '@aftercare/functions/inbound-replay/env';
import type { Environment as Intake } from '@aftercare/functions/intake/env';
import type { Environment as ProcessInbound } from '@aftercare/functions/process-inbound/env';
import type { Environment as PublishEvents } from '@aftercare/functions/publish-events/env';
import type { Environment as Reconcile } from '@aftercare/functions/reconcile/env';
import type { Environment as SendReminder } from '@aftercare/functions/send-reminder/env';
import type { Environment as StaffApi } from '@aftercare/functions/staff-api/env';
import type { Environment as Sweep } from '@aftercare/functions/sweep/env';
import type { Environment as TestPages } from '@aftercare/functions/test-pages/env';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ServicePrincipal, PolicyStatement as Statement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { Alarms } from './alarms.ts';
import { createDashboard } from './dashboard.ts';
import type { DataStack } from './data-stack.ts';
import { addDomainAlarms } from './domain-alarms.ts';
import { createQueue, DurableQueue } from './durable-queue.ts';
import { HttpFront } from './http-front.ts';
import { addOperationalAlarms } from './operational-alarms.ts';
import { ClockworkSchedules, PatientSchedules } from './scheduling.ts';
import { ServiceFunction } from './service-function.ts';
import type { DeploymentSettings } from './settings.ts';
import {
  indexStatement,
  queueReceiveStatements,
  queueSendStatements,
  scheduleStatements,
  secretStatements,
  streamStatements,
  type TableAction,
  tableStatements,
} from './statements.ts';

/** Everything that can be thrown away and deployed again: queues, schedules, functions, the HTTP API, alarms. */
export class AppStack extends Stack {
  readonly functions: readonly ServiceFunction[];

  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { readonly settings: DeploymentSettings; readonly data: DataStack },
  ) {
    super(scope, id, props);
    const { settings, data } = props;
    const { stage } = settings;
    const nameOf = (name: string): string => `aftercare-${stage}-${name}`;

    const key = new Key(this, 'AppKey', {
      description: `Aftercare ${stage}: queues, logs and alarms`,
      alias: nameOf('app'),
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
    });
    key.addToResourcePolicy(
      new Statement({
        sid: 'LogsOfThisDeployment',
        principals: [new ServicePrincipal(`logs.${this.region}.amazonaws.com`)],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:DescribeKey',
        ],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:${this.partition}:logs:${this.region}:${this.account}:log-group:*`,
          },
        },
      }),
    );

    const durable = (name: string): DurableQueue =>
      new DurableQueue(this, `queue-${name}`, { name: nameOf(name), key });
    const reminders = durable('reminders-due');
    const inbound = durable('inbound-received');
    const alerts = durable('alerts-due');
    const webhooks = durable('webhooks-due');
    const fallback = durable('inbound-fallback');
    const schedulerLetters = createQueue(this, 'SchedulerDeadLetters', {
      name: nameOf('scheduler-dlq'),
      key,
    });
    const eventLetters = createQueue(this, 'EventDeadLetters', { name: nameOf('events-dlq'), key });
    const clockworkLetters = createQueue(this, 'ClockworkDeadLetters', {
      name: nameOf('clockwork-dlq'),
      key,
    });
    for (const letters of [schedulerLetters, eventLetters, clockworkLetters]) {
      acknowledge(letters, 'It is a dead-letter queue itself, of something that is not a queue.', [
        'AwsSolutions-SQS3',
        'Serverless-SQSRedrivePolicy',
      ]);
    }
    for (const letters of [reminders, inbound, alerts, webhooks, fallback]) {
      acknowledge(
        letters.deadLetters,
        'It is the dead-letter queue: an alarm watches it and a person redrives it.',
        ['Serverless-SQSRedrivePolicy'],
      );
    }

    const schedules = new PatientSchedules(this, 'Schedules', {
      groupName: nameOf('patients'),
      queues: [reminders.queue, alerts.queue, webhooks.queue],
      deadLetters: schedulerLetters,
      key,
    });
    const front = new HttpFront(this, 'Front', { name: nameOf('api') });
    const publicBaseUrl = settings.publicBaseUrl ?? front.url;

    // What several functions are told, and may do.
    const core = { STAGE: stage, TABLE_NAME: data.table.tableName, SECRET_ID: data.secret.secretArn };
    const scheduling = {
      SCHEDULE_GROUP: schedules.groupName,
      SCHEDULER_ROLE_ARN: schedules.role.roleArn,
      SCHEDULER_DLQ_ARN: schedulerLetters.queueArn,
    };
    const carrier = {
      CARRIER: 'live' as const,
      PUBLIC_BASE_URL: publicBaseUrl,
      ...(settings.liveAllowedNumbers === undefined
        ? {}
        : { LIVE_ALLOWED_NUMBERS: settings.liveAllowedNumbers }),
    };
    const queueOf = {
      reminders: {
        QUEUE_URL_REMINDERS_DUE: reminders.queue.queueUrl,
        QUEUE_ARN_REMINDERS_DUE: reminders.queue.queueArn,
      },
      alerts: { QUEUE_URL_ALERTS_DUE: alerts.queue.queueUrl, QUEUE_ARN_ALERTS_DUE: alerts.queue.queueArn },
      webhooks: {
        QUEUE_URL_WEBHOOKS_DUE: webhooks.queue.queueUrl,
        QUEUE_ARN_WEBHOOKS_DUE: webhooks.queue.queueArn,
      },
      inbound: { QUEUE_URL_INBOUND_RECEIVED: inbound.queue.queueUrl },
    };
    const table = (...actions: TableAction[]): PolicyStatement[] =>
      tableStatements(this, data.table, data.key, actions);
    const everyWrite = ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'] as const;
    const secret = secretStatements(this, data.secret, data.key);
    const send = (...queues: Queue[]): PolicyStatement[] => queueSendStatements(this, queues, key);
    const receive = (queue: Queue): PolicyStatement[] => queueReceiveStatements(this, queue, key);
    const schedule = (...actions: ('CreateSchedule' | 'DeleteSchedule')[]): PolicyStatement[] =>
      scheduleStatements(schedules.scheduleArns, schedules.role.roleArn, actions);

    const services: ServiceFunction[] = [];
    const service = (
      name: string,
      environment: { readonly [name: string]: string },
      statements: readonly PolicyStatement[],
      failureImpact: string,
      options: { readonly reserved?: number; readonly deadLetters?: Queue } = {},
    ): ServiceFunction => {
      const reserved = settings.reserveConcurrency ? options.reserved : undefined;
      const created = new ServiceFunction(this, `function-${name}`, {
        name,
        stage,
        logKey: key,
        environment,
        statements,
        failureImpact,
        reservedConcurrency: reserved,
        ...(statements.some((statement) => statement.sid === 'Schedules')
          ? { scheduleArns: schedules.scheduleArns }
          : {}),
        ...(options.deadLetters === undefined ? {} : { deadLetters: options.deadLetters }),
      });
      services.push(created);
      return created;
    };

    const intake = service(
      'intake',
      { ...core, ...scheduling, ...queueOf.reminders, CARRIER: carrier.CARRIER } satisfies Intake,
      [
        ...table(...everyWrite),
        ...secret,
        ...send(reminders.queue),
        ...schedule('CreateSchedule', 'DeleteSchedule'),
      ],
      'Clinics cannot post, change or cancel sessions; new patients get no texts until it works again.',
    );
    const staffApi = service(
      'staff-api',
      { ...core, ...scheduling, ...queueOf.alerts, ...carrier } satisfies StaffApi,
      [
        ...table(...everyWrite),
        ...secret,
        ...send(alerts.queue),
        ...schedule('CreateSchedule', 'DeleteSchedule'),
      ],
      'Staff cannot read or take alerts in the clinic’s software; paging by SMS goes on.',
    );
    const sendReminder = service(
      'send-reminder',
      { ...core, ...carrier } satisfies SendReminder,
      [...table(...everyWrite), ...secret, ...receive(reminders.queue)],
      'Patients do not get today’s aftercare text; each is tried again until its window closes.',
    );
    const deliveryStatus = service(
      'delivery-status',
      {
        ...core,
        ...scheduling,
        ...queueOf.reminders,
        ...queueOf.alerts,
        ...carrier,
      } satisfies DeliveryStatus,
      [
        ...table(...everyWrite),
        ...secret,
        ...send(reminders.queue, alerts.queue),
        ...schedule('CreateSchedule'),
      ],
      'Nobody learns which texts arrived; an undelivered page moves to the next person late.',
    );
    const inboundMessage = service(
      'inbound-message',
      { ...core, ...queueOf.inbound, PUBLIC_BASE_URL: publicBaseUrl } satisfies InboundMessage,
      [...table('GetItem', 'PutItem'), ...secret, ...send(inbound.queue)],
      'Patients’ texts, severe symptoms included, are only caught by the fallback and answered late.',
      { reserved: 20 },
    );
    const processInbound = service(
      'process-inbound',
      {
        ...core,
        ...scheduling,
        ...queueOf.reminders,
        ...queueOf.alerts,
        ...carrier,
      } satisfies ProcessInbound,
      [
        ...table(...everyWrite),
        ...secret,
        ...receive(inbound.queue),
        ...send(reminders.queue, alerts.queue),
        ...schedule('CreateSchedule', 'DeleteSchedule'),
      ],
      'Patients who text get no answer and nobody is paged about a severe symptom.',
      { reserved: 20 },
    );
    const alertRung = service(
      'alert-rung',
      { ...core, ...scheduling, ...queueOf.alerts, ...carrier } satisfies AlertRung,
      [
        ...table(...everyWrite),
        ...secret,
        ...receive(alerts.queue),
        ...send(alerts.queue),
        ...schedule('CreateSchedule', 'DeleteSchedule'),
      ],
      'An alert that the first person missed does not reach the next one.',
      { reserved: 10 },
    );
    const publishEvents = service(
      'publish-events',
      { STAGE: stage, QUEUE_URL_WEBHOOKS_DUE: webhooks.queue.queueUrl } satisfies PublishEvents,
      [
        ...streamStatements(this, data.table.tableStreamArn ?? '', data.key),
        ...send(webhooks.queue, eventLetters),
      ],
      'Clinics’ software hears of nothing: neither sent texts nor alerts.',
    );
    const deliverWebhook = service(
      'deliver-webhook',
      { ...core, ...scheduling, ...queueOf.webhooks, CARRIER: carrier.CARRIER } satisfies DeliverWebhook,
      [
        ...table('GetItem', 'PutItem'),
        ...secret,
        ...receive(webhooks.queue),
        ...send(webhooks.queue),
        ...schedule('CreateSchedule'),
      ],
      'Clinics’ software hears of events late or not at all; patients are not affected.',
    );
    const sweep = service(
      'sweep',
      {
        ...core,
        ...scheduling,
        ...queueOf.reminders,
        ...queueOf.inbound,
        ...queueOf.alerts,
        ...carrier,
      } satisfies Sweep,
      [
        ...table(...everyWrite),
        indexStatement(data.table, tableDefinition.workIndex.name),
        ...secret,
        ...send(reminders.queue, inbound.queue, alerts.queue, clockworkLetters),
        ...schedule('CreateSchedule', 'DeleteSchedule'),
      ],
      'What is stuck stays stuck: texts with an unknown outcome, alerts whose next page was lost.',
      { deadLetters: clockworkLetters },
    );
    const reconcile = service(
      'reconcile',
      { ...core, ...queueOf.inbound, ...carrier } satisfies Reconcile,
      [...table('GetItem', 'Query', 'PutItem'), ...secret, ...send(inbound.queue, clockworkLetters)],
      'A patient’s text that no webhook brought is not found the next day.',
      { deadLetters: clockworkLetters },
    );
    const testPages = service(
      'test-pages',
      { ...core, ...scheduling, ...queueOf.alerts, ...carrier } satisfies TestPages,
      [
        ...table(...everyWrite),
        ...secret,
        ...send(alerts.queue, clockworkLetters),
        ...schedule('CreateSchedule'),
      ],
      'A dead staff phone is found only when an alert needs it.',
      { deadLetters: clockworkLetters },
    );
    const inboundFallback = service(
      'inbound-fallback',
      { STAGE: stage, QUEUE_URL_INBOUND_FALLBACK: fallback.queue.queueUrl } satisfies InboundFallback,
      send(fallback.queue),
      'The last catch for patients’ texts is gone: while the main entrance fails, they are lost until the next day.',
      { reserved: 5 },
    );
    const inboundReplay = service(
      'inbound-replay',
      { ...core, ...queueOf.inbound, PUBLIC_BASE_URL: publicBaseUrl } satisfies InboundReplay,
      [...table('GetItem', 'PutItem'), ...secret, ...receive(fallback.queue), ...send(inbound.queue)],
      'Patients’ texts caught by the fallback wait unread in its queue.',
    );
    this.functions = services;

    const consume = (
      consumer: ServiceFunction,
      queue: Queue,
      batchSize: number,
      maxConcurrency: number,
    ): void => {
      const mapping = new EventSourceMapping(consumer, 'Messages', {
        target: consumer.function,
        eventSourceArn: queue.queueArn,
        batchSize,
        maxConcurrency,
        reportBatchItemFailures: true,
      });
      acknowledge(
        mapping,
        'A failure destination exists for streams only; what a queue’s consumer cannot handle goes to its DLQ.',
        ['Serverless-LambdaEventSourceMappingDestination'],
      );
    };
    // One send each within 15 s; the concurrency is the valve in front of Twilio's own queue (reference aws 6).
    consume(sendReminder, reminders.queue, 1, 10);
    consume(processInbound, inbound.queue, 1, 20);
    consume(alertRung, alerts.queue, 1, 10);
    consume(deliverWebhook, webhooks.queue, 1, 10);
    consume(inboundReplay, fallback.queue, 5, 2);
    const changes = new EventSourceMapping(publishEvents, 'Changes', {
      target: publishEvents.function,
      ...(data.table.tableStreamArn === undefined ? {} : { eventSourceArn: data.table.tableStreamArn }),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      retryAttempts: 20,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(eventLetters),
    });
    changes.node.addDependency(publishEvents.functionRole);

    const clinics = { rate: 50, burst: 100 };
    const carrierCalls = { rate: 100, burst: 300 };
    const signed =
      'Every call carries an HMAC signature over its own content that the function checks first.';
    const byTwilio =
      'Twilio signs every call (X-Twilio-Signature); the function checks it before reading anything.';
    front.serve(
      'intake',
      intake.function,
      [
        { path: '/v1/clinics/{clinicId}/sessions', throttle: clinics },
        { path: '/v1/clinics/{clinicId}/sessions/{sessionId}', throttle: clinics },
        { path: '/health', throttle: { rate: 5, burst: 10 } },
        { path: '$default', throttle: { rate: 5, burst: 10 } },
      ],
      signed,
    );
    front.serve(
      'staff-api',
      staffApi.function,
      [{ path: '/v1/clinics/{clinicId}/{proxy+}', throttle: clinics }],
      signed,
    );
    front.serve(
      'delivery-status',
      deliveryStatus.function,
      [{ path: '/twilio/status', throttle: carrierCalls }],
      byTwilio,
    );
    front.serve(
      'inbound-message',
      inboundMessage.function,
      [{ path: '/twilio/inbound', throttle: carrierCalls }],
      byTwilio,
    );
    front.serve(
      'inbound-fallback',
      inboundFallback.function,
      [{ path: '/twilio/inbound-fallback', throttle: { rate: 20, burst: 100 } }],
      `${byTwilio} The fallback only stores the call with its signature; the replay checks it.`,
    );
    front.deploy({ stage, logKey: key, throttle: { rate: 100, burst: 200 } });

    new ClockworkSchedules(this, 'Clockwork', {
      groupName: nameOf('clockwork'),
      deadLetters: clockworkLetters,
      key,
      schedules: [
        { name: nameOf('sweep'), rate: 'rate(5 minutes)', target: sweep.function },
        { name: nameOf('test-pages'), rate: 'rate(1 hour)', target: testPages.function },
        { name: nameOf('reconcile'), rate: 'rate(1 day)', target: reconcile.function },
      ],
    });

    const alarms = new Alarms(this, 'Alarms', { key, settings });
    const work = { reminders, inbound, alerts, webhooks, fallback };
    const letters = [
      ...Object.values(work).map((pair) => pair.deadLetters),
      schedulerLetters,
      eventLetters,
      clockworkLetters,
    ];
    addOperationalAlarms(alarms, { services, work, letters, api: front.api });
    addDomainAlarms(alarms, settings);
    createDashboard(this, {
      settings,
      functions: services,
      queues: Object.values(work).map((pair) => pair.queue),
      deadLetters: letters,
    });

    new CfnOutput(this, 'ApiUrl', { value: front.url, description: 'Base of the clinics’ API' });
    new CfnOutput(this, 'TwilioInboundUrl', {
      value: `${publicBaseUrl}/twilio/inbound#rc=3&rp=all&rt=4000`,
      description: 'At Twilio: "A message comes in"',
    });
    new CfnOutput(this, 'TwilioFallbackUrl', {
      value: `${publicBaseUrl}/twilio/inbound-fallback`,
      description: 'At Twilio: "Primary handler fails"',
    });
    new CfnOutput(this, 'AlarmTopicArn', { value: alarms.topic.topicArn });
  }
}
