import { bitsOfPair, pairAlphabet } from '../src/character-pairs.ts';

/** The most bits that a pair holds. */
const most = 14;

/** Text of pairs of characters for `fromCharacterPairs` (src/character-pairs.ts); zeros fill up. */
export function toCharacterPairs(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  const put = (): void => {
    const size = bitsOfPair(held);
    const pair = held & (2 ** size - 1);
    text +=
      pairAlphabet.charAt(Math.floor(pair / pairAlphabet.length)) +
      pairAlphabet.charAt(pair % pairAlphabet.length);
    held >>>= size;
    bits -= size;
  };
  for (const byte of bytes) {
    held |= byte << bits;
    bits += 8;
    if (bits >= most) put();
  }
  while (bits > 0) put();
  return text;
}
