import { deliveryRank, terminalRank } from '@aftercare/reminders/delivery-status';
import { addSeconds, type Instant } from '@aftercare/time/instant';
import { messageRowKey, parseStatusRef, workShardOf } from './keys.ts';
import type { CarrierStatus, Item, System, Update } from './ports.ts';
import { type MessageRow, messageRow } from './rows.ts';
import { type SettleReach, settleDelivery } from './settle-delivery.ts';

/** A carrier's receipt, as the signed status callback brought it. */
export type DeliveryReceipt = {
  /** The `ref` of the callback's URL. */
  readonly ref: string;
  readonly providerSid: string;
  readonly status: CarrierStatus;
  readonly errorCode?: number;
};

export type ReceiptOutcome = 'recorded' | 'known' | 'unknown_message' | 'bad_ref';

/** The consequences of a terminal receipt are drawn at once; the sweep draws them if we crash before. */
const consequencesWithinSeconds = 120;

/**
 * Records a delivery status: one UpdateItem that never moves a status backwards and never erases an error
 * code (design 5.3), then what follows from it (retry, timeline, the next person on the ladder).
 * Receipts are duplicated and re-ordered by the carrier; all but the furthest are `known`.
 */
export async function recordDelivery(system: SettleReach, receipt: DeliveryReceipt): Promise<ReceiptOutcome> {
  const target = parseStatusRef(receipt.ref);
  const outcome = await record(system, receipt, target);
  const { status, errorCode, providerSid } = receipt;
  const messageId = target?.messageId;
  system.log.info('receipt', { messageId, messageSid: providerSid, status, errorCode, outcome });
  return outcome;
}

async function record(
  system: SettleReach,
  receipt: DeliveryReceipt,
  target: ReturnType<typeof parseStatusRef>,
): Promise<ReceiptOutcome> {
  if (target === undefined) {
    system.metrics.count('receipts_with_bad_ref');
    return 'bad_ref';
  }
  const now = system.clock.now();
  const result = await system.table.write(furtherStatus(target.pk, target.messageId, receipt, now));
  if (result.ok) {
    const written = result.item === undefined ? undefined : messageRow.parse(result.item);
    await settleDelivery(system, target.pk, target.messageId, written);
    return 'recorded';
  }
  if (result.stored === undefined) {
    system.metrics.count('receipts_for_unknown_message');
    return 'unknown_message';
  }
  const stored = messageRow.parse(result.stored);
  await keepErrorCode(system, stored, receipt);
  if (hasWorkLeft(stored)) await settleDelivery(system, target.pk, target.messageId);
  return 'known';
}

/** A repeated receipt whose first handling did not finish must finish it. */
const hasWorkLeft = (stored: MessageRow): boolean =>
  stored.status !== 'sent' || (stored.deliveryRank === terminalRank && stored.handledRank !== terminalRank);

function furtherStatus(pk: string, messageId: string, receipt: DeliveryReceipt, now: Instant): Update {
  const rank = deliveryRank(receipt.status);
  const set: Item = {
    deliveryStatus: receipt.status,
    deliveryRank: rank,
    providerSid: receipt.providerSid,
    ...(receipt.errorCode === undefined ? {} : { errorCode: receipt.errorCode }),
    ...(receipt.status === 'delivered' ? { deliveredAt: now } : {}),
    ...(rank === terminalRank
      ? { workShard: workShardOf(pk), attendAt: addSeconds(now, consequencesWithinSeconds) }
      : {}),
  };
  return {
    write: 'update',
    key: messageRowKey(pk, messageId),
    set,
    condition: {
      is: 'all',
      of: [
        { is: 'present' },
        {
          is: 'any',
          of: [
            { is: 'attributeAbsent', attribute: 'deliveryRank' },
            { is: 'below', attribute: 'deliveryRank', value: rank },
          ],
        },
      ],
    },
  };
}

/** The same terminal status can come first without and then with its error code: keep the code. */
async function keepErrorCode(
  system: Pick<System, 'table'>,
  stored: MessageRow,
  receipt: DeliveryReceipt,
): Promise<void> {
  if (receipt.errorCode === undefined || stored.errorCode !== undefined) return;
  if (stored.deliveryStatus !== receipt.status) return;
  await system.table.write({
    write: 'update',
    key: { pk: stored.pk, sk: stored.sk },
    set: { errorCode: receipt.errorCode },
    condition: { is: 'all', of: [{ is: 'present' }, { is: 'attributeAbsent', attribute: 'errorCode' }] },
  });
}
