import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

const maximumReceives = 5;

/**
 * A queue and its dead-letter queue: encrypted under our key, TLS only, kept for as long as SQS keeps
 * anything.
 */
export class DurableQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: { readonly name: string; readonly key: IKey }) {
    super(scope, id);
    this.deadLetters = createQueue(this, 'DeadLetters', { ...props, name: `${props.name}-dlq` });
    this.queue = createQueue(this, 'Queue', { ...props, deadLetters: this.deadLetters });
  }
}

/** Visibility is six times the functions' 15 s, so that a message is not given to a second one meanwhile. */
export function createQueue(
  scope: Construct,
  id: string,
  props: { readonly name: string; readonly key: IKey; readonly deadLetters?: Queue },
): Queue {
  return new Queue(scope, id, {
    queueName: props.name,
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: props.key,
    dataKeyReuse: Duration.hours(1),
    enforceSSL: true,
    visibilityTimeout: Duration.seconds(90),
    retentionPeriod: Duration.days(14),
    receiveMessageWaitTime: Duration.seconds(20),
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    ...(props.deadLetters === undefined
      ? {}
      : { deadLetterQueue: { queue: props.deadLetters, maxReceiveCount: maximumReceives } }),
  });
}
