import type { TwilioMessage } from './message-rows.ts';

/** RFC 2822 with a numeric zone, as the 2010 API writes dates. */
export function twilioDate(epochMs: number): string {
  return new Date(epochMs).toUTCString().replace('GMT', '+0000');
}

/**
 * The Message resource as JSON. A text sent through a service shows no sender and no segments before it is
 * queued.
 */
export function messageAnswer(accountSid: string, message: TwilioMessage): Record<string, unknown> {
  const path = `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}`;
  const unassigned = message.status === 'accepted' || message.status === 'scheduled';
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: message.body,
    date_created: twilioDate(message.createdMs),
    date_sent: message.sentMs === undefined ? null : twilioDate(message.sentMs),
    date_updated: twilioDate(message.updatedMs),
    direction: message.direction,
    error_code: message.errorCode ?? null,
    error_message: null,
    from: unassigned ? null : message.from,
    messaging_service_sid: message.serviceSid ?? null,
    num_media: String(message.mediaCount),
    num_segments: unassigned ? '0' : String(message.segments),
    price: null,
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${path}/Media.json`, feedback: `${path}/Feedback.json` },
    to: message.to,
    uri: `${path}.json`,
  };
}
