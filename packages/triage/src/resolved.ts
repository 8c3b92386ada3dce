import type { Reading } from './read.ts';
import { wordSet } from './word-set.ts';

const resolved = wordSet(
  'gone cleared disappeared vanished resolved over healed finished normal fine ok okay',
);

/** "fever gone", "the swelling went away", "se me quito". */
export function resolvedAfter(reading: Reading, last: number): boolean {
  const end = reading.words[last];
  if (end === undefined) return false;
  for (let at = last + 1; at <= last + 4; at += 1) {
    const word = reading.words[at];
    if (word === undefined || word.phrase !== end.phrase) return false;
    if (/^(?:not|isnt|hasnt|arent|no|havent|never|wont|almost|nearly|casi|but)$/u.test(word.word))
      return false;
    if (resolved.has(word.word)) return true;
    const next = reading.words[at + 1]?.word;
    if (word.word === 'went' && (next === 'away' || next === 'down')) return true;
    if (word.word === 'se' && (next === 'fue' || next === 'quito' || next === 'paso')) return true;
    if (word.word === 'ya' && (next === 'paso' || next === 'no')) return true;
  }
  return false;
}
