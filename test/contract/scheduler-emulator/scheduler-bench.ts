import { startLoopbackServer } from '@aftercare/local/http/loopback-server';
import { createScheduleRows } from '@aftercare/local/scheduler-emulator/schedule-rows';
import { answerScheduler } from '@aftercare/local/scheduler-emulator/scheduler-emulator';
import { openEmulatorStore } from '@aftercare/local/store/emulator-store';
import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  type CreateScheduleCommandOutput,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';

export const queueArn = 'arn:aws:sqs:eu-west-1:123456789012:reminders-due';
export const roleArn = 'arn:aws:iam::123456789012:role/scheduler';

export type SchedulerBench = {
  readonly url: string;
  readonly client: SchedulerClient;
  /** The emulator's clock; a test moves it. */
  readonly clock: { nowMs: number };
  readonly create: (
    name: string,
    extra?: Partial<CreateScheduleCommandInput>,
  ) => Promise<CreateScheduleCommandOutput>;
  readonly end: () => Promise<void>;
};

/** The emulator on a port of its own, and the SDK's client in front of it, without retries. */
export async function startSchedulerBench(): Promise<SchedulerBench> {
  const clock = { nowMs: Date.parse('2026-11-21T16:00:00.250Z') };
  const opened = openEmulatorStore(':memory:');
  if (!opened.ok) throw new Error(opened.message);
  const { store } = opened;
  const answer = answerScheduler(createScheduleRows(store), () => clock.nowMs);
  const started = await startLoopbackServer({ port: 0, answer });
  if (!started.ok) throw new Error(started.message);
  const { server } = started;
  const client = clientOf(server.url, 'eu-west-1');
  return {
    url: server.url,
    client,
    clock,
    create: (name, extra = {}) => client.send(new CreateScheduleCommand(schedule(name, extra))),
    end: async () => {
      client.destroy();
      await server.close();
      store.close();
    },
  };
}

export function clientOf(endpoint: string, region: string): SchedulerClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new SchedulerClient({ endpoint, region, credentials, maxAttempts: 1 });
}

export function schedule(
  Name: string,
  extra: Partial<CreateScheduleCommandInput> = {},
): CreateScheduleCommandInput {
  return {
    Name,
    ScheduleExpression: 'at(2026-11-22T10:00:00)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: queueArn, RoleArn: roleArn },
    ...extra,
  };
}
