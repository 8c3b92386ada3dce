import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMovableClock } from '../clock/movable-clock.ts';
import { createTimekeeper } from '../clock/timekeeper.ts';
import { createQueueEngine, type QueueEngine } from '../sqs-emulator/queue-engine.ts';
import { type EmulatorStore, openEmulatorStore } from '../store/emulator-store.ts';
import { deliverToQueues } from './queue-target.ts';
import { createScheduleFiring, type DeliverToTarget } from './schedule-firing.ts';
import { createSchedule, getSchedule, type SchedulerCall } from './schedule-operations.ts';
import { createScheduleRows, type ScheduleRows } from './schedule-rows.ts';

const startMs = Date.parse('2026-11-21T16:00:00Z');
let store: EmulatorStore;
let rows: ScheduleRows;
let queues: QueueEngine;

beforeEach(() => {
  const opened = openEmulatorStore(':memory:');
  if (!opened.ok) throw new Error(opened.message);
  store = opened.store;
  rows = createScheduleRows(store);
});
afterEach(() => store.close());

function world(deliver?: DeliverToTarget) {
  const clock = createMovableClock(() => startMs, store);
  queues = createQueueEngine(store, clock.nowMs);
  for (const name of ['due', 'due-dlq']) if (queues.attributes(name) === undefined) queues.create(name, {});
  const firing = createScheduleFiring({
    store,
    rows,
    nowMs: clock.nowMs,
    deliver: deliver ?? deliverToQueues(queues),
  });
  const keeper = createTimekeeper({
    clock,
    work: [firing],
    onError: (error) => {
      throw error;
    },
  });
  return { clock, keeper };
}

function call(nowMs: number, body: unknown = {}): SchedulerCall {
  return { rows, region: 'eu-west-1', nowMs, query: new URLSearchParams(), body };
}

function create(name: string, extra: object, target: object = {}): void {
  createSchedule(
    name,
    call(startMs, {
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: 'arn:aws:sqs:eu-west-1:123456789012:due',
        RoleArn: 'arn:aws:iam::123456789012:role/r',
        Input: `{"name":"${name}"}`,
        ...target,
      },
      ...extra,
    }),
  );
}

/** What the queue got: body and the clock time it came at. */
function received(queue = 'due') {
  return queues
    .receive(queue, 100, 0)
    .map((message) => [message.body, new Date(message.sentAtMs).toISOString()]);
}

describe('firing of schedules', () => {
  it('fires a one-time schedule once at its local time and deletes it when asked', async () => {
    const { clock, keeper } = world();
    create('gone', {
      ScheduleExpression: 'at(2026-11-22T10:00:00)',
      ScheduleExpressionTimezone: 'America/New_York',
      ActionAfterCompletion: 'DELETE',
    });
    create('kept', { ScheduleExpression: 'at(2026-11-22T10:00:00)' });
    await keeper.advanceTo(startMs + 2 * 86_400_000);
    expect(received()).toEqual([
      ['{"name":"kept"}', '2026-11-22T10:00:00.000Z'],
      ['{"name":"gone"}', '2026-11-22T15:00:00.000Z'],
    ]);
    expect(() => getSchedule('gone', call(clock.nowMs()))).toThrow(/does not exist/);
    expect(getSchedule('kept', call(clock.nowMs()))).toMatchObject({ State: 'ENABLED' });
  });

  it('fires what fell due while nothing was running, and nothing twice over a restart', async () => {
    create('due', { ScheduleExpression: 'at(2026-11-21T17:00:00)' });
    const first = world();
    await first.keeper.advanceTo(startMs + 7_200_000);
    const second = world();
    await second.keeper.advanceTo(startMs + 9_000_000);
    expect(received()).toEqual([['{"name":"due"}', '2026-11-21T17:00:00.000Z']]);
  });

  it('repeats a rate until its end and never fires a disabled or past one', async () => {
    const { keeper } = world();
    create('rate', { ScheduleExpression: 'rate(30 minutes)', EndDate: (startMs + 3_600_000) / 1000 });
    create('off', { ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' });
    create('past', { ScheduleExpression: 'at(2026-11-21T15:00:00)' });
    await keeper.advanceTo(startMs + 86_400_000);
    expect(received().map(([, at]) => at)).toEqual([
      '2026-11-21T16:00:00.000Z',
      '2026-11-21T16:30:00.000Z',
      '2026-11-21T17:00:00.000Z',
    ]);
  });

  it('replaces the context words, with a new execution id per attempt', async () => {
    const seen: string[] = [];
    const { keeper } = world((_arn, payload) => {
      seen.push(payload);
      return seen.length < 2 ? { ok: false, code: 'X', message: 'not yet' } : { ok: true };
    });
    create(
      'words',
      { ScheduleExpression: 'at(2026-11-22T10:00:00)' },
      {
        Input: ['schedule-arn', 'scheduled-time', 'attempt-number', 'execution-id']
          .map((word) => `<aws.scheduler.${word}>`)
          .join(' '),
      },
    );
    await keeper.advanceTo(startMs + 86_400_000);
    const [first = '', second = ''] = seen.map((payload) => payload.split(' '));
    expect([first[0], first[1], first[2], second[2]]).toEqual([
      'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/words',
      '2026-11-22T10:00:00Z',
      '1',
      '2',
    ]);
    expect(first[3]).not.toBe(second[3]);
  });

  it('retries with growing pauses and then writes to the dead-letter queue', async () => {
    const { keeper } = world();
    create(
      'lost',
      { ScheduleExpression: 'at(2026-11-22T10:00:00)' },
      {
        Arn: 'arn:aws:sqs:eu-west-1:123456789012:nowhere',
        DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:123456789012:due-dlq' },
        RetryPolicy: { MaximumRetryAttempts: 3 },
      },
    );
    await keeper.advanceTo(startMs + 86_400_000);
    const [dead] = queues.receive('due-dlq', 10);
    expect(dead?.body).toBe('{"name":"lost"}');
    expect(new Date(dead?.sentAtMs ?? 0).toISOString()).toBe('2026-11-22T10:00:07.000Z');
    expect(dead?.messageAttributes.RETRY_ATTEMPTS?.StringValue).toBe('3');
    expect(dead?.messageAttributes.EXHAUSTED_RETRY_CONDITION?.StringValue).toBe('MaximumRetryAttempts');
  });

  it('gives up when the event grows too old, so that nothing is delivered at night', async () => {
    let attempts = 0;
    const { keeper } = world(() => {
      attempts += 1;
      return { ok: false, code: 'X', message: 'never' };
    });
    create(
      'old',
      { ScheduleExpression: 'at(2026-11-22T10:00:00)' },
      { RetryPolicy: { MaximumEventAgeInSeconds: 60 } },
    );
    await keeper.advanceTo(startMs + 10 * 86_400_000);
    expect(attempts).toBe(6);
  });
});
