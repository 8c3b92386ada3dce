import { content } from './content.ts';
import { symbolsOf } from './lexicon.ts';
import type { Token } from './token.ts';
import { isKnown, repairTypo } from './typo.ts';

/** A token as the patterns read it; `repaired` words may raise a level but never deny one (E5). */
export type Word = Token & { repaired: boolean };

const shortForms = new Map(Object.entries(content.shorthand));
const glueWords = new Set(content.glueWords.split(' '));
const longestRepaired = 40;

function unstretch(word: string): string {
  if (!/(.)\1\1/u.test(word)) return word;
  const twice = word.replace(/(.)\1{2,}/gu, '$1$1');
  if (isKnown(twice)) return twice;
  const once = word.replace(/(.)\1{2,}/gu, '$1');
  if (isKnown(once) || shortForms.has(once)) return once;
  const all = word.replace(/(.)\1+/gu, '$1');
  return isKnown(all) ? all : once;
}

/**
 * Known parts of a glued word ("redlinesgoingdownmyneck"), longest words first; undefined if there are
 * none.
 */
function unglue(word: string): string[] | undefined {
  if (word.length < 6 || word.length > longestRepaired) return undefined;
  const best: (string[] | undefined)[] = [[]];
  for (let end = 1; end <= word.length; end += 1) {
    for (let start = Math.max(0, end - 14); start < end; start += 1) {
      const head = best[start];
      if (head === undefined) continue;
      const part = word.slice(start, end);
      const usable = glueWords.has(part) || (part.length >= 3 && symbolsOf(part).length > 0);
      if (!usable) continue;
      const known = best[end];
      if (known === undefined || head.length + 1 < known.length) best[end] = [...head, part];
    }
  }
  const parts = best[word.length];
  if (parts === undefined || parts.length < 2) return undefined;
  return parts.some((part) => part.length >= 4) ? parts : undefined;
}

function at(token: Token, word: string, repaired: boolean): Word {
  return { ...token, word, repaired };
}

function readWord(token: Token): Word[] {
  const plain = unstretch(token.word);
  const short = shortForms.get(plain);
  if (short !== undefined) return short.split(' ').map((word) => at(token, word, false));
  if (isKnown(plain) || glueWords.has(plain)) return [at(token, plain, false)];
  const singular = plain.endsWith('s') ? plain.slice(0, -1) : plain;
  if (singular !== plain && singular.length >= 4 && isKnown(singular)) return [at(token, singular, false)];
  const parts = unglue(plain);
  if (parts !== undefined) return parts.map((word) => at(token, shortForms.get(word) ?? word, false));
  const repaired = repairTypo(plain);
  return [repaired === undefined ? at(token, plain, false) : at(token, repaired, true)];
}

/** Two neighbours that are one word torn apart ("h ard to br eathe", "sen tence"). */
function joined(left: Token, right: Token): Token | undefined {
  if (left.kind !== 'word' || right.kind !== 'word' || left.phrase !== right.phrase) return undefined;
  if (right.start - left.end !== 1) return undefined;
  const odd = (word: string) => !isKnown(word) && !glueWords.has(word) && !shortForms.has(word);
  const both = left.word + right.word;
  if (both.length < 4 || symbolsOf(both).length === 0) return undefined;
  const lonely = left.word.length === 1 && left.word !== 'i' && left.word !== 'a';
  if (!odd(left.word) && !odd(right.word) && !lonely) return undefined;
  return { ...left, word: both, end: right.end };
}

const asksBefore = new Set(['is', 'es', 'it', 'this', 'sea', 'sera', 'that', 'esto', 'eso', 'are']);
const asksAfter = new Set(['que', 'to', 'if', 'for', 'right', 'verdad', 'no']);

/** "is it normal that …" asks; it must not count as "my breathing is normal". */
function markAskedNormal(words: Word[]): Word[] {
  return words.map((word, index) => {
    if (word.word !== 'normal') return word;
    const before = words[index - 1]?.word ?? '';
    const after = words[index + 1]?.word ?? '';
    const asked =
      (before === 'it' && words[index - 2]?.word === 'is') ||
      before === 'es' ||
      before === 'this' ||
      before === 'that';
    return asked || asksAfter.has(after) || (asksBefore.has(before) && after === 'that')
      ? { ...word, word: 'normalq' }
      : word;
  });
}

/** Repairs shorthand, stretched, torn, glued and misspelt words; keeps every word's place in the original. */
export function readWords(tokens: readonly Token[]): Word[] {
  const words: Word[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) continue;
    if (token.kind !== 'word') {
      words.push(at(token, token.word, false));
      continue;
    }
    const next = tokens[index + 1];
    const whole = next === undefined ? undefined : joined(token, next);
    if (whole !== undefined) {
      words.push(at(whole, whole.word, false));
      index += 1;
      continue;
    }
    words.push(...readWord(token));
  }
  return markAskedNormal(words);
}
