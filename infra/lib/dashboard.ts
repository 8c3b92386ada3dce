import { Dashboard, GraphWidget, type IMetric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { domainMetric } from './alarms.ts';
import type { ServiceFunction } from './service-function.ts';
import type { DeploymentSettings } from './settings.ts';
import { tableGraphs } from './table-alarms.ts';
import type { WorkQueues } from './work-queues.ts';

/** Counts that are read together, row by row. */
const counts: readonly (readonly [title: string, ...metrics: string[]])[] = [
  ['Sessions', 'sessions_accepted', 'sessions_amended', 'sessions_cancelled', 'intake_conflicts'],
  ['Reminders', 'reminders_due', 'reminders_overdue', 'schedules_not_created'],
  ['Texts from patients', 'texts_read', 'texts_answered', 'inbound_recovered', 'inbound_fallback_used'],
  ['Alerts', 'alert_rungs', 'alerts_past_last_rung', 'alerts_nobody_to_page', 'staff_unreachable'],
  ['Clinic webhooks', 'events_enqueued', 'webhooks_given_up', 'webhook_endpoints_dead'],
  ['Heartbeat', 'sweep_runs', 'sweep_repaired', 'sweep_failed', 'reconcile_runs'],
];

/** How long things took, by percentile or worst. */
const durations: readonly (readonly [title: string, metric: string, ...statistics: string[]])[] = [
  ['Due to accepted (seconds)', 'due_to_accepted_seconds', 'p50', 'p99'],
  ['Unknown outcomes: age (seconds)', 'unknown_age_seconds', 'Maximum'],
];

type DashboardProps = {
  readonly settings: DeploymentSettings;
  readonly functions: readonly ServiceFunction[];
  readonly queues: WorkQueues;
  readonly table: Table;
};

/** One page that answers: does everybody get their texts, is anybody waiting, is anything broken. */
export function createDashboard(scope: Construct, props: DashboardProps): Dashboard {
  const { settings } = props;
  const dashboard = new Dashboard(scope, 'Dashboard', { dashboardName: `aftercare-${settings.stage}` });
  const markdown = `# Aftercare ${settings.stage}\nAlarms and what to do: ${settings.runbookUrl}`;
  dashboard.addWidgets(new TextWidget({ markdown, width: 24, height: 2 }));
  const widgets = [...domainWidgets(settings), ...operationalWidgets(props), ...tableGraphs(props.table)];
  for (let row = 0; row < widgets.length; row += 2) dashboard.addWidgets(...widgets.slice(row, row + 2));
  return dashboard;
}

const graph = (title: string, left: IMetric[]): GraphWidget =>
  new GraphWidget({ title, left, width: 12, height: 6 });

function domainWidgets(settings: DeploymentSettings): GraphWidget[] {
  return [
    ...counts.map(([title, ...names]) =>
      graph(
        title,
        names.map((name) => domainMetric(settings, name)),
      ),
    ),
    ...durations.map(([title, name, ...statistics]) =>
      graph(
        title,
        statistics.map((statistic) => domainMetric(settings, name, { statistic })),
      ),
    ),
  ];
}

function operationalWidgets({ functions, queues }: DashboardProps): GraphWidget[] {
  const ages = queues.working.map((queue) => queue.metricApproximateAgeOfOldestMessage());
  const dead = queues.deadLetters.map((queue) => queue.metricApproximateNumberOfMessagesVisible());
  const p99 = { statistic: 'p99' };
  return [
    graph('Waiting in queues: age (seconds)', ages),
    graph('Dead letters', dead),
    graph(
      'Function errors',
      functions.map((service) => service.function.metricErrors()),
    ),
    graph(
      'Function duration (p99)',
      functions.map((service) => service.function.metricDuration(p99)),
    ),
  ];
}
