import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  ResourceNotFoundException,
  type SchedulerClient,
  UpdateScheduleCommand,
  ValidationException,
} from '@aws-sdk/client-scheduler';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  clientOf,
  queueArn,
  roleArn,
  type SchedulerBench,
  schedule,
  startSchedulerBench,
} from './scheduler-bench.ts';

let bench: SchedulerBench;
let client: SchedulerClient;
beforeEach(async () => {
  bench = await startSchedulerBench();
  client = bench.client;
});
afterEach(() => bench.end());
const create: SchedulerBench['create'] = (name, extra) => bench.create(name, extra);

describe('Scheduler emulator, driven by the AWS SDK: schedules', () => {
  it('fills in what AWS fills in, and no more', async () => {
    const created = await create('k.r1.d1');
    expect(created.ScheduleArn).toBe('arn:aws:scheduler:eu-west-1:123456789012:schedule/default/k.r1.d1');
    const { $metadata: _, ...read } = await client.send(new GetScheduleCommand({ Name: 'k.r1.d1' }));
    expect(read).toEqual({
      Arn: created.ScheduleArn,
      Name: 'k.r1.d1',
      GroupName: 'default',
      ActionAfterCompletion: 'NONE',
      ScheduleExpression: 'at(2026-11-22T10:00:00)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'ENABLED',
      Target: {
        Arn: queueArn,
        RoleArn: roleArn,
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
      CreationDate: new Date(bench.clock.nowMs),
      LastModificationDate: new Date(bench.clock.nowMs),
    });
  });

  it('returns every member it was given', async () => {
    await client.send(new CreateScheduleGroupCommand({ Name: 'reminders' }));
    const given: CreateScheduleCommandInput = schedule('full', {
      GroupName: 'reminders',
      Description: 'day 1',
      State: 'DISABLED',
      StartDate: new Date(bench.clock.nowMs + 500),
      EndDate: new Date(bench.clock.nowMs + 86_400_000),
      ScheduleExpression: 'rate(5 minutes)',
      ScheduleExpressionTimezone: 'America/New_York',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: queueArn,
        RoleArn: roleArn,
        Input: '{"reminder":"x"}',
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 3 },
        DeadLetterConfig: { Arn: `${queueArn}-dlq` },
        SqsParameters: { MessageGroupId: 'g' },
      },
    });
    await client.send(new CreateScheduleCommand(given));
    expect(await client.send(new GetScheduleCommand({ Name: 'full', GroupName: 'reminders' }))).toMatchObject(
      given,
    );
  });

  it('refuses a name that is taken, but not the repetition of the very same call', async () => {
    await create('twice', { ClientToken: 'token-1' });
    const repeated = await create('twice', { ClientToken: 'token-1' });
    expect(repeated.ScheduleArn).toMatch(/default\/twice$/);
    const conflict = await create('twice').catch((error: unknown) => error);
    expect(conflict).toBeInstanceOf(ConflictException);
    expect(conflict).toMatchObject({
      message: 'Schedule twice already exists.',
      $metadata: { httpStatusCode: 409 },
    });
  });

  it('replaces a schedule as a whole on update, and tells the two dates apart', async () => {
    await create('replaced', { Description: 'goes away', ActionAfterCompletion: 'DELETE' });
    bench.clock.nowMs += 1_000;
    await client.send(new UpdateScheduleCommand(schedule('replaced', { ScheduleExpression: 'rate(1 day)' })));
    const read = await client.send(new GetScheduleCommand({ Name: 'replaced' }));
    expect(read.Description).toBeUndefined();
    expect(read.ActionAfterCompletion).toBe('NONE');
    expect(read.ScheduleExpression).toBe('rate(1 day)');
    expect(Number(read.LastModificationDate) - Number(read.CreationDate)).toBe(1_000);
  });

  it('names what does not exist', async () => {
    const missing = await client
      .send(new GetScheduleCommand({ Name: 'nope' }))
      .catch((error: unknown) => error);
    expect(missing).toBeInstanceOf(ResourceNotFoundException);
    expect(missing).toMatchObject({
      message: 'Schedule nope does not exist.',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(client.send(new DeleteScheduleCommand({ Name: 'nope' }))).rejects.toThrow(
      'Schedule nope does not exist.',
    );
    await expect(client.send(new UpdateScheduleCommand(schedule('nope')))).rejects.toThrow(
      'Schedule nope does not exist.',
    );
    await expect(create('a', { GroupName: 'nope' })).rejects.toThrow('Schedule group nope does not exist.');
  });

  it('keeps groups and regions apart', async () => {
    await client.send(new CreateScheduleGroupCommand({ Name: 'other' }));
    await create('same');
    await create('same', { GroupName: 'other' });
    await client.send(new DeleteScheduleCommand({ Name: 'same', GroupName: 'other' }));
    expect((await client.send(new GetScheduleCommand({ Name: 'same' }))).GroupName).toBe('default');
    const elsewhere = clientOf(bench.url, 'us-east-1');
    await expect(elsewhere.send(new GetScheduleCommand({ Name: 'same' }))).rejects.toThrow(
      ResourceNotFoundException,
    );
    elsewhere.destroy();
  });

  it('pages and filters lists', async () => {
    for (const name of ['a1', 'a2', 'a3', 'b1'])
      await create(name, { State: name === 'a2' ? 'DISABLED' : 'ENABLED' });
    const first = await client.send(new ListSchedulesCommand({ MaxResults: 2, NamePrefix: 'a' }));
    expect(first.Schedules?.map((item) => item.Name)).toEqual(['a1', 'a2']);
    expect(first.Schedules?.[0]?.Target).toEqual({ Arn: queueArn });
    const rest = await client.send(new ListSchedulesCommand({ NamePrefix: 'a', NextToken: first.NextToken }));
    expect(rest.Schedules?.map((item) => item.Name)).toEqual(['a3']);
    expect(rest.NextToken).toBeUndefined();
    const disabled = await client.send(new ListSchedulesCommand({ State: 'DISABLED', GroupName: 'default' }));
    expect(disabled.Schedules?.map((item) => item.Name)).toEqual(['a2']);
    await expect(client.send(new ListSchedulesCommand({ NextToken: 'forged' }))).rejects.toThrow(
      ValidationException,
    );
  });
});
