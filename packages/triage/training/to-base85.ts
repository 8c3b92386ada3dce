import { base85Alphabet } from '../src/base85.ts';

/** Text of base 85 for `fromBase85` (src/base85.ts); four bytes are a number, the least first; the last
 * group is padded with zeros. */
export function toBase85(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    let word = 0;
    for (let index = 3; index >= 0; index -= 1) word = word * 256 + (bytes[at + index] ?? 0);
    let group = '';
    for (let index = 0; index < 5; index += 1) {
      group = (base85Alphabet[word % 85] ?? '') + group;
      word = Math.floor(word / 85);
    }
    text += group;
  }
  return text;
}
