import { type ErrorRow, errorRows, type RetryRule } from './error-table.ts';

/** What kind of trouble a carrier error is. */
export type ErrorClass = ErrorRow['errorClass'] | 'unknown';

export type ErrorReading = {
  errorClass: ErrorClass;
  retry: RetryRule;
  /** What to do with the number: nothing, stop texting it and tell the clinic, or record the opt-out. */
  number: 'keep' | 'unusable' | 'opted_out';
  /** Every send of this sender will fail: stop sending and page. */
  stopsSender: boolean;
  /** The operator hears of each one, not only of the rate. */
  alertsOperator: boolean;
  /** Counted as a code this table does not know. */
  isUnknown: boolean;
  operatorText: string;
  /** For the timeline: what a receptionist can do about it. */
  clinicText: string;
  source: string;
};

const readings: ReadonlyMap<number, ErrorReading> = new Map(
  errorRows.flatMap((row) => row.codes.map((code) => [code, readingOf(row, code)] as const)),
);

/** Every code of the table, in its order. */
export const knownErrorCodes: readonly number[] = [...readings.keys()];

/**
 * What a Twilio error code means for us: `sync` as the answer to a create request, `async` on a status
 * callback. A code that is missing or not in the table is permanent, not ambiguous (twilio-and-sms-rules 7):
 * no retry, counted, shown to the operator and the clinic. Outcomes without any answer are not errors; see
 * settlement.
 */
export function classifyError(code: number | undefined, context: { when: 'sync' | 'async' }): ErrorReading {
  const known = code === undefined ? undefined : readings.get(code);
  return known ?? unknownReading(code, context.when);
}

/**
 * The carrier says that a text was canceled. We cancel none, and only what waits for its time can be
 * (twilio-and-sms-rules 1.1); it may have been reported as sent before. So it may have arrived, and is not
 * repeated.
 */
export const canceledReading: ErrorReading = {
  errorClass: 'ambiguous',
  retry: { kind: 'none' },
  number: 'keep',
  stopsSender: false,
  alertsOperator: true,
  isUnknown: false,
  operatorText: 'Twilio canceled a text that we did not cancel: look for whoever uses the account.',
  clinicText:
    'The phone carrier canceled this text, and nobody had asked for that. It may have arrived all the ' +
    'same, so it is not repeated. Please call the patient if it matters.',
  source: 'https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks',
};

function readingOf(row: ErrorRow, code: number): ErrorReading {
  return {
    errorClass: row.errorClass,
    retry: row.retry ?? { kind: 'none' },
    number: row.number ?? 'keep',
    stopsSender: row.stopsSender ?? false,
    alertsOperator: row.alertsOperator ?? false,
    isUnknown: false,
    operatorText: row.operatorText,
    clinicText: row.clinicText,
    source: sourceOf(code),
  };
}

function unknownReading(code: number | undefined, when: 'sync' | 'async'): ErrorReading {
  const name = code === undefined ? 'without a code' : `with code ${code}`;
  const told =
    when === 'sync' ? `Twilio refused a text ${name}.` : `The carrier reported a failed text ${name}.`;
  return {
    errorClass: 'unknown',
    retry: { kind: 'none' },
    number: 'keep',
    stopsSender: false,
    alertsOperator: true,
    isUnknown: true,
    operatorText: `${told} The error table does not know it: look it up and add it.`,
    clinicText:
      'The text could not be delivered, for a reason that is not known yet. Please call the patient.',
    source: code === undefined ? 'https://www.twilio.com/docs/api/errors' : sourceOf(code),
  };
}

function sourceOf(code: number): string {
  // HTTP statuses stand in where Twilio gives no code of its own.
  const page = { 401: 20_003, 404: 20_404, 429: 20_429, 500: 20_500, 503: 20_503 }[code] ?? code;
  return `https://www.twilio.com/docs/api/errors/${page}`;
}
