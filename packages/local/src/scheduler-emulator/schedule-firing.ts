import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { DueWork } from '../clock/timekeeper.ts';
import type { MessageAttributes } from '../sqs-emulator/message-attributes.ts';
import type { EmulatorStore } from '../store/emulator-store.ts';
import { integerOf, optionalIntegerOf, type Row, textOf } from '../store/row.ts';
import { parseScheduleExpression } from './schedule-expression.ts';
import { scheduleArn } from './schedule-operations.ts';
import { firesNextMs } from './schedule-request.ts';
import type { ScheduleRow, ScheduleRows } from './schedule-rows.ts';

/**
 * Hands a payload to a target. Synchronous, so that it joins the transaction that takes the invocation
 * away.
 */
export type DeliverToTarget = (
  targetArn: string,
  payload: string,
  attributes?: MessageAttributes,
) => { readonly ok: true } | { readonly ok: false; readonly code: string; readonly message: string };

const schema = `
  CREATE TABLE IF NOT EXISTS schedule_invocations (
    id INTEGER PRIMARY KEY AUTOINCREMENT, detail TEXT NOT NULL, attempt INTEGER NOT NULL,
    first_attempt_ms INTEGER NOT NULL, next_attempt_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS schedule_invocations_due ON schedule_invocations (next_attempt_ms);
`;

/** What is needed after the schedule itself may be gone or changed. */
const detailSchema = z.object({
  scheduleArn: z.string(),
  scheduledMs: z.number(),
  targetArn: z.string(),
  input: z.string(),
  deadLetterArn: z.string().optional(),
  eventAgeMaxSeconds: z.number(),
  retriesMax: z.number(),
});
type InvocationDetail = z.infer<typeof detailSchema>;

const firstBackoffMs = 1_000;
const backoffMaxMs = 15 * 60_000;

/**
 * Fires what is due: at least once, with the retry policy's attempts and event age, then the dead-letter
 * queue. The event age counts from the first attempt: time during which this machine was off is not the
 * target's failure.
 */
export function createScheduleFiring(options: {
  readonly store: EmulatorStore;
  readonly rows: ScheduleRows;
  readonly nowMs: () => number;
  readonly deliver: DeliverToTarget;
}): DueWork {
  const { store, rows, nowMs, deliver } = options;
  store.define(schema);
  const begin = (schedule: ScheduleRow): void =>
    store.transaction(() => {
      store
        .statement(
          `INSERT INTO schedule_invocations (detail, attempt, first_attempt_ms, next_attempt_ms)
           VALUES (?, 1, ?, ?)`,
        )
        .run(JSON.stringify(detailOf(schedule)), nowMs(), nowMs());
      settleSchedule(rows, schedule);
    });
  return {
    name: 'scheduler',
    nextDueMs: () => {
      const row = store.statement('SELECT MIN(next_attempt_ms) AS at FROM schedule_invocations').get();
      const retryMs = row === undefined ? undefined : optionalIntegerOf(row, 'at');
      const scheduleMs = rows.nextDueMs();
      if (retryMs === undefined || scheduleMs === undefined) return retryMs ?? scheduleMs;
      return Math.min(retryMs, scheduleMs);
    },
    runDue: async () => {
      const due = rows.due(nowMs());
      for (const schedule of due) begin(schedule);
      const invocations = store
        .statement('SELECT * FROM schedule_invocations WHERE next_attempt_ms <= ? ORDER BY id')
        .all(nowMs());
      for (const row of invocations) store.transaction(() => attempt(store, row, nowMs(), deliver));
      return due.length + invocations.length;
    },
  };
}

/** Moves the schedule to its next time; a completed one stays, or goes when it asked to be deleted. */
function settleSchedule(rows: ScheduleRows, schedule: ScheduleRow): void {
  const expression = parseScheduleExpression(schedule.body.ScheduleExpression);
  const firedMs = schedule.nextMs;
  if (expression === undefined || firedMs === undefined)
    throw new Error('a due schedule has an expression and a time');
  const nextMs =
    expression.kind === 'at'
      ? undefined
      : firesNextMs(schedule.body, expression, firedMs + 1, schedule.createdMs);
  if (nextMs === undefined && schedule.body.ActionAfterCompletion === 'DELETE') rows.removeSchedule(schedule);
  else rows.saveSchedule({ ...schedule, nextMs });
}

function detailOf(schedule: ScheduleRow): InvocationDetail {
  const { Target } = schedule.body;
  return {
    scheduleArn: scheduleArn(schedule),
    scheduledMs: schedule.nextMs ?? 0,
    targetArn: Target.Arn,
    // What EventBridge Scheduler sends to a target without Input.
    input: Target.Input ?? '{}',
    ...(Target.DeadLetterConfig?.Arn === undefined ? {} : { deadLetterArn: Target.DeadLetterConfig.Arn }),
    eventAgeMaxSeconds: Target.RetryPolicy.MaximumEventAgeInSeconds,
    retriesMax: Target.RetryPolicy.MaximumRetryAttempts,
  };
}

function attempt(store: EmulatorStore, row: Row, nowMs: number, deliver: DeliverToTarget): void {
  const id = integerOf(row, 'id');
  const number = integerOf(row, 'attempt');
  const detail = detailSchema.parse(JSON.parse(textOf(row, 'detail')));
  const finish = (): void => void store.statement('DELETE FROM schedule_invocations WHERE id = ?').run(id);
  const delivered = deliver(detail.targetArn, withContext(detail, number));
  if (delivered.ok) {
    finish();
    return;
  }
  const nextMs = nowMs + Math.min(firstBackoffMs * 2 ** (number - 1), backoffMaxMs);
  const tooOld = nextMs - integerOf(row, 'first_attempt_ms') > detail.eventAgeMaxSeconds * 1000;
  if (number <= detail.retriesMax && !tooOld) {
    store
      .statement('UPDATE schedule_invocations SET attempt = ?, next_attempt_ms = ? WHERE id = ?')
      .run(number + 1, nextMs, id);
    return;
  }
  if (detail.deadLetterArn !== undefined) {
    const condition = tooOld ? 'MaximumEventAgeInSeconds' : 'MaximumRetryAttempts';
    deliver(
      detail.deadLetterArn,
      detail.input,
      deadLetterAttributes(detail, number - 1, condition, delivered),
    );
  }
  finish();
}

/** The context words of `Input` (UserGuide/managing-schedule-context-attributes). */
function withContext(detail: InvocationDetail, attemptNumber: number): string {
  if (!detail.input.includes('<aws.scheduler.')) return detail.input;
  const scheduledTime = `${new Date(detail.scheduledMs).toISOString().slice(0, 19)}Z`;
  return detail.input
    .replaceAll('<aws.scheduler.schedule-arn>', detail.scheduleArn)
    .replaceAll('<aws.scheduler.scheduled-time>', scheduledTime)
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', String(attemptNumber));
}

/** What Scheduler writes beside a dead-lettered event (UserGuide/configuring-schedule-dlq). */
function deadLetterAttributes(
  detail: InvocationDetail,
  retries: number,
  exhausted: string,
  failure: { readonly code: string; readonly message: string },
): MessageAttributes {
  const values: Record<string, string> = {
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message,
    EXHAUSTED_RETRY_CONDITION: exhausted,
    IS_PAYLOAD_TRUNCATED: 'false',
    RETRY_ATTEMPTS: String(retries),
    SCHEDULE_ARN: detail.scheduleArn,
    TARGET_ARN: detail.targetArn,
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
}
