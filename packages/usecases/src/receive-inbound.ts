import { carrierKeyword } from '@aftercare/sms/carrier-words';
import { phoneKey } from '@aftercare/sms/phone-key';
import { addSeconds, type Instant } from '@aftercare/time/instant';
import { numberRow } from './clinic-rows.ts';
import { inboundRowKey, numberRowKey, sessionKeyOf, workShardOf } from './keys.ts';
import { type InboundRow, inboundRow } from './person-rows.ts';
import type { System } from './ports.ts';
import { putRow } from './row-item.ts';
import { expiryAfter, sessionRetentionSeconds } from './timeline.ts';

/** A text as the carrier's signed webhook (or its list) brought it. */
export type InboundText = {
  readonly messageSid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaUrls: readonly string[];
  readonly optOutType?: 'STOP' | 'START' | 'HELP';
  /** When the carrier took it; now when it does not say. */
  readonly receivedAt?: Instant;
  readonly source: InboundRow['source'];
};

export type ReceiveOutcome =
  | { readonly kind: 'stored' | 'duplicate'; readonly clinicId: string; readonly phoneKey: string }
  /** No clinic has (or had) this number: nothing to store it under. */
  | { readonly kind: 'not_ours' };

/** The sweep looks at a text that nobody processed within this time. */
const unprocessedAfterSeconds = 120;

/**
 * Stores a text once, for ever, by its MessageSid, then queues it: only then is it acknowledged to the
 * carrier (design 5.4). A repeated webhook queues it again while it is unprocessed, in case we crashed in
 * between.
 */
export async function receiveInbound(
  system: Pick<System, 'table' | 'queues' | 'secrets' | 'clock' | 'log' | 'metrics'>,
  text: InboundText,
): Promise<ReceiveOutcome> {
  const route = await system.table.get(numberRowKey(text.to));
  if (route === undefined) {
    system.metrics.count('inbound_not_ours');
    system.log.error('inbound_not_ours', { messageSid: text.messageSid });
    return { kind: 'not_ours' };
  }
  const { clinicId } = numberRow.parse(route);
  const key = senderKey(text.from, (await system.secrets.current()).phonePepper);
  const row = newInbound(clinicId, key, text, system.clock.now());
  const written = await system.table.write(putRow(inboundRow, row, { is: 'absent' }));
  const known = written.ok ? undefined : await system.table.get({ pk: row.pk, sk: row.sk });
  const waiting = known === undefined || inboundRow.parse(known).status === 'received';
  if (waiting) {
    await system.queues.enqueue('inbound-received', { clinicId, phoneKey: key, messageSid: text.messageSid });
  }
  const { messageSid, source } = text;
  system.log.info('text_received', { clinicId, messageSid, source, known: !written.ok });
  system.metrics.count('inbound_texts', 1, {
    kind: written.ok ? 'stored' : 'duplicate',
    source,
  });
  return { kind: written.ok ? 'stored' : 'duplicate', clinicId, phoneKey: key };
}

/** A short code or a name is no phone, but its text is stored all the same. */
function senderKey(from: string, pepper: string): string {
  if (/^\+[1-9]\d{6,14}$/.test(from)) return phoneKey(from, Buffer.from(pepper, 'base64'));
  return sessionKeyOf('sender', from);
}

function newInbound(clinicId: string, key: string, text: InboundText, now: Instant): InboundRow {
  const rowKey = inboundRowKey(clinicId, key, text.messageSid);
  return {
    ...rowKey,
    row: 'inbound',
    clinicId,
    phoneKey: key,
    messageSid: text.messageSid,
    from: text.from,
    to: text.to,
    body: text.body,
    mediaCount: text.mediaUrls.length,
    ...(text.mediaUrls.length === 0 ? {} : { mediaUrls: [...text.mediaUrls] }),
    ...(text.optOutType === undefined ? {} : { optOutType: text.optOutType }),
    receivedAt: text.receivedAt ?? now,
    source: text.source,
    status: 'received',
    expiresAtEpochSeconds: expiryAfter(now, sessionRetentionSeconds),
    workShard: workShardOf(rowKey.pk),
    attendAt: addSeconds(now, unprocessedAfterSeconds),
  };
}

/** What the carrier does by itself with a text (product-rules 5): its own word, or a whole-text keyword. */
export function carrierWordOf(
  inbound: Pick<InboundRow, 'body' | 'optOutType'>,
): 'stop' | 'start' | 'help' | undefined {
  switch (inbound.optOutType) {
    case 'STOP':
      return 'stop';
    case 'START':
      return 'start';
    case 'HELP':
      return 'help';
    case undefined:
      return carrierKeyword(inbound.body);
  }
}
