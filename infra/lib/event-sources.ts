import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { acknowledge } from './acknowledge.ts';
import type { HttpFront } from './http-front.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Services } from './services.ts';
import type { DeploymentSettings } from './settings.ts';
import type { WorkQueues } from './work-queues.ts';

/** Lets a function take messages from a queue and report the ones that failed. */
function consume(
  consumer: ServiceFunction,
  queue: Queue,
  limits: {
    readonly batchSize: number;
    readonly maxConcurrency: number;
    readonly maxBatchingWindow?: Duration;
  },
): void {
  const mapping = new EventSourceMapping(consumer, 'Messages', {
    target: consumer.function,
    eventSourceArn: queue.queueArn,
    ...limits,
    reportBatchItemFailures: true,
  });
  acknowledge(
    mapping,
    'A failure destination exists for streams only; what a queue’s consumer cannot handle goes to its DLQ.',
    ['Serverless-LambdaEventSourceMappingDestination'],
  );
}

/**
 * One send each within 15 s, hence batches of one; the concurrency is the valve in front of Twilio's own
 * queue (reference aws, section 6). Events wait up to a second for company: ten are posted side by side, and
 * each text that leaves makes two of them (docs/scale.md).
 */
export function connectQueues(
  services: Services,
  queues: WorkQueues,
  { sendConcurrency }: Pick<DeploymentSettings, 'sendConcurrency'>,
): void {
  consume(services.sendReminder, queues.reminders.queue, { batchSize: 1, maxConcurrency: sendConcurrency });
  consume(services.processInbound, queues.inbound.queue, { batchSize: 1, maxConcurrency: 20 });
  consume(services.alertRung, queues.alerts.queue, { batchSize: 1, maxConcurrency: 10 });
  consume(services.deliverWebhook, queues.webhooks.queue, {
    batchSize: 10,
    maxBatchingWindow: Duration.seconds(1),
    maxConcurrency: Math.max(10, Math.ceil(sendConcurrency / 2)),
  });
  consume(services.inboundReplay, queues.fallback.queue, { batchSize: 5, maxConcurrency: 2 });
}

/** What leaves the stream unpublished after 20 tries is kept in a queue, and the stream goes on. */
export function connectStream(services: Services, queues: WorkQueues, streamArn: string): void {
  new EventSourceMapping(services.publishEvents, 'Changes', {
    target: services.publishEvents.function,
    eventSourceArn: streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    bisectBatchOnError: true,
    retryAttempts: 20,
    reportBatchItemFailures: true,
    onFailure: new SqsDlq(queues.eventLetters),
  });
}

const clinics = { rate: 50, burst: 100 };
/** Twilio reports each text twice, and a place of send-reminder sends about four texts a second. */
const carrierCallsFor = (sendConcurrency: number) => ({
  rate: 10 * sendConcurrency,
  burst: Math.min(5000, 30 * sendConcurrency),
});
const strangers = { rate: 5, burst: 10 };
const signed = 'Every call carries an HMAC signature over its own content that the function checks first.';
const byTwilio = 'Twilio signs every call; the function checks X-Twilio-Signature before reading anything.';

export function connectRoutes(
  front: HttpFront,
  services: Services,
  { sendConcurrency }: Pick<DeploymentSettings, 'sendConcurrency'>,
): void {
  const carrierCalls = carrierCallsFor(Math.max(10, sendConcurrency));
  front.serve(
    'intake',
    services.intake.function,
    [
      { path: '/v1/clinics/{clinicId}/sessions', throttle: clinics },
      { path: '/v1/clinics/{clinicId}/sessions/{sessionId}', throttle: clinics },
      { path: '/health', throttle: strangers },
      { path: '$default', throttle: strangers },
    ],
    signed,
  );
  front.serve(
    'staff-api',
    services.staffApi.function,
    [{ path: '/v1/clinics/{clinicId}/{proxy+}', throttle: clinics }],
    signed,
  );
  front.serve(
    'delivery-status',
    services.deliveryStatus.function,
    [{ path: '/twilio/status', throttle: carrierCalls }],
    byTwilio,
  );
  front.serve(
    'inbound-message',
    services.inboundMessage.function,
    [{ path: '/twilio/inbound', throttle: carrierCalls }],
    byTwilio,
  );
  front.serve(
    'inbound-fallback',
    services.inboundFallback.function,
    [{ path: '/twilio/inbound-fallback', throttle: { rate: 20, burst: 100 } }],
    'It only stores the call with its signature, which the replay checks before reading anything.',
  );
}
