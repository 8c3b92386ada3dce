import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { epochMs, type Instant } from '@aftercare/time/instant';

/**
 * Standard Webhooks 1.0.0 (twilio-and-sms-rules 9), for requests to us and for events to clinics (design
 * 6.1).
 */

/** How far a signature's time may be from a clock, either way. */
export const SIGNATURE_TOLERANCE_SECONDS = 300;

const SECRET_PREFIX = 'whsec_';
const MAX_SIGNATURES = 20;

export type SignatureHeaders = {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
};

export type SignatureVerdict =
  | { readonly ok: true; readonly webhookId: string }
  | {
      readonly ok: false;
      readonly reason:
        | 'header_missing'
        | 'id_malformed'
        | 'time_malformed'
        | 'time_too_old'
        | 'time_too_new'
        | 'no_match';
      /** What would be right, without anything secret: fit for the `detail` of a 401. */
      readonly message: string;
    };

/**
 * What a request's signature covers: the raw body, or `METHOD path?query` when there is none, so that a
 * signature fits one request only (design 6.1). `path` as it stands in the request line, still
 * percent-encoded.
 */
export function signedPayload(request: {
  readonly method: string;
  readonly path: string;
  /** Without the question mark; empty when there is none. */
  readonly query?: string;
  readonly rawBody?: string | Uint8Array;
}): string | Uint8Array {
  const { rawBody, query = '' } = request;
  if (rawBody !== undefined && rawBody.length > 0) return rawBody;
  return `${request.method.toUpperCase()} ${request.path}${query === '' ? '' : `?${query}`}`;
}

/**
 * The three headers, signed with every secret (rotation: old and new). Throws RangeError for a bad id or
 * secret: a bug.
 */
export function signWebhook(message: {
  readonly webhookId: string;
  readonly at: Instant;
  readonly payload: string | Uint8Array;
  readonly secrets: readonly string[];
}): SignatureHeaders {
  if (!isWebhookId(message.webhookId))
    throw new RangeError('a webhook id has 1 to 256 characters and no dot or space');
  if (message.secrets.length === 0) throw new RangeError('signing needs at least one secret');
  const timestamp = String(Math.floor(epochMs(message.at) / 1000));
  const signatures = message.secrets.map((secret) => {
    const key = secretKey(secret);
    if (key === undefined) throw new RangeError('a secret is whsec_ and the base64 of 16 to 64 bytes');
    return `v1,${signature(key, message.webhookId, timestamp, message.payload).toString('base64')}`;
  });
  return {
    'webhook-id': message.webhookId,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}

/**
 * Whether any of the clinic's active secrets made one of the signatures, at a time within 5 minutes of any
 * of the clocks (one on AWS; locally also the wall clock, design 6.3). Compares in constant time. Header
 * names in any case.
 */
export function verifyWebhook(message: {
  readonly headers: { readonly [name: string]: string | undefined };
  readonly payload: string | Uint8Array;
  readonly secrets: readonly string[];
  readonly clocks: readonly Instant[];
}): SignatureVerdict {
  const read = headerReader(message.headers);
  const webhookId = read('webhook-id');
  const timestamp = read('webhook-timestamp');
  const given = read('webhook-signature');
  if (webhookId === undefined) return missing('webhook-id');
  if (timestamp === undefined) return missing('webhook-timestamp');
  if (given === undefined) return missing('webhook-signature');
  if (!isWebhookId(webhookId)) {
    return refused('id_malformed', 'webhook-id must have 1 to 256 characters and no dot or space');
  }
  if (!/^\d{1,11}$/.test(timestamp)) {
    return refused('time_malformed', 'webhook-timestamp must be whole seconds since 1970, digits only');
  }
  const late = tooFar(Number(timestamp), message.clocks);
  if (late !== undefined) return late;
  if (matchesAny(given, webhookId, timestamp, message)) return { ok: true, webhookId };
  return refused(
    'no_match',
    'webhook-signature does not fit: sign "<webhook-id>.<webhook-timestamp>.<body>" (without a body: ' +
      '"METHOD path?query" in its place) with an active secret of this clinic and send v1,<base64>',
  );
}

function matchesAny(
  given: string,
  webhookId: string,
  timestamp: string,
  message: { readonly payload: string | Uint8Array; readonly secrets: readonly string[] },
): boolean {
  const candidates = given
    .split(' ')
    .slice(0, MAX_SIGNATURES)
    .filter((part) => part.startsWith('v1,'))
    .map((part) => Buffer.from(part.slice(3)));
  let matched = false;
  for (const secret of message.secrets) {
    const key = secretKey(secret);
    if (key === undefined)
      throw new RangeError('a stored secret is not whsec_ and the base64 of 16 to 64 bytes');
    const expected = Buffer.from(signature(key, webhookId, timestamp, message.payload).toString('base64'));
    for (const candidate of candidates) {
      const same = candidate.length === expected.length && timingSafeEqual(candidate, expected);
      matched = matched || same;
    }
  }
  return matched;
}

function tooFar(seconds: number, clocks: readonly Instant[]): SignatureVerdict | undefined {
  const ages = clocks.map((clock) => Math.floor(epochMs(clock) / 1000) - seconds);
  if (ages.some((age) => Math.abs(age) <= SIGNATURE_TOLERANCE_SECONDS)) return undefined;
  const old = ages.every((age) => age > 0);
  const clock = clocks[0] ?? 'unknown';
  return refused(
    old ? 'time_too_old' : 'time_too_new',
    `webhook-timestamp must be within 5 minutes of our clock, which shows ${clock}; sign again to resend`,
  );
}

function signature(key: Buffer, webhookId: string, timestamp: string, payload: string | Uint8Array): Buffer {
  return createHmac('sha256', createSecretKey(key))
    .update(`${webhookId}.${timestamp}.`)
    .update(payload)
    .digest();
}

/**
 * The key of `whsec_…`, or undefined. The specification asks for 24 to 64 bytes; its own examples have 18.
 */
function secretKey(secret: string): Buffer | undefined {
  if (!secret.startsWith(SECRET_PREFIX)) return undefined;
  const encoded = secret.slice(SECRET_PREFIX.length);
  const key = Buffer.from(encoded, 'base64');
  const same = key.toString('base64').replace(/=+$/, '') === encoded.replace(/=+$/, '');
  return same && key.length >= 16 && key.length <= 64 ? key : undefined;
}

/** A new secret from 24 to 64 random bytes. */
export function webhookSecretOf(bytes: Uint8Array): string {
  if (bytes.length < 24 || bytes.length > 64) throw new RangeError('a secret has 24 to 64 bytes');
  return `${SECRET_PREFIX}${Buffer.from(bytes).toString('base64')}`;
}

function isWebhookId(text: string): boolean {
  return /^[^.\s]{1,256}$/.test(text);
}

function headerReader(headers: { readonly [name: string]: string | undefined }) {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return (name: string): string | undefined => byName.get(name);
}

function missing(name: string): SignatureVerdict {
  return refused('header_missing', `header ${name} is missing: sign requests as docs/signing shows`);
}

function refused(
  reason: Extract<SignatureVerdict, { ok: false }>['reason'],
  message: string,
): SignatureVerdict {
  return { ok: false, reason, message };
}
