import { remembering } from './lexicon.ts';

/** A text folded to lower-case ASCII words, with the way back to the original offsets. */
export type Folded = { text: string; origin: readonly number[] };

const longestReadable = 1_700;
const invisible =
  /\u034F|[\u00AD\u061C\u115F\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]|[\uFE00-\uFE0F]/u;
const combining = /\p{M}/u;
const control = /\p{Cc}/u;

/** Cyrillic and Greek letters that look like Latin ones: a patient's keyboard, or somebody testing us. */
const lookAlikes = new Map(
  [...'аaеeоoрpсcуyхxіiѕsнhкkтtмmвbαaοoεeιiνvτtρp'].reduce<[string, string][]>(
    (pairs, letter, index, all) => {
      const latin = all[index + 1];
      if (index % 2 === 0 && latin !== undefined) pairs.push([letter, latin]);
      return pairs;
    },
    [],
  ),
);

const quotes = new Map([
  ['\u2018', "'"],
  ['\u2019', "'"],
  ['\u201B', "'"],
  ['\u02BC', "'"],
  ['\u00B4', "'"],
  ['`', "'"],
  ['\u201C', '"'],
  ['\u201D', '"'],
  ['\u2026', '...'],
  ['\u2013', '-'],
  ['\u2014', '-'],
  ['\u00BF', ' '],
  ['\u00A1', ' '],
]);

function foldedCharacter(character: string): string {
  if (invisible.test(character)) return '';
  const replaced = quotes.get(character);
  if (replaced !== undefined) return replaced;
  if (character === '\n' || character === '\r') return '\n';
  if (control.test(character)) return ' ';
  const lower = character.normalize('NFKD').toLowerCase();
  let kept = '';
  for (const part of lower) {
    if (combining.test(part)) continue;
    kept += lookAlikes.get(part) ?? part;
  }
  return kept;
}

const foldCharacter = remembering(foldedCharacter);

const backtick = 0x60;
const isPlain = (code: number): boolean => code >= 0x20 && code < 0x7f && code !== backtick;

/**
 * Lower case, no accents, no invisible or control characters, look-alike letters made Latin (E5: match on
 * folded text). `origin[i]` is the UTF-16 offset in the original of the folded unit `i`; one more entry
 * closes the text. Only the first 1,700 units are read: an SMS has at most 1,600 characters.
 */
export function fold(original: string): Folded {
  const readable = original.length > longestReadable ? original.slice(0, longestReadable) : original;
  const origin: number[] = [];
  let text = '';
  let plainFrom = 0;
  let offset = 0;
  while (offset < readable.length) {
    if (isPlain(readable.charCodeAt(offset))) {
      origin.push(offset);
      offset += 1;
      continue;
    }
    text += readable.slice(plainFrom, offset).toLowerCase();
    const character = String.fromCodePoint(readable.codePointAt(offset) ?? 0);
    const folded = foldCharacter(character);
    for (let unit = 0; unit < folded.length; unit += 1) origin.push(offset);
    text += folded;
    offset += character.length;
    plainFrom = offset;
  }
  origin.push(offset);
  return { text: text + readable.slice(plainFrom, offset).toLowerCase(), origin };
}
