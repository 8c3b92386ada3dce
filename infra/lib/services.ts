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
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type AbilityProps, abilitiesOf, environmentsOf } from './abilities.ts';
import { ServiceFunction } from './service-function.ts';
import { indexStatement, streamStatements } from './statements.ts';

type ServiceOptions = {
  /** Reserved concurrency in prod. */
  readonly reserved?: number;
  readonly deadLetters?: Queue;
};

/** Every function with what it is told, what it may do, and whom its failure hurts. */
export class Services extends Construct {
  readonly all: ServiceFunction[] = [];
  readonly intake: ServiceFunction;
  readonly staffApi: ServiceFunction;
  readonly sendReminder: ServiceFunction;
  readonly deliveryStatus: ServiceFunction;
  readonly inboundMessage: ServiceFunction;
  readonly processInbound: ServiceFunction;
  readonly alertRung: ServiceFunction;
  readonly publishEvents: ServiceFunction;
  readonly deliverWebhook: ServiceFunction;
  readonly sweep: ServiceFunction;
  readonly reconcile: ServiceFunction;
  readonly testPages: ServiceFunction;
  readonly inboundFallback: ServiceFunction;
  readonly inboundReplay: ServiceFunction;
  private readonly props: AbilityProps;

  constructor(scope: Construct, id: string, props: AbilityProps & { readonly streamArn: string }) {
    super(scope, id);
    this.props = props;
    const { data, queues } = props;
    const env = environmentsOf(props);
    const may = abilitiesOf(this, props);
    const reminders = queues.reminders.queue;
    const inbound = queues.inbound.queue;
    const alerts = queues.alerts.queue;
    const webhooks = queues.webhooks.queue;
    const fallback = queues.fallback.queue;
    const clockwork = { deadLetters: queues.clockworkLetters };

    this.intake = this.service(
      'intake',
      { ...env.core, ...env.scheduling, ...env.reminders, ...env.mode } satisfies Intake,
      [
        ...may.table('GetItem', 'Query', 'PutItem', 'UpdateItem'),
        ...may.secret(),
        ...may.send(reminders),
        ...may.schedule('CreateSchedule', 'DeleteSchedule'),
      ],
      'Clinics cannot post, change or cancel sessions; new patients get no texts until it works again.',
    );
    this.staffApi = this.service(
      'staff-api',
      { ...env.core, ...env.scheduling, ...env.alerts, ...env.carrier } satisfies StaffApi,
      [...may.rows(), ...may.secret(), ...may.schedule('CreateSchedule', 'DeleteSchedule')],
      'Staff cannot read or take alerts in the clinic’s software; paging by SMS goes on.',
    );
    this.sendReminder = this.service(
      'send-reminder',
      { ...env.core, ...env.carrier } satisfies SendReminder,
      [...may.rows('BatchGetItem'), ...may.secret(), ...may.receive(reminders)],
      'Patients do not get today’s aftercare text; each is tried again until its window closes.',
    );
    this.deliveryStatus = this.service(
      'delivery-status',
      {
        ...env.core,
        ...env.scheduling,
        ...env.reminders,
        ...env.alerts,
        ...env.carrier,
      } satisfies DeliveryStatus,
      [
        ...may.rows('BatchGetItem'),
        ...may.secret(),
        ...may.send(reminders, alerts),
        ...may.schedule('CreateSchedule'),
      ],
      'Nobody learns which texts arrived; an undelivered page moves to the next person late.',
    );
    this.inboundMessage = this.service(
      'inbound-message',
      { ...env.core, ...env.inbound, ...env.url } satisfies InboundMessage,
      [...may.table('GetItem', 'PutItem'), ...may.secret(), ...may.send(inbound)],
      'Patients’ texts, severe symptoms included, are only caught by the fallback and answered late.',
      { reserved: 20 },
    );
    this.processInbound = this.service(
      'process-inbound',
      {
        ...env.core,
        ...env.scheduling,
        ...env.alerts,
        ...env.carrier,
      } satisfies ProcessInbound,
      [
        ...may.rows(),
        ...may.secret(),
        ...may.receive(inbound),
        ...may.send(alerts),
        ...may.schedule('CreateSchedule', 'DeleteSchedule'),
      ],
      'Patients who text get no answer and nobody is paged about a severe symptom.',
      { reserved: 20 },
    );
    this.alertRung = this.service(
      'alert-rung',
      { ...env.core, ...env.scheduling, ...env.alerts, ...env.carrier } satisfies AlertRung,
      [
        ...may.rows(),
        ...may.secret(),
        ...may.receive(alerts),
        ...may.send(alerts),
        ...may.schedule('CreateSchedule'),
      ],
      'An alert that the first person missed does not reach the next one.',
      { reserved: 10 },
    );
    this.publishEvents = this.service(
      'publish-events',
      { ...env.stage, ...env.events } satisfies PublishEvents,
      [...streamStatements(this, props.streamArn, data.key), ...may.send(webhooks, queues.eventLetters)],
      'Clinics’ software hears of nothing: neither sent texts nor alerts.',
    );
    this.deliverWebhook = this.service(
      'deliver-webhook',
      { ...env.core, ...env.scheduling, ...env.webhooks, ...env.mode } satisfies DeliverWebhook,
      [
        ...may.table('GetItem', 'PutItem', 'UpdateItem'),
        ...may.secret(),
        ...may.receive(webhooks),
        ...may.send(webhooks),
        ...may.schedule('CreateSchedule'),
      ],
      'Clinics’ software hears of events late or not at all; patients are not affected.',
    );
    this.sweep = this.service(
      'sweep',
      {
        ...env.core,
        ...env.scheduling,
        ...env.reminders,
        ...env.inbound,
        ...env.alerts,
        ...env.carrier,
      } satisfies Sweep,
      [
        ...may.rows('BatchGetItem', 'DeleteItem'),
        indexStatement(data.table, tableDefinition.workIndex.name),
        ...may.secret(),
        ...may.send(reminders, inbound, alerts, queues.clockworkLetters),
        ...may.schedule('CreateSchedule'),
      ],
      'What is stuck stays stuck: texts with an unknown outcome, alerts whose next page was lost.',
      clockwork,
    );
    this.reconcile = this.service(
      'reconcile',
      { ...env.core, ...env.inbound, ...env.carrier } satisfies Reconcile,
      [
        ...may.table('GetItem', 'Query', 'PutItem'),
        ...may.secret(),
        ...may.send(inbound, queues.clockworkLetters),
      ],
      'A patient’s text that no webhook brought is not found the next day.',
      clockwork,
    );
    this.testPages = this.service(
      'test-pages',
      { ...env.core, ...env.scheduling, ...env.alerts, ...env.carrier } satisfies TestPages,
      [
        ...may.table('GetItem', 'Query', 'PutItem', 'UpdateItem'),
        ...may.secret(),
        ...may.send(queues.clockworkLetters),
      ],
      'A dead staff phone is found only when an alert needs it.',
      clockwork,
    );
    this.inboundFallback = this.service(
      'inbound-fallback',
      { ...env.stage, ...env.fallback } satisfies InboundFallback,
      may.send(fallback),
      'The last catch for patients’ texts is gone: while the main entrance fails, they are a day late.',
      { reserved: 5 },
    );
    this.inboundReplay = this.service(
      'inbound-replay',
      { ...env.core, ...env.inbound, ...env.url } satisfies InboundReplay,
      [...may.table('GetItem', 'PutItem'), ...may.secret(), ...may.receive(fallback), ...may.send(inbound)],
      'Patients’ texts caught by the fallback wait unread in its queue.',
    );
  }

  private service(
    name: string,
    environment: { readonly [name: string]: string },
    statements: readonly PolicyStatement[],
    failureImpact: string,
    options: ServiceOptions = {},
  ): ServiceFunction {
    const { settings, key, schedules } = this.props;
    const usesSchedules = statements.some((statement) => statement.sid === 'Schedules');
    const created = new ServiceFunction(this, name, {
      name,
      stage: settings.stage,
      logKey: key,
      tracing: settings.tracing,
      environment,
      statements,
      failureImpact,
      reservedConcurrency: settings.reserveConcurrency ? options.reserved : undefined,
      ...(usesSchedules ? { scheduleArns: schedules.scheduleArns } : {}),
      ...(options.deadLetters === undefined ? {} : { deadLetters: options.deadLetters }),
    });
    this.all.push(created);
    return created;
  }
}
