import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  ListTagsForResourceCommand,
  ResourceNotFoundException,
  SchedulerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateScheduleCommand,
  ValidationException,
} from '@aws-sdk/client-scheduler';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoopbackServer, startLoopbackServer } from '../http/loopback-server.ts';
import { type EmulatorStore, openEmulatorStore } from '../store/emulator-store.ts';
import { createScheduleRows } from './schedule-rows.ts';
import { answerScheduler } from './scheduler-emulator.ts';

let nowMs: number;
let store: EmulatorStore;
let server: LoopbackServer;
let client: SchedulerClient;

const queueArn = 'arn:aws:sqs:eu-west-1:123456789012:reminders-due';
const roleArn = 'arn:aws:iam::123456789012:role/scheduler';

beforeEach(async () => {
  nowMs = Date.parse('2026-11-21T16:00:00.250Z');
  const opened = openEmulatorStore(':memory:');
  if (!opened.ok) throw new Error(opened.message);
  store = opened.store;
  const started = await startLoopbackServer({
    port: 0,
    answer: answerScheduler(createScheduleRows(store), () => nowMs),
  });
  if (!started.ok) throw new Error(started.message);
  server = started.server;
  client = new SchedulerClient({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await server.close();
  store.close();
});

function schedule(Name: string, extra: Partial<CreateScheduleCommandInput> = {}): CreateScheduleCommandInput {
  return {
    Name,
    ScheduleExpression: 'at(2026-11-22T10:00:00)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: queueArn, RoleArn: roleArn },
    ...extra,
  };
}

const create = (Name: string, extra: Partial<CreateScheduleCommandInput> = {}) =>
  client.send(new CreateScheduleCommand(schedule(Name, extra)));

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
      CreationDate: new Date(nowMs),
      LastModificationDate: new Date(nowMs),
    });
  });

  it('returns every member it was given', async () => {
    await client.send(new CreateScheduleGroupCommand({ Name: 'reminders' }));
    const given: CreateScheduleCommandInput = schedule('full', {
      GroupName: 'reminders',
      Description: 'day 1',
      State: 'DISABLED',
      StartDate: new Date(nowMs + 500),
      EndDate: new Date(nowMs + 86_400_000),
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
    nowMs += 1_000;
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
    const elsewhere = new SchedulerClient({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
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

describe('Scheduler emulator: constraints', () => {
  it.each<[string, Partial<CreateScheduleCommandInput>, RegExp]>([
    [
      'a zone that does not exist',
      { ScheduleExpressionTimezone: 'Mars/Base' },
      /Invalid Schedule Expression Timezone/,
    ],
    [
      'an expression AWS rejects',
      { ScheduleExpression: 'rate(10 seconds)' },
      /^Invalid Schedule Expression rate\(10 seconds\)\.$/,
    ],
    [
      'a flexible window without minutes',
      { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } },
      /MaximumWindowInMinutes/,
    ],
    [
      'a window over a day',
      { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 1441 } },
      /1440/,
    ],
    [
      'an event age under a minute',
      { Target: { Arn: queueArn, RoleArn: roleArn, RetryPolicy: { MaximumEventAgeInSeconds: 59 } } },
      /target\.retryPolicy\.maximumEventAgeInSeconds/,
    ],
    [
      'more than 185 attempts',
      { Target: { Arn: queueArn, RoleArn: roleArn, RetryPolicy: { MaximumRetryAttempts: 186 } } },
      /maximumRetryAttempts/,
    ],
    [
      'a role that is none',
      { Target: { Arn: queueArn, RoleArn: 'arn:aws:iam::12:role/x' } },
      /target\.roleArn/,
    ],
    [
      'a dead-letter target that is no queue',
      {
        Target: {
          Arn: queueArn,
          RoleArn: roleArn,
          DeadLetterConfig: { Arn: 'arn:aws:sns:eu-west-1:123456789012:t' },
        },
      },
      /deadLetterConfig\.arn/,
    ],
    ['a target that is no ARN', { Target: { Arn: 'reminders', RoleArn: roleArn } }, /not in correct format/],
    ['a client token with a slash', { ClientToken: 'a/b' }, /clientToken/],
    [
      'a start long ago',
      { ScheduleExpression: 'rate(1 day)', StartDate: new Date('2026-11-21T15:54:59Z') },
      /earlier than 5 minutes ago/,
    ],
    [
      'an end before the start',
      { ScheduleExpression: 'rate(1 day)', EndDate: new Date('2026-11-21T15:54:59Z') },
      /EndDate/,
    ],
  ])('refuses %s with ValidationException', async (_, extra, message) => {
    const refused = await create('x', extra).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ValidationException);
    expect(refused).toMatchObject({
      message: expect.stringMatching(message),
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('refuses names outside the pattern, percent-encoded or too long', async () => {
    await expect(create('a b/ñ')).rejects.toThrow(/'name'.*pattern/);
    await expect(create('x'.repeat(65))).rejects.toThrow(ValidationException);
    await create('x'.repeat(64));
  });

  it('accepts a start up to five minutes ago and an at() in the past', async () => {
    await create('recent', { ScheduleExpression: 'rate(1 day)', StartDate: new Date(nowMs - 299_000) });
    await create('past', { ScheduleExpression: 'at(2022-12-31T23:59:59)' });
  });

  it('answers an unsigned or unknown request with an error', async () => {
    expect((await fetch(`${server.url}/schedules`)).status).toBe(403);
    const headers = {
      authorization: 'AWS4-HMAC-SHA256 Credential=k/20261121/eu-west-1/scheduler/aws4_request, x',
    };
    expect((await fetch(`${server.url}/nothing`, { headers })).status).toBe(404);
    const broken = await fetch(`${server.url}/schedules/x`, { method: 'POST', headers, body: '{' });
    expect([broken.status, broken.headers.get('x-amzn-errortype')]).toEqual([400, 'ValidationException']);
  });
});

describe('Scheduler emulator: groups and tags', () => {
  it('has a default group that cannot be deleted', async () => {
    expect((await client.send(new GetScheduleGroupCommand({ Name: 'default' }))).State).toBe('ACTIVE');
    await expect(client.send(new DeleteScheduleGroupCommand({ Name: 'default' }))).rejects.toThrow(
      ValidationException,
    );
  });

  it('deletes the schedules of a group with it', async () => {
    await client.send(new CreateScheduleGroupCommand({ Name: 'g' }));
    await expect(client.send(new CreateScheduleGroupCommand({ Name: 'g' }))).rejects.toThrow(
      ConflictException,
    );
    await create('member', { GroupName: 'g' });
    await client.send(new DeleteScheduleGroupCommand({ Name: 'g' }));
    await expect(client.send(new GetScheduleCommand({ Name: 'member', GroupName: 'g' }))).rejects.toThrow(
      ResourceNotFoundException,
    );
    await expect(client.send(new GetScheduleGroupCommand({ Name: 'g' }))).rejects.toThrow(
      'Schedule group g does not exist.',
    );
  });

  it('lists groups with paging', async () => {
    for (const Name of ['one', 'three', 'two']) await client.send(new CreateScheduleGroupCommand({ Name }));
    const first = await client.send(new ListScheduleGroupsCommand({ MaxResults: 2 }));
    expect(first.ScheduleGroups?.map((group) => group.Name)).toEqual(['default', 'one']);
    const rest = await client.send(new ListScheduleGroupsCommand({ NextToken: first.NextToken }));
    expect(rest.ScheduleGroups?.map((group) => group.Name)).toEqual(['three', 'two']);
    const named = await client.send(new ListScheduleGroupsCommand({ NamePrefix: 't' }));
    expect(named.ScheduleGroups).toHaveLength(2);
  });

  it('tags, lists and untags groups, and groups only', async () => {
    const Tags = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ];
    const { ScheduleGroupArn: ResourceArn } = await client.send(
      new CreateScheduleGroupCommand({ Name: 'tagged', Tags }),
    );
    await client.send(
      new TagResourceCommand({
        ResourceArn,
        Tags: [
          { Key: 'a', Value: '9' },
          { Key: 'c', Value: '3' },
        ],
      }),
    );
    await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['b', 'zzz'] }));
    const listed = await client.send(new ListTagsForResourceCommand({ ResourceArn }));
    expect(listed.Tags).toEqual([
      { Key: 'a', Value: '9' },
      { Key: 'c', Value: '3' },
    ]);
    const { ScheduleArn } = await create('untagged');
    await expect(client.send(new ListTagsForResourceCommand({ ResourceArn: ScheduleArn }))).rejects.toThrow(
      ValidationException,
    );
  });
});
