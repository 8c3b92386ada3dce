import { capacityPlanFor, type UnitsPlan } from '@aftercare/infra/lib/capacity-plan';
import { describe, expect, it, vi } from 'vitest';
import { deploymentWith, ofType, type Resources, resourcesOf } from './synthesized.ts';

vi.setConfig({ testTimeout: 120_000 });

const large = { tableCapacity: 'provisioned', sessionsPerMonth: '10000000' };
const plan = capacityPlanFor({ sessionsPerMonth: 10_000_000, spreadMinutes: 60 });

function stacksWith(context: Record<string, unknown>): { data: Resources; app: Resources } {
  const [region] = deploymentWith(context).regions;
  if (region === undefined) throw new Error('a deployment has a region');
  return { data: resourcesOf(region.data), app: resourcesOf(region.app) };
}

const onDemand = stacksWith({});
const provisioned = stacksWith(large);

function tableOf({ data }: { data: Resources }) {
  const [table] = ofType(data, 'AWS::DynamoDB::Table');
  if (table === undefined) throw new Error('there is a table');
  return { id: table[0], ...table[1] };
}

const targets = ofType(provisioned.data, 'AWS::ApplicationAutoScaling::ScalableTarget').map(
  ([, target]) => target.Properties,
);
const policies = ofType(provisioned.data, 'AWS::ApplicationAutoScaling::ScalingPolicy').map(
  ([, policy]) => policy.Properties,
);

const alarmsNamed = ({ app }: { app: Resources }, word: string) =>
  ofType(app, 'AWS::CloudWatch::Alarm')
    .map(([, alarm]) => alarm.Properties)
    .filter(({ AlarmName }) => AlarmName.includes(word));

describe('a table on demand', () => {
  it('is what a deployment gets that was told nothing, without anything that scales', () => {
    expect(tableOf(onDemand).Properties.BillingMode).toBe('PAY_PER_REQUEST');
    expect(tableOf(onDemand).Properties.ProvisionedThroughput).toBeUndefined();
    expect(ofType(onDemand.data, 'AWS::ApplicationAutoScaling::ScalableTarget')).toEqual([]);
    expect(tableOf(stacksWith({ tableCapacity: 'onDemand' }))).toEqual(tableOf(onDemand));
  });
});

describe('a provisioned table', () => {
  it('is the same table in everything else, so that the mode changes in place', () => {
    const { Properties: before, id } = tableOf(onDemand);
    const { Properties: after, id: idAfter } = tableOf(provisioned);
    const withoutCapacity = ({
      BillingMode,
      ProvisionedThroughput,
      GlobalSecondaryIndexes,
      ...rest
    }: object & {
      BillingMode?: unknown;
      ProvisionedThroughput?: unknown;
      GlobalSecondaryIndexes?: { ProvisionedThroughput?: unknown }[];
    }) => ({
      ...rest,
      indexes: GlobalSecondaryIndexes?.map(({ ProvisionedThroughput: _, ...index }) => index),
    });
    expect(idAfter).toBe(id);
    expect(withoutCapacity(after)).toEqual(withoutCapacity(before));
    expect(after.BillingMode).toBeUndefined();
  });

  it('starts with enough for its largest hour, the index too', () => {
    const { Properties } = tableOf(provisioned);
    expect(Properties.ProvisionedThroughput).toEqual({
      ReadCapacityUnits: plan.tableReads.initial,
      WriteCapacityUnits: plan.tableWrites.initial,
    });
    expect(Properties.GlobalSecondaryIndexes[0].ProvisionedThroughput).toEqual({
      ReadCapacityUnits: plan.indexReads.initial,
      WriteCapacityUnits: plan.indexWrites.initial,
    });
  });

  it('follows its consumption in all four: an index that lags would hold up the table’s writes', () => {
    const limits: Record<string, UnitsPlan> = {
      'dynamodb:table:ReadCapacityUnits': plan.tableReads,
      'dynamodb:table:WriteCapacityUnits': plan.tableWrites,
      'dynamodb:index:ReadCapacityUnits': plan.indexReads,
      'dynamodb:index:WriteCapacityUnits': plan.indexWrites,
    };
    expect(targets.map(({ ScalableDimension }) => ScalableDimension).sort()).toEqual(
      Object.keys(limits).sort(),
    );
    for (const { ScalableDimension, MinCapacity, MaxCapacity } of targets) {
      const { minimum, maximum } = limits[ScalableDimension] as UnitsPlan;
      expect([MinCapacity, MaxCapacity], ScalableDimension).toEqual([minimum, maximum]);
    }
    expect(policies.map((policy) => policy.TargetTrackingScalingPolicyConfiguration.TargetValue)).toEqual([
      80, 80, 80, 80,
    ]);
  });

  it('is raised by the clock before the morning’s first wave, in New York’s time, and never capped', () => {
    const writes = targets.find((one) => one.ScalableDimension === 'dynamodb:table:WriteCapacityUnits');
    const actions: Record<string, unknown>[] = writes?.ScheduledActions;
    expect(actions).toHaveLength(plan.tableWrites.raises.length);
    expect(actions).toContainEqual({
      ScheduledActionName: 'THU-FRI-09-45',
      Schedule: 'cron(45 9 ? * THU,FRI *)',
      Timezone: 'America/New_York',
      ScalableTargetAction: { MinCapacity: plan.tableWrites.initial },
    });
    for (const { ScalableTargetAction } of targets.flatMap((one) => one.ScheduledActions ?? []))
      expect(Object.keys(ScalableTargetAction)).toEqual(['MinCapacity']);
    // Application Auto Scaling takes 200 for one target.
    expect(actions.length).toBeLessThan(200);
  });

  it('passes the rule packs, with everything that is recommended at that volume', () => {
    const context = { ...large, stage: 'prod', alarmEmail: 'ops@example.com', tracing: 'off' };
    expect(() => deploymentWith(context, '123456789012').app.synth()).not.toThrow();
  });
});

describe('refused requests', () => {
  it('sound an alarm in both modes, for the table and its index', () => {
    for (const stacks of [onDemand, provisioned]) {
      const [alarm] = alarmsNamed(stacks, 'table-throttled');
      const watched = JSON.stringify(alarm?.Metrics);
      expect(watched.match(/"MetricName":"WriteThrottleEvents"/g)).toHaveLength(2);
      expect(watched.match(/"MetricName":"ReadThrottleEvents"/g)).toHaveLength(2);
      expect(watched.match(/"GlobalSecondaryIndexName"/g)).toHaveLength(2);
    }
  });

  it('are announced where capacity can grow no further', () => {
    expect(alarmsNamed(onDemand, 'capacity-at-its-limit')).toEqual([]);
    expect(alarmsNamed(provisioned, 'capacity-at-its-limit').map(({ Threshold }) => Threshold)).toEqual([
      plan.tableWrites.maximum,
      plan.indexWrites.maximum,
    ]);
  });
});

describe('the capacity settings', () => {
  it('are refused when they name no plan', () => {
    expect(() => stacksWith({ tableCapacity: 'cheap' })).toThrow('tableCapacity is onDemand or provisioned');
    expect(() => stacksWith({ tableCapacity: 'provisioned' })).toThrow(/sessionsPerMonth is .* not left out/);
    expect(() => stacksWith({ ...large, sessionsPerMonth: '99999' })).toThrow('from 100000 to 100000000');
    expect(() => stacksWith({ ...large, spreadMinutes: '0' })).toThrow('spreadMinutes is');
  });
});
