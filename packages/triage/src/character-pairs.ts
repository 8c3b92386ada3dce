/**
 * Ninety-three characters that need no escape in JSON or in a double-quoted string of JavaScript: two of them
 * tell more than 13 bits apart (93² = 8,649).
 */
export const pairAlphabet =
  " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

const pairBits = 13;
/** The most bits that a pair holds. */
export const mostPairBits = pairBits + 1;
/** As many numbers of 13 bits have a second pair, so that they hold a fourteenth bit (like basE91). */
const doubled = pairAlphabet.length ** 2 - 2 ** pairBits;

/** How many bits the pair holds whose lowest 13 are these: 8.2 bytes in ten, where base 64 holds 7.5. */
export const bitsOfPair = (held: number): number => {
  const low = held & (2 ** pairBits - 1);
  return low < doubled ? mostPairBits : pairBits;
};

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
    bits += bitsOfPair(pair);
    for (; bits >= 8 && to < length; bits -= 8, to += 1) {
      bytes[to] = held & 0xff;
      held >>>= 8;
    }
  }
  return bytes;
}
