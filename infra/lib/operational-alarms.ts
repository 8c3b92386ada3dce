import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Alarms } from './alarms.ts';
import type { ServiceFunction } from './service-function.ts';
import type { WorkQueues } from './work-queues.ts';

type Waiting = 'reminders' | 'inbound' | 'alerts' | 'webhooks' | 'fallback';

/** What waits, per queue: how long is too long, and for whom. */
const patience: readonly { readonly name: Waiting; readonly seconds: number; readonly impact: string }[] = [
  {
    name: 'inbound',
    seconds: 60,
    impact: 'Patients wait over a minute for an answer, and staff for a page.',
  },
  { name: 'alerts', seconds: 120, impact: 'The next person on an alert’s ladder is paged late.' },
  { name: 'fallback', seconds: 300, impact: 'Texts caught by the fallback are not being read.' },
  { name: 'reminders', seconds: 1800, impact: 'Aftercare texts go out half an hour late.' },
  { name: 'webhooks', seconds: 3600, impact: 'Clinics’ software hears of events an hour late.' },
];

/** One alarm for each function, each dead-letter queue, each queue's age, and the API's own errors. */
export function addOperationalAlarms(
  alarms: Alarms,
  props: {
    readonly services: readonly ServiceFunction[];
    readonly queues: WorkQueues;
    readonly api: HttpApi;
  },
): void {
  const period = Duration.minutes(5);
  for (const service of props.services) {
    const { name, failureImpact } = service.props;
    const runbookSection = `function-${name}`;
    const errors = service.function.metricErrors({ period });
    alarms.add(`function-${name}`, { metric: errors, threshold: 1, failureImpact, runbookSection });
    const throttles = service.function.metricThrottles({ period });
    alarms.add(`throttled-${name}`, {
      metric: throttles,
      threshold: 5,
      periods: 3,
      failureImpact,
      runbookSection,
    });
  }
  for (const queue of props.queues.deadLetters) {
    alarms.add(`dead-letters-${queue.node.path.split('/').slice(2).join('-')}`, {
      metric: queue.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      threshold: 1,
      failureImpact: 'Work was given up after five tries: a text, answer, page or event is missing.',
      runbookSection: 'dead-letters',
    });
  }
  for (const { name, seconds, impact } of patience) {
    alarms.add(`waiting-${name}`, {
      metric: props.queues[name].queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1) }),
      threshold: seconds,
      periods: 3,
      failureImpact: impact,
      runbookSection: 'waiting',
    });
  }
  alarms.add('api-errors', {
    metric: props.api.metricServerError({ period, statistic: 'Sum' }),
    threshold: 1,
    failureImpact: 'Clinics or Twilio get server errors; both retry, but texts and sessions are late.',
    runbookSection: 'api-errors',
  });
}
