import { createSqsClient } from '@aftercare/adapters/sqs/client';
import { createDeadLetterQueues, type DeadLetterQueues } from '@aftercare/adapters/sqs/dead-letters';
import { localCredentials, localRegion } from '@aftercare/local/embedded-dynamodb/local-table';
import type { QueueName } from '@aftercare/usecases/ports';
import { z } from 'zod';
import { AdministrationRefusal, type Environment } from './connect.ts';

/** What `dead-letters` can name: a queue with its dead letters, or the dead letters of something else. */
export type LetterBox = QueueName | 'scheduler' | 'events' | 'clockwork';

export const letterBoxes: readonly LetterBox[] = [
  'inbound-received',
  'alerts-due',
  'reminders-due',
  'inbound-fallback',
  'webhooks-due',
  'scheduler',
  'events',
  'clockwork',
];

export type ReachedQueues = {
  readonly queues: DeadLetterQueues;
  /** The address of a working queue; `undefined` where this deployment has none. */
  workUrl(queue: QueueName): Promise<string | undefined>;
  /** The address of its dead letters, or of a box that has nothing but dead letters. */
  letterUrl(box: LetterBox): Promise<string | undefined>;
};

const info = z.object({ endpoints: z.object({ sqs: z.string() }) });

/**
 * The queues beside the table that `connect` finds: of a deployment on AWS (TABLE_NAME) by their names
 * `aftercare-<stage>-<queue>` or by QUEUE_URL_REMINDERS_DUE and its like; of the local runtime (PORT) by what
 * it says of itself.
 */
export async function connectQueues(
  environment: Environment,
  stage: string | undefined,
): Promise<ReachedQueues> {
  if (environment.TABLE_NAME) return onAws(environment, stage);
  const base = `http://127.0.0.1:${environment.PORT ?? '8787'}`;
  const answer = await fetch(`${base}/local/info`, { signal: AbortSignal.timeout(3000) }).catch(
    () => undefined,
  );
  const read = info.safeParse(await answer?.json());
  if (!read.success) throw new AdministrationRefusal(`No local runtime answers at ${base}.`);
  const client = createSqsClient({
    endpoint: read.data.endpoints.sqs,
    region: localRegion,
    credentials: localCredentials,
  });
  return named(createDeadLetterQueues(client), (box) => (box === 'scheduler' ? 'schedules' : box), {});
}

function onAws(environment: Environment, stageGiven: string | undefined): ReachedQueues {
  const stage = stageGiven ?? environment.STAGE ?? stageOfTable(environment.TABLE_NAME ?? '');
  if (stage !== 'dev' && stage !== 'prod')
    throw new AdministrationRefusal('Which stage? Give --stage dev or --stage prod (or set STAGE).');
  return named(createDeadLetterQueues(createSqsClient()), (box) => `aftercare-${stage}-${box}`, environment);
}

/** CloudFormation begins a table's name with its stack's: `aftercare-data-prod-us-east-1-Table…`. */
const stageOfTable = (tableName: string): string | undefined =>
  /^aftercare-data-(dev|prod)-/.exec(tableName)?.[1];

function named(
  queues: DeadLetterQueues,
  nameOf: (box: LetterBox) => string,
  environment: Environment,
): ReachedQueues {
  const workUrl: ReachedQueues['workUrl'] = async (queue) =>
    environment[`QUEUE_URL_${queue.toUpperCase().replaceAll('-', '_')}`] ?? queues.urlOf(nameOf(queue));
  return {
    queues,
    workUrl,
    async letterUrl(box) {
      if (box === 'scheduler' || box === 'events' || box === 'clockwork')
        return queues.urlOf(`${nameOf(box)}-dlq`);
      const work = await workUrl(box);
      const letters = work === undefined ? undefined : (await queues.look(work)).deadLetterName;
      return letters === undefined ? undefined : queues.urlOf(letters);
    },
  };
}
