import type { LiveNumbers } from './sample-clinic.ts';

/** The real Twilio account of `start --live` (design 5.10). */
export type LiveAccount = {
  readonly accountSid: string;
  readonly authToken: string;
  /** Where Twilio reaches this machine, such as a tunnel's https address. */
  readonly publicBaseUrl: string;
  /** The only numbers anything is ever sent to. */
  readonly allowedNumbers: readonly string[];
  readonly numbers: LiveNumbers;
};

export type ReadLiveAccount =
  | { readonly ok: true; readonly account: LiveAccount }
  | { readonly ok: false; readonly message: string };

const needed = {
  TWILIO_ACCOUNT_SID: /^AC[0-9a-fA-F]{32}$/,
  TWILIO_AUTH_TOKEN: /^\S+$/,
  TWILIO_PATIENT_NUMBER: /^\+1\d{10}$/,
  TWILIO_ALERT_NUMBER: /^\+1\d{10}$/,
  PUBLIC_BASE_URL: /^https:\/\/[^/\s]+$/,
  LIVE_ALLOWED_NUMBERS: /^\+1\d{10}(,\s*\+1\d{10})*$/,
} as const;

/**
 * Reads the variables of a live run; one sentence names every one that is missing or malformed, never its
 * value.
 */
export function readLiveAccount(environment: Readonly<Record<string, string | undefined>>): ReadLiveAccount {
  const wrong = Object.entries(needed)
    .filter(([name, shape]) => !shape.test(environment[name] ?? ''))
    .map(([name]) => name);
  const value = (name: keyof typeof needed): string => environment[name] ?? '';
  const allowedNumbers = value('LIVE_ALLOWED_NUMBERS').split(/,\s*/);
  if (wrong.length > 0) {
    return {
      ok: false,
      message: `start --live needs these variables, set and well-formed: ${wrong.join(', ')}.`,
    };
  }
  if (allowedNumbers.length < 2) {
    const message = 'LIVE_ALLOWED_NUMBERS must name at least two numbers: an on-call ladder has two people.';
    return { ok: false, message };
  }
  const service = environment.TWILIO_MESSAGING_SERVICE_SID;
  return {
    ok: true,
    account: {
      accountSid: value('TWILIO_ACCOUNT_SID'),
      authToken: value('TWILIO_AUTH_TOKEN'),
      publicBaseUrl: value('PUBLIC_BASE_URL'),
      allowedNumbers,
      numbers: {
        patientNumber: value('TWILIO_PATIENT_NUMBER'),
        alertNumber: value('TWILIO_ALERT_NUMBER'),
        testNumbers: allowedNumbers,
        ...(service === undefined ? {} : { messagingServiceSid: service }),
      },
    },
  };
}
