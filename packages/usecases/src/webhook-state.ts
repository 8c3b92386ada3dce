import type { Instant } from '@aftercare/time/instant';
import { type WebhookStateRow, webhookStateRow } from './clinic-rows.ts';
import { clinicPartition, webhookStateRowKey } from './keys.ts';
import type { Condition, System, Update } from './ports.ts';
import { toItem } from './row-item.ts';
import { looseEvents } from './timeline.ts';

/**
 * What attempts found out about a clinic's endpoint. Attempts of many events run side by side, so each change
 * touches its own attribute under its own condition: a success never brings back an endpoint that said 410.
 */

type Reach = Pick<System, 'table' | 'clock' | 'random'>;
type Finding = { readonly type: 'webhook_disabled' | 'webhook_dead'; readonly text: string };

/** How often a finding is stored again when another transaction was in the way. */
const attempts = 5;

export async function readWebhookState(
  system: Pick<System, 'table'>,
  clinicId: string,
): Promise<WebhookStateRow> {
  const key = webhookStateRowKey(clinicId);
  const item = await system.table.get(key);
  return item === undefined ? { ...key, row: 'webhook_state', clinicId } : webhookStateRow.parse(item);
}

/** It answers again. */
export async function noteWorking(system: Reach, state: WebhookStateRow): Promise<void> {
  const { clinicId, failingSinceAt } = state;
  if (failingSinceAt === undefined) return;
  await system.table.write({
    write: 'update',
    key: webhookStateRowKey(clinicId),
    remove: ['failingSinceAt'],
    condition: { is: 'equal', attribute: 'failingSinceAt', value: failingSinceAt },
  });
}

/** The first of a row of failures; answers with the moment since when it fails. */
export async function noteFailing(system: Reach, state: WebhookStateRow, at: Instant): Promise<Instant> {
  if (state.failingSinceAt !== undefined) return state.failingSinceAt;
  const first: Condition = { is: 'attributeAbsent', attribute: 'failingSinceAt' };
  const written = await system.table.write(change(state.clinicId, { failingSinceAt: at }, first));
  return written.ok ? at : ((await readWebhookState(system, state.clinicId)).failingSinceAt ?? at);
}

/** It said 410 Gone: nothing more is sent. True for the one attempt that stored it, with its history line. */
export function noteGone(system: Reach, clinicId: string, at: Instant): Promise<boolean> {
  return storeFinding(
    system,
    change(clinicId, { disabledAt: at }, { is: 'attributeAbsent', attribute: 'disabledAt' }),
    { type: 'webhook_disabled', text: 'The endpoint answered 410 Gone; no more events are sent to it.' },
    (state) => state.disabledAt !== undefined,
  );
}

/** An event was given up. True for the first since it fails, which stored it with its history line. */
export function noteDead(system: Reach, clinicId: string, since: Instant, at: Instant): Promise<boolean> {
  const isNew: Condition = {
    is: 'any',
    of: [
      { is: 'attributeAbsent', attribute: 'reportedAt' },
      { is: 'below', attribute: 'reportedAt', value: since },
    ],
  };
  return storeFinding(
    system,
    change(clinicId, { reportedAt: at }, isNew),
    { type: 'webhook_dead', text: 'The endpoint has not answered for a day; an event was given up.' },
    ({ reportedAt }) => reportedAt !== undefined && reportedAt >= since,
  );
}

function change(clinicId: string, set: Partial<WebhookStateRow>, condition: Condition): Update {
  const row = { row: 'webhook_state', clinicId } as const;
  return { write: 'update', key: webhookStateRowKey(clinicId), set: toItem({ ...row, ...set }), condition };
}

/**
 * The finding and its line in the clinic's history, both or neither: the clinic cannot hear of it by webhook.
 * Throws when other writers were in the way every time, so that the queue brings the attempt back.
 */
async function storeFinding(
  system: Reach,
  write: Update,
  finding: Finding,
  isStored: (state: WebhookStateRow) => boolean,
): Promise<boolean> {
  const clinicId = String(write.set?.clinicId);
  const owner = { pk: clinicPartition(clinicId), clinicId };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const line = looseEvents(system.random, system.clock.now(), owner, finding);
    if ((await system.table.transact([write, ...line])).ok) return true;
    if (isStored(await readWebhookState(system, clinicId))) return false;
  }
  throw new Error('The state of a webhook met other writers too often; the queue brings the event back');
}
