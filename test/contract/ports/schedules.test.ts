import { createMemorySchedules } from '@aftercare/adapters/memory/schedules';
import { createSchedules } from '@aftercare/adapters/scheduler/schedules';
import { type LoopbackServer, startLoopbackServer } from '@aftercare/local/http/loopback-server';
import { createScheduleRows } from '@aftercare/local/scheduler-emulator/schedule-rows';
import { answerScheduler } from '@aftercare/local/scheduler-emulator/scheduler-emulator';
import { type EmulatorStore, openEmulatorStore } from '@aftercare/local/store/emulator-store';
import type { Instant } from '@aftercare/time/instant';
import type { Schedules } from '@aftercare/usecases/ports';
import { CreateScheduleGroupCommand, GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const at: Instant = '2026-11-22T15:00:00.250Z';
const schedule = {
  name: 'abcdefghijklmnopqrstuvwxyz.r1.d14',
  at,
  queue: 'reminders-due' as const,
  body: { sessionKey: 'abc', revision: 1, day: 14, attempt: 1 },
  maximumEventAgeSeconds: 3600,
};

/** What every adapter of the Schedules port must do. */
function schedulesContract(createPort: () => Schedules): void {
  it('creates once, says so when it exists, and removes once', async () => {
    const port = createPort();
    const named = { ...schedule, name: 'contract.r1.d1' };
    expect(await port.create(named)).toBe('created');
    expect(await port.create({ ...named, at: '2026-12-01T15:00:00.000Z' })).toBe('exists');
    expect(await port.remove(named.name)).toBe('removed');
    expect(await port.remove(named.name)).toBe('absent');
    expect(await port.create(named)).toBe('created');
    await port.remove(named.name);
  });

  it('refuses a name that the service does not take', async () => {
    await expect(createPort().create({ ...schedule, name: 'a b' })).rejects.toThrow();
    await expect(createPort().create({ ...schedule, name: 'x'.repeat(65) })).rejects.toThrow();
  });

  it('refuses an event age that the service does not take', async () => {
    const port = createPort();
    await expect(port.create({ ...schedule, maximumEventAgeSeconds: 59 })).rejects.toThrow();
    await expect(port.create({ ...schedule, maximumEventAgeSeconds: 86_401 })).rejects.toThrow();
  });
}

describe('the memory schedules', () => {
  schedulesContract(() => createMemorySchedules());
});

describe('EventBridge Scheduler, on the emulator', () => {
  const arn = (queue: string) => `arn:aws:sqs:us-east-1:123456789012:${queue}`;
  const roleArn = 'arn:aws:iam::123456789012:role/scheduler';
  let store: EmulatorStore;
  let server: LoopbackServer;
  let client: SchedulerClient;
  const port = (groupName = 'contract') =>
    createSchedules({
      client,
      groupName,
      roleArn,
      queueArns: { 'reminders-due': arn('reminders-due') },
      deadLetterArn: arn('scheduler-dlq'),
    });

  beforeAll(async () => {
    const opened = openEmulatorStore(':memory:');
    if (!opened.ok) throw new Error(opened.message);
    store = opened.store;
    const answer = answerScheduler(createScheduleRows(store), () => Date.parse('2026-11-21T16:00:00Z'));
    const started = await startLoopbackServer({ port: 0, answer });
    if (!started.ok) throw new Error(started.message);
    server = started.server;
    client = new SchedulerClient({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    await client.send(new CreateScheduleGroupCommand({ Name: 'contract' }));
  });
  afterAll(async () => {
    client?.destroy();
    await server?.close();
    store?.close();
  });

  schedulesContract(() => port());

  it('asks for one delivery to the queue, never early, deleted afterwards, dropped when late', async () => {
    await port().create(schedule);
    const stored = await client.send(new GetScheduleCommand({ Name: schedule.name, GroupName: 'contract' }));
    expect(stored).toMatchObject({
      ScheduleExpression: 'at(2026-11-22T15:00:01)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: arn('reminders-due'),
        RoleArn: roleArn,
        Input: JSON.stringify(schedule.body),
        RetryPolicy: { MaximumEventAgeInSeconds: 3600 },
        DeadLetterConfig: { Arn: arn('scheduler-dlq') },
      },
    });
  });

  it('throws when the group is missing, rather than reporting success', async () => {
    await expect(port('elsewhere').create(schedule)).rejects.toThrow('does not exist');
  });

  it('throws for a queue that no schedule may target, which is a bug', async () => {
    await expect(port().create({ ...schedule, queue: 'inbound-received' })).rejects.toThrow(
      'inbound-received',
    );
  });
});
