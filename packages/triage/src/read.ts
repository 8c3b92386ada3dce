import type { Cell } from './pattern.ts';
import { phrasesAt } from './phrases.ts';
import { withoutQuotes } from './reaction.ts';
import { tokenise } from './token.ts';
import { traitsOf } from './traits.ts';
import { readWords, type Word } from './words.ts';

/** A text read into words with their tags, ready for patterns, denial and numbers. */
export type Reading = {
  original: string;
  words: readonly Word[];
  cells: readonly Cell[];
  questions: ReadonlySet<number>;
  marks: string;
};

/** Reads a text into words, tags and phrases. */
export function readText(original: string): Reading {
  const { tokens, questions, marks } = tokenise(withoutQuotes(original));
  const words = readWords(tokens);
  const cells = words.map(({ known, clause, phrase }, index): Cell => {
    const spans = phrasesAt(words, index);
    let { traits } = known;
    for (const { symbol } of spans) traits |= traitsOf(symbol);
    return { known, spans, traits, clause, phrase };
  });
  return { original, words, cells, questions, marks };
}

/** Does the word (or a phrase that begins with it) have one of these traits (traits.ts)? */
export function has(cell: Cell | undefined, traits: number): boolean {
  return cell !== undefined && (cell.traits & traits) !== 0;
}

/** The word at a place; empty where there is none. */
export function wordAt(reading: Reading, at: number): string {
  return reading.words[at]?.word ?? '';
}

/** So many words from a place on, joined by spaces. */
export function wordsFrom(reading: Reading, at: number, count: number): string {
  return Array.from({ length: count }, (_, step) => wordAt(reading, at + step)).join(' ');
}

/** All words, joined by spaces. */
export function wordsOf({ words }: Reading): string {
  return words.map(({ word }) => word).join(' ');
}
