import {
  ConflictException,
  type CreateScheduleCommandInput,
  CreateScheduleGroupCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListScheduleGroupsCommand,
  ListTagsForResourceCommand,
  ResourceNotFoundException,
  type SchedulerClient,
  TagResourceCommand,
  UntagResourceCommand,
  ValidationException,
} from '@aws-sdk/client-scheduler';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queueArn, roleArn, type SchedulerBench, startSchedulerBench } from './scheduler-bench.ts';

let bench: SchedulerBench;
let client: SchedulerClient;
beforeEach(async () => {
  bench = await startSchedulerBench();
  client = bench.client;
});
afterEach(() => bench.end());
const create: SchedulerBench['create'] = (name, extra) => bench.create(name, extra);

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
    await create('recent', {
      ScheduleExpression: 'rate(1 day)',
      StartDate: new Date(bench.clock.nowMs - 299_000),
    });
    await create('past', { ScheduleExpression: 'at(2022-12-31T23:59:59)' });
  });

  it('answers an unsigned or unknown request with an error', async () => {
    expect((await fetch(`${bench.url}/schedules`)).status).toBe(403);
    const headers = {
      authorization: 'AWS4-HMAC-SHA256 Credential=k/20261121/eu-west-1/scheduler/aws4_request, x',
    };
    expect((await fetch(`${bench.url}/nothing`, { headers })).status).toBe(404);
    const broken = await fetch(`${bench.url}/schedules/x`, { method: 'POST', headers, body: '{' });
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
