import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { createDashboard } from './dashboard.ts';
import type { DataStack } from './data-stack.ts';
import { addDomainAlarms } from './domain-alarms.ts';
import { connectQueues, connectRoutes, connectStream } from './event-sources.ts';
import { HttpFront } from './http-front.ts';
import { addOperationalAlarms } from './operational-alarms.ts';
import { ClockworkSchedules, PatientSchedules } from './scheduling.ts';
import type { ServiceFunction } from './service-function.ts';
import { Services } from './services.ts';
import type { DeploymentSettings } from './settings.ts';
import { addTableAlarms } from './table-alarms.ts';
import { WorkQueues } from './work-queues.ts';

/** What can be thrown away and deployed again: queues, schedules, functions, the HTTP API, alarms. */
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
    const key = this.createKey(stage);
    const queues = new WorkQueues(this, 'Queues', { stage, key });
    const schedules = new PatientSchedules(this, 'Schedules', {
      groupName: nameOf('patients'),
      queues: [queues.reminders.queue, queues.alerts.queue, queues.webhooks.queue],
      deadLetters: queues.schedulerLetters,
      key,
    });
    const front = new HttpFront(this, 'Front', { name: nameOf('api') });
    const publicBaseUrl = settings.publicBaseUrl ?? front.url;
    const streamArn = data.table.tableStreamArn ?? '';
    const services = new Services(this, 'Services', {
      settings,
      data,
      key,
      queues,
      schedules,
      publicBaseUrl,
      streamArn,
    });
    this.functions = services.all;

    connectQueues(services, queues, settings);
    connectStream(services, queues, streamArn);
    connectRoutes(front, services, settings);
    const deployed = front.deploy({ stage, logKey: key, throttle: { rate: 100, burst: 200 } });
    if (settings.certificateArn !== undefined) {
      const target = front.serveUnder(new URL(publicBaseUrl).host, settings.certificateArn, deployed);
      new CfnOutput(this, 'DomainTarget', { value: target, description: 'CNAME of your own host' });
    }
    new ClockworkSchedules(this, 'Clockwork', {
      groupName: nameOf('clockwork'),
      deadLetters: queues.clockworkLetters,
      key,
      schedules: [
        { name: nameOf('sweep'), rate: 'rate(5 minutes)', target: services.sweep.function },
        { name: nameOf('test-pages'), rate: 'rate(1 hour)', target: services.testPages.function },
        { name: nameOf('reconcile'), rate: 'cron(0 11 * * ? *)', target: services.reconcile.function },
      ],
    });

    const alarms = new Alarms(this, 'Alarms', { key, settings });
    addOperationalAlarms(alarms, { services: services.all, queues, api: front.api });
    addDomainAlarms(alarms, settings);
    addTableAlarms(alarms, data.table, settings);
    createDashboard(this, { settings, functions: services.all, queues, table: data.table });
    this.addOutputs(front.url, publicBaseUrl, alarms);
  }

  /** Not the key of patient data: log groups and queues come and go with this stack. */
  private createKey(stage: string): Key {
    const key = new Key(this, 'AppKey', {
      description: `Aftercare ${stage}: queues, logs and alarms`,
      alias: `aftercare-${stage}-app`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
    });
    const logGroups = `arn:${this.partition}:logs:${this.region}:${this.account}:log-group:*`;
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'LogsOfThisAccount',
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
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
      }),
    );
    return key;
  }

  /** What docs/deploy.md asks to copy. */
  private addOutputs(apiUrl: string, publicBaseUrl: string, alarms: Alarms): void {
    new CfnOutput(this, 'ApiUrl', { value: apiUrl, description: 'Base of the clinics’ API' });
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
