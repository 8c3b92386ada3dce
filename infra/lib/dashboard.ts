import { Dashboard, GraphWidget, type IMetric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { domainMetric } from './alarms.ts';
import type { ServiceFunction } from './service-function.ts';
import type { DeploymentSettings } from './settings.ts';

/** One page that answers: is everybody getting their texts, is anybody waiting, is anything broken. */
export function createDashboard(
  scope: Construct,
  props: {
    readonly settings: DeploymentSettings;
    readonly functions: readonly ServiceFunction[];
    readonly queues: readonly IQueue[];
    readonly deadLetters: readonly IQueue[];
  },
): Dashboard {
  const { settings } = props;
  const sums = (...names: string[]): IMetric[] => names.map((name) => domainMetric(settings, name));
  const graph = (title: string, left: IMetric[], width = 12) =>
    new GraphWidget({ title, left, width, height: 6 });
  const dashboard = new Dashboard(scope, 'Dashboard', { dashboardName: `aftercare-${settings.stage}` });
  dashboard.addWidgets(
    new TextWidget({
      markdown: `# Aftercare ${settings.stage}\nAlarms and what to do: ${settings.runbookUrl}`,
      width: 24,
      height: 2,
    }),
  );
  dashboard.addWidgets(
    graph(
      'Sessions',
      sums('sessions_accepted', 'sessions_amended', 'sessions_cancelled', 'intake_conflicts'),
    ),
    graph('Reminders', sums('reminders_due', 'reminders_overdue', 'schedules_not_created')),
  );
  dashboard.addWidgets(
    graph('Due to accepted (seconds)', [
      domainMetric(settings, 'due_to_accepted_seconds', { statistic: 'p50' }),
      domainMetric(settings, 'due_to_accepted_seconds', { statistic: 'p99' }),
    ]),
    graph('Unknown outcomes: age (seconds)', [
      domainMetric(settings, 'unknown_age_seconds', { statistic: 'Maximum' }),
    ]),
  );
  dashboard.addWidgets(
    graph(
      'Texts from patients',
      sums('texts_read', 'texts_answered', 'inbound_recovered', 'inbound_fallback_used'),
    ),
    graph(
      'Alerts',
      sums('alert_rungs', 'alerts_past_last_rung', 'alerts_nobody_to_page', 'staff_unreachable'),
    ),
  );
  dashboard.addWidgets(
    graph('Clinic webhooks', sums('events_enqueued', 'webhooks_given_up', 'webhook_endpoints_dead')),
    graph('Heartbeat', sums('sweep_runs', 'sweep_repaired', 'sweep_failed', 'reconcile_runs')),
  );
  dashboard.addWidgets(
    graph(
      'Waiting in queues: age (seconds)',
      props.queues.map((queue) => queue.metricApproximateAgeOfOldestMessage()),
    ),
    graph(
      'Dead letters',
      props.deadLetters.map((queue) => queue.metricApproximateNumberOfMessagesVisible()),
    ),
  );
  dashboard.addWidgets(
    graph(
      'Function errors',
      props.functions.map((service) => service.function.metricErrors()),
    ),
    graph(
      'Function duration (p99)',
      props.functions.map((service) => service.function.metricDuration({ statistic: 'p99' })),
    ),
  );
  return dashboard;
}
