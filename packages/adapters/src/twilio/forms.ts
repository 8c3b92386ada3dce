import type { CarrierStatus } from '@aftercare/usecases/ports';
import { carrierStatusOf } from './status-words.ts';

/** An inbound text in our words. */
export type InboundText = {
  readonly messageSid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaCount: number;
  /** Twilio handled the keyword itself and has answered (Advanced Opt-Out). */
  readonly optOutType?: 'STOP' | 'START' | 'HELP';
};

/** A status callback in our words. */
export type DeliveryReport = {
  readonly providerSid: string;
  readonly status: CarrierStatus;
  readonly errorCode?: number;
};

/** Reads the fields of a verified inbound webhook; undefined when one that must be there is missing. */
export function readInboundText(fields: ReadonlyMap<string, string>): InboundText | undefined {
  const messageSid = fields.get('MessageSid');
  const from = fields.get('From');
  const to = fields.get('To');
  if (messageSid === undefined || from === undefined || to === undefined) return undefined;
  if (!/^(SM|MM)[0-9a-fA-F]{32}$/.test(messageSid)) return undefined;
  const mediaCount = Number(fields.get('NumMedia') ?? '0');
  const optOutType = optOutWord(fields.get('OptOutType'));
  return {
    messageSid,
    from,
    to,
    body: fields.get('Body') ?? '',
    mediaCount: Number.isInteger(mediaCount) && mediaCount > 0 ? mediaCount : 0,
    ...(optOutType === undefined ? {} : { optOutType }),
  };
}

/** Reads the fields of a verified status callback; undefined for a status that says nothing about delivery. */
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
