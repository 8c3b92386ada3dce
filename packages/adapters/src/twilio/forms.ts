import type { CarrierStatus } from '@aftercare/usecases/ports';
import type { InboundText } from '@aftercare/usecases/receive-inbound';
import { carrierStatusOf } from './status-words.ts';

/** A status callback in our words. */
export type DeliveryReport = {
  readonly providerSid: string;
  readonly status: CarrierStatus;
  readonly errorCode?: number;
};

/** Twilio sends at most this many pictures with one text. */
const mostMedia = 10;

/** Reads the fields of a verified inbound webhook; undefined when one that must be there is missing. */
export function readInboundText(
  fields: ReadonlyMap<string, string>,
): Omit<InboundText, 'source'> | undefined {
  const messageSid = fields.get('MessageSid');
  const from = fields.get('From');
  const to = fields.get('To');
  if (messageSid === undefined || from === undefined || to === undefined) return undefined;
  if (!/^(SM|MM)[0-9a-fA-F]{32}$/.test(messageSid)) return undefined;
  const optOutType = optOutWord(fields.get('OptOutType'));
  return {
    messageSid,
    from,
    to,
    body: fields.get('Body') ?? '',
    mediaUrls: Array.from({ length: mostMedia }, (_, n) => fields.get(`MediaUrl${n}`) ?? '').filter(
      (url) => url !== '',
    ),
    ...(optOutType === undefined ? {} : { optOutType }),
  };
}

/**
 * Reads the fields of a verified status callback; undefined for a status that says nothing about delivery.
 */
export function readDeliveryReport(fields: ReadonlyMap<string, string>): DeliveryReport | undefined {
  const providerSid = fields.get('MessageSid');
  const status = carrierStatusOf(fields.get('MessageStatus') ?? '');
  if (providerSid === undefined || status === undefined) return undefined;
  const code = fields.get('ErrorCode') ?? '';
  return { providerSid, status, ...(/^\d{4,6}$/.test(code) ? { errorCode: Number(code) } : {}) };
}

function optOutWord(word: string | undefined): InboundText['optOutType'] {
  return word === 'STOP' || word === 'START' || word === 'HELP' ? word : undefined;
}
