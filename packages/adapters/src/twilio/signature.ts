import { createHmac, timingSafeEqual } from 'node:crypto';

export type TwilioPost = {
  /** The URL as configured at Twilio, up to the path: never built from Host or X-Forwarded-*. */
  readonly publicBaseUrl: string;
  readonly path: string;
  /** As it came over the wire, without the question mark. */
  readonly rawQuery: string;
  /** The form, decoded from base64 where the gateway encoded it. */
  readonly rawBody: string;
  readonly signature: string | undefined;
};

export type VerifiedForm =
  | { readonly ok: true; readonly fields: ReadonlyMap<string, string> }
  | {
      readonly ok: false;
      readonly reason: 'no_signature' | 'repeated_field' | 'wrong_signature' | 'foreign_account';
    };

/**
 * Checks `X-Twilio-Signature` (Twilio, "Webhooks security"): HMAC-SHA1 over the URL and the sorted fields.
 * The scheme has no delimiter, so `{A: "BC"}` and `{AB: "C"}` sign alike; hence a repeated field is refused,
 * the account must be ours, and callers read known names only. It has no time either: a replay is stopped by
 * the message's id.
 */
export function verifyTwilioForm(
  post: TwilioPost,
  active: { readonly accountSid: string; readonly authTokens: readonly string[] },
): VerifiedForm {
  if (post.signature === undefined || post.signature === '') return { ok: false, reason: 'no_signature' };
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(post.rawBody)) {
    if (fields.has(name)) return { ok: false, reason: 'repeated_field' };
    fields.set(name, value);
  }
  const given = Buffer.from(post.signature);
  const signed = signedUrls(post).some((url) =>
    active.authTokens.some((token) => sameBytes(given, Buffer.from(twilioSignature(token, url, fields)))),
  );
  if (!signed) return { ok: false, reason: 'wrong_signature' };
  if (fields.get('AccountSid') !== active.accountSid) return { ok: false, reason: 'foreign_account' };
  return { ok: true, fields };
}

/** The signature that Twilio would send for these fields at this URL. */
export function twilioSignature(authToken: string, url: string, fields: ReadonlyMap<string, string>): string {
  const names = [...fields.keys()].sort();
  const text = names.reduce((signed, name) => `${signed}${name}${fields.get(name)}`, url);
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}

const defaultPorts = new Map<string, string | undefined>();

/** The port that a base without one means; `undefined` when it names its own. */
function defaultPortOf(base: string): string | undefined {
  if (!defaultPorts.has(base)) {
    const { protocol, port } = new URL(base);
    defaultPorts.set(base, port === '' ? (protocol === 'https:' ? '443' : '80') : undefined);
  }
  return defaultPorts.get(base);
}

/** Twilio signs with or without the default port, and never a fragment (connection overrides are one). */
function signedUrls(post: TwilioPost): readonly string[] {
  const base = post.publicBaseUrl.replace(/#.*$/, '').replace(/\/$/, '');
  const rest = `${post.path}${post.rawQuery === '' ? '' : `?${post.rawQuery}`}`.replace(/#.*$/, '');
  const defaultPort = defaultPortOf(base);
  return defaultPort === undefined ? [`${base}${rest}`] : [`${base}${rest}`, `${base}:${defaultPort}${rest}`];
}

function sameBytes(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
