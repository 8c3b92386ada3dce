import { SchedulerClient } from '@aws-sdk/client-scheduler';

/** Schedules are hints that the sweep repairs (design 5.1), so a slow call is given up early. */
export function createSchedulerClient(options: { readonly endpoint?: string } = {}): SchedulerClient {
  return new SchedulerClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000 },
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  });
}
