/**
 * Ninety-one characters that need no escape in JSON or in a double-quoted string of JavaScript: two of them
 * tell more than 13 bits apart (91² = 8,281).
 */
export const pairAlphabet =
  "!#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/** How many bits two characters hold: 8.1 bytes in ten, where base 64 holds 7.5. */
export const pairBits = 13;

/** The `length` bytes that a text of such pairs holds, the lowest bits first. */
export function fromCharacterPairs(text: string, length: number): Uint8Array {
  const digits = new Uint8Array(128);
  for (let value = 0; value < pairAlphabet.length; value += 1) digits[pairAlphabet.charCodeAt(value)] = value;
  const bytes = new Uint8Array(length);
  let held = 0;
  let bits = 0;
  for (let at = 0, to = 0; to < length; at += 2) {
    const pair =
      (digits[text.charCodeAt(at)] ?? 0) * pairAlphabet.length + (digits[text.charCodeAt(at + 1)] ?? 0);
    held |= pair << bits;
    bits += pairBits;
    for (; bits >= 8 && to < length; bits -= 8, to += 1) {
      bytes[to] = held & 0xff;
      held >>>= 8;
    }
  }
  return bytes;
}
