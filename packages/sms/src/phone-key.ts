import { createHmac, createSecretKey } from 'node:crypto';
import { base32 } from './base32.ts';

const KEY_LENGTH = 26;
const MIN_SECRET_BYTES = 32;

/**
 * The name of a phone number in keys and logs: 26 base32 characters of HMAC-SHA256 (design 4). Keyed, because
 * ten digits are few enough to try them all. Throws RangeError for a key under 32 bytes or a number that is
 * not E.164.
 */
export function phoneKey(e164: string, keyBytes: Uint8Array): string {
  if (keyBytes.length < MIN_SECRET_BYTES) throw new RangeError('the phone key needs 32 bytes');
  if (!/^\+[1-9]\d{6,14}$/.test(e164))
    throw new RangeError('phoneKey takes E.164 only: use parseUsPhone first');
  return base32(createHmac('sha256', createSecretKey(keyBytes)).update(e164).digest(), KEY_LENGTH);
}
