import type { QueueEngine } from '../sqs-emulator/queue-engine.ts';
import type { DeliverToTarget } from './schedule-firing.ts';

/** SQS queues are the only targets this system has; anything else fails as a missing permission would. */
export function deliverToQueues(engine: QueueEngine): DeliverToTarget {
  return (targetArn, payload, attributes) => {
    const queue = /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:(.+)$/.exec(targetArn)?.[1];
    if (queue === undefined) {
      return { ok: false, code: 'UnsupportedTarget', message: 'The emulator delivers to SQS queues only.' };
    }
    if (engine.attributes(queue) === undefined) {
      return {
        ok: false,
        code: 'AWS.SimpleQueueService.NonExistentQueue',
        message: 'The specified queue does not exist.',
      };
    }
    engine.send(queue, { body: payload, attributes });
    return { ok: true };
  };
}
