import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { DeploymentSettings } from './settings.ts';

export type AlarmFacts = {
  readonly metric: IMetric;
  /** Alarms at this value or above; with `missing: 'breaching'`, below it. */
  readonly threshold: number;
  readonly periods?: number;
  /** Silence is the failure: fewer than the threshold, or nothing at all, alarms. */
  readonly silenceAlarms?: boolean;
  /** Whom it hurts, and how: the first thing the person woken up reads. */
  readonly failureImpact: string;
  /** The heading in docs/runbook.md. */
  readonly runbookSection: string;
};

/** A business metric of this deployment, summed over five minutes unless told otherwise. */
export function domainMetric(
  settings: DeploymentSettings,
  metricName: string,
  options: {
    readonly statistic?: string;
    readonly minutes?: number;
    readonly dimensions?: Record<string, string>;
  } = {},
): Metric {
  return new Metric({
    namespace: `Aftercare/${settings.stage}`,
    metricName,
    dimensionsMap: { service: 'aftercare', ...options.dimensions },
    statistic: options.statistic ?? Stats.SUM,
    period: Duration.minutes(options.minutes ?? 5),
  });
}

/** All alarms of a deployment, told to one encrypted topic. */
export class Alarms extends Construct {
  readonly topic: Topic;
  private readonly settings: DeploymentSettings;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly key: Key; readonly settings: DeploymentSettings },
  ) {
    super(scope, id);
    this.settings = props.settings;
    this.topic = new Topic(this, 'Topic', {
      topicName: `aftercare-${props.settings.stage}-alarms`,
      masterKey: props.key,
      enforceSSL: true,
    });
    props.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsMayUseTheTopic',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    const { alarmEmail } = props.settings;
    if (alarmEmail === undefined) return;
    const subscription = this.topic.addSubscription(new EmailSubscription(alarmEmail));
    acknowledge(
      subscription,
      'SNS retries e-mail for hours; an alarm that is found later in a queue is on the dashboard already.',
      ['Serverless-SNSRedrivePolicy'],
    );
  }

  add(name: string, facts: AlarmFacts): Alarm {
    const alarm = new Alarm(this, name, {
      alarmName: `aftercare-${this.settings.stage}-${name}`,
      alarmDescription: `${facts.failureImpact} Runbook: ${this.settings.runbookUrl}#${facts.runbookSection}`,
      metric: facts.metric,
      threshold: facts.threshold,
      evaluationPeriods: facts.periods ?? 1,
      comparisonOperator:
        facts.silenceAlarms === true
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData:
        facts.silenceAlarms === true ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }
}
