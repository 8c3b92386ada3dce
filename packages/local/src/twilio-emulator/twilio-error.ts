import type { LocalAnswer } from '../http/loopback-server.ts';

/** Texts as Twilio words them; the code is what callers act on (docs/api/errors). */
const messages: Readonly<Record<number, string>> = {
  20001: 'Invalid parameter.',
  20003: 'Authenticate',
  20004: 'Method not allowed',
  20009: 'Cannot delete this resource before it is complete.',
  20404: 'The requested resource was not found',
  20429: 'Too Many Requests',
  20500: 'An internal server error has occurred',
  20503: 'Service unavailable',
  21211: "Invalid 'To' Phone Number",
  21212: 'Invalid From Number (caller ID)',
  21266: "'To' and 'From' number cannot be the same",
  21408: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number",
  21602: 'Message body is required.',
  21603: "A 'From' phone number is required.",
  21604: "A 'To' phone number is required.",
  21606:
    "The 'From' phone number provided is not a valid message-capable Twilio phone number for this account",
  21608: 'The number is unverified. Trial accounts cannot send messages to unverified numbers',
  21609: "The 'StatusCallback' URL is not a valid URL.",
  21610: 'Attempt to send to unsubscribed recipient',
  21611: "This 'From' number has exceeded the maximum number of queued messages",
  21612: "The 'To' phone number is not currently reachable via SMS",
  21614: "'To' number is not a valid mobile number",
  21617: 'The concatenated message body exceeds the 1600 character limit',
  21624: 'Invalid ValidityPeriod value',
  21635: "'To' number cannot be a landline",
  21701: 'The Messaging Service does not exist',
  30409: 'The message cannot be canceled',
  35114: 'SendAt time must be between 300 seconds and 35 days in the future',
  35118: 'MessagingServiceSid is required to schedule a message',
};

/** Twilio's error body of the 2010 API. */
export function refuse(code: number, status = 400): LocalAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      code,
      message: messages[code] ?? 'Unknown error',
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status,
    }),
  };
}
