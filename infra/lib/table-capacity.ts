import { tableDefinition } from '@aftercare/adapters/dynamodb/table-definition';
import { TimeZone } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { BillingMode, type IScalableTableAttribute, type Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  type CapacityPlan,
  planTimeZone,
  type Raise,
  targetPercent,
  type UnitsPlan,
} from './capacity-plan.ts';

/** On demand without a plan; with one, provisioned and for a start with enough for any hour. */
export const tableBilling = (plan: CapacityPlan | undefined) =>
  plan === undefined
    ? { billingMode: BillingMode.PAY_PER_REQUEST }
    : {
        billingMode: BillingMode.PROVISIONED,
        readCapacity: plan.tableReads.initial,
        writeCapacity: plan.tableWrites.initial,
      };

/** An index is billed as its table is. */
export const indexBilling = (plan: CapacityPlan | undefined) =>
  plan === undefined
    ? {}
    : { readCapacity: plan.indexReads.initial, writeCapacity: plan.indexWrites.initial };

/**
 * Table and index follow consumption, and the clock before the waves. An index that lags behind would hold up
 * the writes of its table, so it has the same plan in its own units.
 */
export function scaleTable(table: Table, plan: CapacityPlan): void {
  const index = tableDefinition.workIndex.name;
  follow(plan.tableReads, (limits) => table.autoScaleReadCapacity(limits));
  follow(plan.tableWrites, (limits) => table.autoScaleWriteCapacity(limits));
  follow(plan.indexReads, (limits) => table.autoScaleGlobalSecondaryIndexReadCapacity(index, limits));
  follow(plan.indexWrites, (limits) => table.autoScaleGlobalSecondaryIndexWriteCapacity(index, limits));
}

type Limits = { readonly minCapacity: number; readonly maxCapacity: number };

function follow(plan: UnitsPlan, scalable: (limits: Limits) => IScalableTableAttribute): void {
  const attribute = scalable({ minCapacity: plan.minimum, maxCapacity: plan.maximum });
  attribute.scaleOnUtilization({ targetUtilizationPercent: targetPercent });
  for (const raise of plan.raises) {
    attribute.scaleOnSchedule(nameOf(raise), {
      schedule: Schedule.cron({
        weekDay: raise.weekdays.map((day) => weekdayNames[day]).join(','),
        hour: String(raise.hour),
        minute: String(raise.minute),
      }),
      timeZone: TimeZone.of(planTimeZone),
      minCapacity: raise.minimum,
    });
  }
}

const weekdayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;

const nameOf = ({ weekdays, hour, minute }: Raise): string =>
  [
    ...weekdays.map((day) => weekdayNames[day]),
    String(hour).padStart(2, '0'),
    String(minute).padStart(2, '0'),
  ].join('-');
