import { type CarrierKeyword, carrierKeyword } from '@aftercare/sms/carrier-words';
import { segmentsOf } from '@aftercare/sms/encoding';
import type { AccountNumber } from './account.ts';
import { fateOf } from './magic-numbers.ts';
import { newSid, planFate, type TwilioParts } from './message-create.ts';
import type { FormFields } from './webhook-call.ts';

export type IncomingText = {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  /** Addresses of pictures sent along. */
  readonly mediaUrls?: readonly string[];
};

export type ReceivedText =
  | { readonly ok: true; readonly sid: string }
  | { readonly ok: false; readonly message: string };

/**
 * A text from a phone reaches the account: Twilio answers its own keywords, keeps its opt-out list, and
 * calls the number's webhook. All of it is stored before this returns; the webhook follows as a timer that
 * is due now.
 */
export function receiveText(parts: TwilioParts, text: IncomingText): ReceivedText {
  const number = parts.account.numbers().get(text.to);
  if (number === undefined) return { ok: false, message: `${text.to} is not a number of this account.` };
  const keyword = carrierKeyword(text.body);
  const mediaUrls = text.mediaUrls ?? [];
  const sid = newSid(mediaUrls.length > 0 ? 'MM' : 'SM');
  parts.store.transaction(() => {
    const nowMs = parts.nowMs();
    parts.rows.insert({
      sid,
      direction: 'inbound',
      to: text.to,
      from: text.from,
      serviceSid: undefined,
      body: text.body,
      status: 'received',
      errorCode: undefined,
      segments: segmentsOf(text.body),
      mediaCount: mediaUrls.length,
      statusCallback: undefined,
      createdMs: nowMs,
      updatedMs: nowMs,
      sentMs: nowMs,
      keyword,
    });
    if (keyword !== undefined) answerKeyword(parts, text, keyword, number);
    parts.timers.set(nowMs, {
      kind: 'call',
      sid,
      url: number.inboundUrl,
      ...(number.fallbackUrl === undefined ? {} : { fallbackUrl: number.fallbackUrl }),
      fields: inboundFields(parts, text, sid, keyword),
    });
  });
  return { ok: true, sid };
}

/**
 * One confirmation per opt-out: STOP from someone already out, and START from someone in, are not answered.
 */
function answerKeyword(
  parts: TwilioParts,
  text: IncomingText,
  keyword: CarrierKeyword,
  number: AccountNumber,
): void {
  const out = parts.rows.optedOut(text.to, text.from);
  if (keyword === 'stop' && out) return;
  if (keyword === 'start' && !out) return;
  if (keyword === 'stop') parts.rows.optOut(text.to, text.from);
  if (keyword === 'start') parts.rows.optIn(text.to, text.from);
  const nowMs = parts.nowMs();
  const body = number.keywordAnswers[keyword];
  const sid = newSid('SM');
  parts.rows.insert({
    sid,
    direction: 'outbound-reply',
    to: text.from,
    from: text.to,
    serviceSid: undefined,
    body,
    status: 'queued',
    errorCode: undefined,
    segments: segmentsOf(body),
    mediaCount: 0,
    statusCallback: undefined,
    createdMs: nowMs,
    updatedMs: nowMs,
    sentMs: undefined,
    keyword,
  });
  planFate(parts.timers, sid, fateOf('', 0), nowMs);
}

/** The form of an inbound webhook (docs/messaging/guides/webhook-request). */
function inboundFields(
  parts: TwilioParts,
  text: IncomingText,
  sid: string,
  keyword: CarrierKeyword | undefined,
): FormFields {
  const media = (text.mediaUrls ?? []).flatMap((url, index): [string, string][] => [
    [`MediaUrl${index}`, url],
    [`MediaContentType${index}`, 'image/jpeg'],
  ]);
  const optOut =
    parts.account.advancedOptOut && keyword !== undefined ? { OptOutType: keyword.toUpperCase() } : {};
  return {
    ToCountry: 'US',
    ToState: '',
    SmsMessageSid: sid,
    NumMedia: String((text.mediaUrls ?? []).length),
    ToCity: '',
    FromZip: '',
    SmsSid: sid,
    FromState: '',
    SmsStatus: 'received',
    FromCity: '',
    Body: text.body,
    FromCountry: 'US',
    To: text.to,
    ToZip: '',
    NumSegments: String(segmentsOf(text.body)),
    MessageSid: sid,
    AccountSid: parts.account.accountSid,
    From: text.from,
    ApiVersion: '2010-04-01',
    ...optOut,
    ...Object.fromEntries(media),
  };
}
