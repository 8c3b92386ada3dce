import { epochMs, type Instant, instantFromEpochMs } from '@aftercare/time/instant';
import type { QueueName, Schedules } from '@aftercare/usecases/ports';
import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';

export type SchedulerOptions = {
  readonly client: SchedulerClient;
  readonly groupName: string;
  /** The role Scheduler takes on to write to the queues and to the dead-letter queue. */
  readonly roleArn: string;
  readonly queueArns: { readonly [queue in QueueName]?: string };
  readonly deadLetterArn: string;
};

/** Scheduler retries with backoff inside the event's age, so the count only has to be generous. */
const maximumRetryAttempts = 60;

/**
 * One-time schedules in EventBridge Scheduler, each naming an SQS queue and deleted once it has fired. A name
 * that is taken is as good as created (design 5.1). Throws on throttles, quotas and a missing group.
 */
export function createSchedules(options: SchedulerOptions): Schedules {
  const { client, groupName } = options;
  return {
    async create(schedule) {
      const queueArn = options.queueArns[schedule.queue];
      if (queueArn === undefined) throw new Error(`no schedule may target the queue ${schedule.queue} here`);
      try {
        await client.send(
          new CreateScheduleCommand({
            Name: schedule.name,
            GroupName: groupName,
            ScheduleExpression: atExpression(schedule.at),
            ScheduleExpressionTimezone: 'UTC',
            FlexibleTimeWindow: { Mode: 'OFF' },
            ActionAfterCompletion: 'DELETE',
            Target: {
              Arn: queueArn,
              RoleArn: options.roleArn,
              Input: JSON.stringify(schedule.body),
              RetryPolicy: {
                MaximumEventAgeInSeconds: schedule.maximumEventAgeSeconds,
                MaximumRetryAttempts: maximumRetryAttempts,
              },
              DeadLetterConfig: { Arn: options.deadLetterArn },
            },
          }),
        );
        return 'created';
      } catch (error) {
        if (error instanceof ConflictException) return 'exists';
        throw error;
      }
    },
    async remove(name) {
      try {
        await client.send(new DeleteScheduleCommand({ Name: name, GroupName: groupName }));
        return 'removed';
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return 'absent';
        throw error;
      }
    },
  };
}

/** Whole seconds, rounded up: a schedule that fires before its time finds nothing due. */
function atExpression(at: Instant): string {
  const seconds = Math.ceil(epochMs(at) / 1000);
  return `at(${instantFromEpochMs(seconds * 1000).slice(0, 19)})`;
}
