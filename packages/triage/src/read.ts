import { known, remembering } from './lexicon.ts';
import type { Cell } from './pattern.ts';
import { phrasesAt } from './phrases.ts';
import { numberSymbols } from './quantities.ts';
import { tokenise } from './token.ts';
import { beginningsOf, idOf, idOfTag, textOf } from './word-table.ts';
import { readWords, type Word } from './words.ts';

/** A text read into words with their tags, ready for patterns, denial and numbers. */
export type Reading = {
  original: string;
  words: readonly Word[];
  cells: readonly Cell[];
  questions: ReadonlySet<number>;
  marks: string;
};

type Symbols = { readonly symbols: readonly string[]; readonly ids: readonly number[] };

const withoutUnknown = (ids: readonly number[]): readonly number[] => ids.filter((id) => id >= 0);

/** The word, its tags and the beginnings that patterns ask for. */
const symbolsOfWord = remembering((word): Symbols => {
  const { id, tags } = known(word);
  const beginnings = beginningsOf(word);
  return {
    symbols: [word, ...tags, ...beginnings.map(textOf)],
    ids: withoutUnknown([id, ...tags.map(idOfTag), ...beginnings]),
  };
});

/** The same for a number, with the kinds of number that it may be. */
function symbolsOfNumber(word: string, value: number): Symbols {
  const { id, tags } = known(word);
  const beginnings = beginningsOf(word);
  const kinds = numberSymbols(value);
  return {
    symbols: [word, ...tags, ...kinds, ...beginnings.map(textOf)],
    ids: withoutUnknown([id, ...tags.map(idOfTag), ...kinds.map(idOf), ...beginnings]),
  };
}

/** Reads a text into words, tags and phrases. */
export function readText(original: string): Reading {
  const { tokens, questions, marks } = tokenise(original);
  const words = readWords(tokens);
  const texts = { words, ids: words.map(({ word }) => known(word).id) };
  const cells = words.map(({ word, value, clause, phrase }, index): Cell => {
    const { symbols, ids } = value === undefined ? symbolsOfWord(word) : symbolsOfNumber(word, value);
    return { symbols, ids, spans: phrasesAt(texts, index), clause, phrase };
  });
  return { original, words, cells, questions, marks };
}

/** Does the word at `index` (or a phrase that begins there) carry the tag or equal the word? */
export function has(cell: Cell | undefined, symbol: string): boolean {
  if (cell === undefined) return false;
  return cell.symbols.includes(symbol) || cell.spans.some((span) => span.symbol === symbol);
}
