import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { createQueue, DurableQueue } from './durable-queue.ts';

/**
 * Every queue of a deployment: five with work and their dead letters, three with the dead letters of others.
 */
export class WorkQueues extends Construct {
  readonly reminders: DurableQueue;
  readonly inbound: DurableQueue;
  readonly alerts: DurableQueue;
  readonly webhooks: DurableQueue;
  readonly fallback: DurableQueue;
  readonly schedulerLetters: Queue;
  readonly eventLetters: Queue;
  readonly clockworkLetters: Queue;

  constructor(scope: Construct, id: string, props: { readonly stage: string; readonly key: IKey }) {
    super(scope, id);
    const { key } = props;
    const nameOf = (name: string): string => `aftercare-${props.stage}-${name}`;
    const durable = (name: string): DurableQueue => {
      const pair = new DurableQueue(this, name, { name: nameOf(name), key });
      acknowledge(
        pair.deadLetters,
        'It is the dead-letter queue: an alarm watches it and a person redrives it.',
        ['Serverless-SQSRedrivePolicy'],
      );
      return pair;
    };
    const lettersOf = (name: string): Queue => {
      const letters = createQueue(this, `${name}-dlq`, { name: nameOf(`${name}-dlq`), key });
      acknowledge(letters, 'It is a dead-letter queue itself, of something that is not a queue.', [
        'AwsSolutions-SQS3',
        'Serverless-SQSRedrivePolicy',
      ]);
      return letters;
    };
    this.reminders = durable('reminders-due');
    this.inbound = durable('inbound-received');
    this.alerts = durable('alerts-due');
    this.webhooks = durable('webhooks-due');
    this.fallback = durable('inbound-fallback');
    this.schedulerLetters = lettersOf('scheduler');
    this.eventLetters = lettersOf('events');
    this.clockworkLetters = lettersOf('clockwork');
  }

  get working(): readonly Queue[] {
    return [this.reminders, this.inbound, this.alerts, this.webhooks, this.fallback].map(
      (pair) => pair.queue,
    );
  }

  get deadLetters(): readonly Queue[] {
    const pairs = [this.reminders, this.inbound, this.alerts, this.webhooks, this.fallback];
    return [
      ...pairs.map((pair) => pair.deadLetters),
      this.schedulerLetters,
      this.eventLetters,
      this.clockworkLetters,
    ];
  }
}
