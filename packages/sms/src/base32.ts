// Crockford's alphabet in lower case: no i, l, o, u, so keys survive being read aloud and spell nothing.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * The first `length` base32 characters of the bytes, five bits each. Throws RangeError when there are too few
 * bytes.
 */
export function base32(bytes: Uint8Array, length: number): string {
  if (bytes.length * 8 < length * 5)
    throw new RangeError(`${bytes.length} bytes give no ${length} characters`);
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += ALPHABET.charAt((held >> bits) & 31);
    }
  }
  return text;
}
