import { deliveryRank } from '@aftercare/reminders/delivery-status';
import { segmentsOf } from '@aftercare/sms/encoding';
import { addSeconds, type Instant } from '@aftercare/time/instant';
import { messageRowKey, statusRef, workShardOf } from './keys.ts';
import type { Condition, Item, Put, SendOutcome, System, Update, Write } from './ports.ts';
import { putRow } from './row-item.ts';
import { type MessageRow, messageRow } from './rows.ts';
import { expiryAfter, sessionRetentionSeconds } from './timeline.ts';

/**
 * The one way a text leaves (design 5.3): claimed in a transaction, handed to the carrier once, recorded.
 * Twilio has no idempotency key, so what makes a second send impossible is the claim, not the request.
 */

/**
 * A claim nobody recorded is looked at after this long: the carrier's list is complete by then (invariant 1).
 */
export const settleAfterSeconds = 600;
/** A text stuck at the carrier for longer is dropped there rather than arriving at night. */
export const defaultValiditySeconds = 4 * 3600;

/** A message before it is claimed. */
export type MessageDraft = Pick<
  MessageRow,
  | 'pk'
  | 'clinicId'
  | 'kind'
  | 'reason'
  | 'to'
  | 'from'
  | 'body'
  | 'facts'
  | 'sessionKey'
  | 'revision'
  | 'day'
  | 'alertId'
  | 'rung'
  | 'staffId'
  | 'inboundSid'
  | 'phoneKey'
  | 'patientId'
> & { readonly messageId?: string; readonly resends?: number; readonly settleAfterSeconds?: number };

/** The claim of one message: the row, and the put that belongs into the caller's transaction. */
export function claimMessage(
  random: Pick<System['random'], 'ulid'>,
  now: Instant,
  draft: MessageDraft,
): { readonly message: MessageRow; readonly write: Put } {
  const { settleAfterSeconds: settleSeconds = settleAfterSeconds, ...fields } = draft;
  const messageId = draft.messageId ?? random.ulid(now);
  const message: MessageRow = {
    ...fields,
    ...messageRowKey(draft.pk, messageId),
    row: 'message',
    messageId,
    status: 'sending',
    segments: segmentsOf(draft.body),
    claimedAt: now,
    resends: draft.resends ?? 0,
    workShard: workShardOf(draft.pk),
    attendAt: addSeconds(now, settleSeconds),
    expiresAtEpochSeconds: expiryAfter(now, sessionRetentionSeconds),
  };
  return { message, write: putRow(messageRow, message, { is: 'absent' }) };
}

/**
 * What else must change together with the record of an outcome. Called again after each conflict.
 * `asClaimed`: nothing was read since the claim, so what the claim wrote may stand for what is stored.
 */
export type Consequences = (
  outcome: SendOutcome,
  message: MessageRow,
  asClaimed: boolean,
) => Promise<readonly Write[]>;

/**
 * Hands a claimed message to the carrier and records what came of it. An outcome that cannot be recorded
 * stays `sending` in the row, and the sweep settles it: better late than twice.
 */
export async function deliverClaimed(
  system: Pick<System, 'table' | 'sms' | 'clock' | 'log' | 'metrics' | 'settings'>,
  message: MessageRow,
  consequences: Consequences = async () => [],
  validityPeriodSeconds = defaultValiditySeconds,
): Promise<SendOutcome> {
  const outcome = await handToCarrier(system, message, validityPeriodSeconds);
  reportOutcome(system, message, outcome);
  await recordOutcome(system, message, outcome, consequences);
  return outcome;
}

async function handToCarrier(
  system: Pick<System, 'sms' | 'settings' | 'log'>,
  message: MessageRow,
  validityPeriodSeconds: number,
): Promise<SendOutcome> {
  const allowed = system.settings.allowedNumbers;
  if (allowed !== undefined && !allowed.includes(message.to)) {
    system.log.warn('send_refused_number_not_allowed', { messageId: message.messageId });
    return { kind: 'rejected', code: undefined, httpStatus: 0 };
  }
  try {
    return await system.sms.send({
      to: message.to,
      from: message.from,
      body: message.body,
      ref: statusRef(message.pk, message.messageId),
      validityPeriodSeconds,
    });
  } catch {
    // Whatever broke, it may have broken after the carrier took the text.
    return { kind: 'unknown', cause: 'the carrier adapter failed' };
  }
}

