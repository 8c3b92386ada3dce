import { SchedulerClient } from '@aws-sdk/client-scheduler';

/** Schedules are hints that the sweep repairs (design 5.1), so a slow call is given up early. */
export function createSchedulerClient(options: { readonly endpoint?: string } = {}): SchedulerClient {
  return new SchedulerClient({
    maxAttempts: 2,
    // Without the last, the SDK only warns when the time is up.
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  });
}
