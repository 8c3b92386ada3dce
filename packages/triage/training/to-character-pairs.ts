import { pairAlphabet, pairBits } from '../src/character-pairs.ts';

/** Text of pairs of characters for `fromCharacterPairs` (src/character-pairs.ts); zeros fill up. */
export function toCharacterPairs(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  const put = (): void => {
    const pair = held & (2 ** pairBits - 1);
    text +=
      pairAlphabet.charAt(Math.floor(pair / pairAlphabet.length)) +
      pairAlphabet.charAt(pair % pairAlphabet.length);
    held >>>= pairBits;
    bits -= pairBits;
  };
  for (const byte of bytes) {
    held |= byte << bits;
    bits += 8;
    if (bits >= pairBits) put();
  }
  if (bits > 0) put();
  return text;
}