/** The line that ties our message to the carrier's MessageSid (docs/runbook.md, "Following one text"). */
function reportOutcome(
  system: Pick<System, 'log' | 'metrics'>,
  message: MessageRow,
  outcome: SendOutcome,
): void {
  const { kind, clinicId, messageId, sessionKey, day, alertId, inboundSid } = message;
  system.log.info('text_handed_over', {
    kind,
    clinicId,
    messageId,
    sessionKey,
    day,
    alertId,
    inboundSid,
    outcome: outcome.kind,
    messageSid: outcome.kind === 'accepted' ? outcome.providerSid : undefined,
    code: outcome.kind === 'rejected' || outcome.kind === 'not_processed' ? outcome.code : undefined,
  });
  system.metrics.count('messages', 1, { kind, outcome: outcome.kind });
  if (outcome.kind === 'rejected') {
    system.metrics.count('messages_rejected', 1, { code: String(outcome.code ?? 'none') });
  }
}

/** How often a record is tried again when another writer was faster. */
const recordAttempts = 7;

async function recordOutcome(
  system: Pick<System, 'table' | 'clock' | 'log' | 'metrics'>,
  claimed: MessageRow,
  outcome: SendOutcome,
  consequences: Consequences,
): Promise<void> {
  for (let attempt = 0; attempt < recordAttempts; attempt += 1) {
    // The row is what the claim made of it, unless somebody was faster: then the conditions say so.
    const asClaimed = attempt === 0;
    const stored = asClaimed ? claimed : await readMessage(system, claimed.pk, claimed.messageId);
    // A status callback can be faster than the answer to our own request.
    if (stored === undefined || stored.status !== 'sending') return;
    const writes = [
      recordWrite(stored, outcome, system.clock.now()),
      ...(await consequences(outcome, stored, asClaimed)),
    ];
    if ((await system.table.transact(writes)).ok) return;
  }
  system.metrics.count('records_given_up');
  system.log.error('record_given_up', { messageId: claimed.messageId, outcome: outcome.kind });
}

/** The message as it is in the table now. */
export async function readMessage(
  system: Pick<System, 'table'>,
  pk: string,
  messageId: string,
): Promise<MessageRow | undefined> {
  const item = await system.table.get(messageRowKey(pk, messageId));
  return item === undefined ? undefined : messageRow.parse(item);
}

function recordWrite(stored: MessageRow, outcome: SendOutcome, now: Instant): Update {
  const unsettled: Condition = { is: 'oneOf', attribute: 'status', values: ['sending'] };
  const sameDelivery: Condition =
    stored.deliveryRank === undefined
      ? { is: 'attributeAbsent', attribute: 'deliveryRank' }
      : { is: 'equal', attribute: 'deliveryRank', value: stored.deliveryRank };
  const write = (set: Item, remove: readonly string[]): Update => ({
    write: 'update',
    key: { pk: stored.pk, sk: stored.sk },
    set,
    ...(remove.length === 0 ? {} : { remove }),
    condition: { is: 'all', of: [{ is: 'present' }, unsettled, sameDelivery] },
  });
  const done = ['workShard', 'attendAt'];
  switch (outcome.kind) {
    case 'accepted':
      return write(
        {
          status: 'sent',
          providerSid: outcome.providerSid,
          acceptedAt: now,
          ...(stored.deliveryRank === undefined
            ? { deliveryStatus: outcome.status, deliveryRank: deliveryRank(outcome.status) }
            : {}),
        },
        done,
      );
    case 'rejected':
      return write(
        { status: 'failed', ...(outcome.code === undefined ? {} : { errorCode: outcome.code }) },
        done,
      );
    case 'not_processed':
      return write({ status: 'failed' }, done);
    case 'unknown':
      return write({ status: 'unknown' }, []);
  }
}
