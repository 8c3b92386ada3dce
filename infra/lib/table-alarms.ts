import { tableDefinition } from '@aftercare/adapters/dynamodb/table-definition';
import { Duration } from 'aws-cdk-lib';
import { GraphWidget, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Alarms } from './alarms.ts';
import { capacityPlanFor } from './capacity-plan.ts';
import type { DeploymentSettings } from './settings.ts';

const indexDimension = { GlobalSecondaryIndexName: tableDefinition.workIndex.name };

/** A metric of the table, or with `ofIndex` of its index. */
function tableMetric(
  table: Table,
  metricName: string,
  statistic: string,
  ofIndex: boolean,
  minutes: number,
): Metric {
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: { TableName: table.tableName, ...(ofIndex ? indexDimension : {}) },
    statistic,
    period: Duration.minutes(minutes),
    label: `${metricName}${ofIndex ? ' (index)' : ''}`,
  });
}

/** Requests that the table or its index refused: as many series as there are reasons to look at one. */
function throttles(table: Table): MathExpression {
  const sum = (name: string, ofIndex: boolean): Metric => tableMetric(table, name, Stats.SUM, ofIndex, 5);
  return new MathExpression({
    expression: 'FILL(writes, 0) + FILL(reads, 0) + FILL(indexWrites, 0) + FILL(indexReads, 0)',
    usingMetrics: {
      writes: sum('WriteThrottleEvents', false),
      reads: sum('ReadThrottleEvents', false),
      indexWrites: sum('WriteThrottleEvents', true),
      indexReads: sum('ReadThrottleEvents', true),
    },
    label: 'Refused requests',
    period: Duration.minutes(5),
  });
}

/** Refused requests in both modes; in the provisioned one also that there is no room left to grow. */
export function addTableAlarms(alarms: Alarms, table: Table, settings: DeploymentSettings): void {
  alarms.add('table-throttled', {
    metric: throttles(table),
    threshold: 50,
    failureImpact: 'The table refuses requests: everything is tried again and late, replies and pages too.',
    runbookSection: 'table-throttled',
  });
  if (settings.provisionedFor === undefined) return;
  const plan = capacityPlanFor(settings.provisionedFor);
  for (const [name, ofIndex, { maximum }] of [
    ['table', false, plan.tableWrites],
    ['index', true, plan.indexWrites],
  ] as const) {
    const provisioned = tableMetric(table, 'ProvisionedWriteCapacityUnits', Stats.MAXIMUM, ofIndex, 5);
    alarms.add(`capacity-at-its-limit-${name}`, {
      metric: provisioned,
      threshold: maximum,
      failureImpact: 'The table may not grow further; more traffic than now is refused and comes late.',
      runbookSection: 'capacity-at-its-limit',
    });
  }
}

/** Consumption beside what is provisioned (nothing, on demand), and what was refused. */
export function tableGraphs(table: Table): GraphWidget[] {
  const units = (ofIndex: boolean): GraphWidget =>
    new GraphWidget({
      title: `Write units a minute: ${ofIndex ? 'work index' : 'table'}`,
      left: [
        tableMetric(table, 'ConsumedWriteCapacityUnits', Stats.SUM, ofIndex, 1),
        new MathExpression({
          expression: 'provisioned * 60',
          usingMetrics: {
            provisioned: tableMetric(table, 'ProvisionedWriteCapacityUnits', Stats.MAXIMUM, ofIndex, 1),
          },
          label: 'Provisioned',
          period: Duration.minutes(1),
        }),
      ],
      width: 12,
      height: 6,
    });
  return [
    units(false),
    units(true),
    new GraphWidget({ title: 'Refused by the table', left: [throttles(table)], width: 12, height: 6 }),
  ];
}
