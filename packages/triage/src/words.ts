import { content } from './content.ts';
import { type KnownWord, knownNumber, knownWord } from './known-word.ts';
import { isAskedFor, isKnown, isTagged, isTaggedWhole, remembering, taggedParts } from './lexicon.ts';
import type { Token } from './token.ts';
import { repairTypo } from './typo.ts';
import { wordSet } from './word-set.ts';

/** A token as the patterns read it; `repaired` words may raise a level but never deny one (E5). */
export type Word = Token & { repaired: boolean; known: KnownWord };

const shortForms = new Map(Object.entries(content.shorthand));
const glueWords = wordSet(content.glueWords);
const longestRepaired = 40;

/** A word that ends so is an inflected one, not two glued together ("hablado", "gravedad"). */
const tails = wordSet('do dad te us or al a i');

function unstretch(word: string): string {
  if (!/(.)\1\1/u.test(word)) return word;
  const twice = word.replace(/(.)\1{2,}/gu, '$1$1');
  if (isKnown(twice)) return twice;
  const once = word.replace(/(.)\1{2,}/gu, '$1');
  if (isKnown(once) || shortForms.has(once)) return once;
  const all = word.replace(/(.)\1+/gu, '$1');
  return isKnown(all) ? all : once;
}

const longestPart = 14;
const shortestGlued = 6;
const unreached = 99;

/**
 * Known parts of a glued word ("redlinesgoingdownmyneck"), as few as will do; undefined if there are none.
 */
function unglue(word: string): string[] | undefined {
  if (word.length < shortestGlued || word.length > longestRepaired) return undefined;
  // How few parts reach each letter, and where the last of them begins.
  const fewest = new Uint8Array(word.length + 1).fill(unreached, 1);
  const begins = new Uint8Array(word.length + 1);
  for (let start = 0; start < word.length; start += 1) {
    const count = (fewest[start] ?? unreached) + 1;
    if (count > unreached) continue;
    const longest = Math.min(longestPart, word.length - start);
    const tagged = taggedParts(word, start, longest);
    for (let end = start + 1; end <= start + longest; end += 1) {
      if (count >= (fewest[end] ?? 0)) continue;
      if ((tagged & (1 << (end - start))) === 0 && !glueWords.has(word.slice(start, end))) continue;
      fewest[end] = count;
      begins[end] = start;
    }
  }
  const parts: string[] = [];
  if (fewest[word.length] === unreached || fewest[word.length] === 1) return undefined;
  for (let end = word.length; end > 0; end = begins[end] ?? 0)
    parts.unshift(word.slice(begins[end] ?? 0, end));
  if (tails.has(parts.at(-1) ?? '')) return undefined;
  return parts.some((part) => part.length >= 4) ? parts : undefined;
}

/** What a word is read as; `odd` = it is no word of either language that we know. */
type Repair = { readonly words: readonly KnownWord[]; readonly repaired: boolean; readonly odd: boolean };

function repairOf(word: string): Repair {
  const isWord = isKnown(word) || glueWords.has(word);
  const odd = !isWord && !shortForms.has(word);
  const as = (words: readonly string[], repaired = false): Repair => {
    return { words: words.map(knownWord), repaired, odd };
  };
  const plain = unstretch(word);
  const short = shortForms.get(plain);
  if (short !== undefined) return as(short.split(' '));
  if (plain === word ? isWord : isKnown(plain) || glueWords.has(plain)) return as([plain]);
  const singular = plain.endsWith('s') ? plain.slice(0, -1) : plain;
  if (singular !== plain && singular.length >= 4 && isKnown(singular)) return as([singular]);
  if (isAskedFor(plain)) return as([plain]);
  const parts = unglue(plain);
  if (parts !== undefined) return as(parts.map((part) => shortForms.get(part) ?? part));
  const meant = repairTypo(plain);
  return meant === undefined ? as([plain]) : as([meant], true);
}

const repair = remembering(repairOf);

function at(token: Token, known: KnownWord, repaired: boolean): Word {
  return { ...token, word: known.word, known, repaired };
}

/** "sui cidal", but not "de mandarme" or "ronchas y": neither half is a small word of its own. */
const isTorn = (left: Token, right: Token): boolean =>
  left.word.length > 1 && right.word.length > 1 && !glueWords.has(left.word) && !isKnown(left.word);

/** Two neighbours that are one word torn apart ("h ard to br eathe", "sen tence"). */
function joined(left: Token, right: Token | undefined, odd: boolean): Word | undefined {
  if (right?.kind !== 'word' || left.phrase !== right.phrase || right.start - left.end !== 1)
    return undefined;
  const lonely = left.word.length === 1 && left.word !== 'i' && left.word !== 'a';
  if (!lonely && !odd) return undefined;
  const both = left.word + right.word;
  if (both.length < 4 || !(isTaggedWhole(both) || (isTorn(left, right) && isTagged(both)))) return undefined;
  return at({ ...left, end: right.end }, knownWord(both), false);
}

const asksBefore = wordSet('is es it this sea sera that esto eso are');
const asksAfter = wordSet('que to if for right verdad no');

/** "is it normal that …" asks; it must not count as "my breathing is normal". */
function asksWhatIsNormal(words: readonly Word[], index: number): boolean {
  const before = words[index - 1]?.word ?? '';
  const after = words[index + 1]?.word ?? '';
  const asked =
    (before === 'it' && words[index - 2]?.word === 'is') ||
    before === 'es' ||
    before === 'this' ||
    before === 'that';
  return asked || asksAfter.has(after) || (asksBefore.has(before) && after === 'that');
}

/** Repairs shorthand, stretched, torn, glued and misspelt words; keeps every word's place in the original. */
export function readWords(tokens: readonly Token[]): Word[] {
  const words: Word[] = [];
  const repairs = tokens.map(({ kind, word }) => (kind === 'word' ? repair(word) : undefined));
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) continue;
    const read = repairs[index];
    if (read === undefined) {
      words.push(at(token, token.kind === 'number' ? knownNumber(token.word) : knownWord(token.word), false));
      continue;
    }
    const whole = joined(token, tokens[index + 1], read.odd || repairs[index + 1]?.odd === true);
    if (whole !== undefined) {
      words.push(whole);
      index += 1;
      continue;
    }
    for (const known of read.words) words.push(at(token, known, read.repaired));
  }
  return words.map((word, index) =>
    word.word === 'normal' && asksWhatIsNormal(words, index)
      ? at(word, knownWord('normalq'), word.repaired)
      : word,
  );
}
