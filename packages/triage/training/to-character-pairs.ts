import { bitsOfPair, mostPairBits, pairAlphabet } from '../src/character-pairs.ts';

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
    if (bits >= mostPairBits) put();
  }
  while (bits > 0) put();
  return text;
}
