import { type Continuations, continuations, lexicon, type Phrase, symbolsOf } from './lexicon.ts';
import type { Cell } from './pattern.ts';
import { numberSymbols } from './quantities.ts';
import { tokenise } from './token.ts';
import { readWords, type Word } from './words.ts';

/** A text read into words with their tags, ready for patterns, denial and numbers. */
export type Reading = {
  original: string;
  words: readonly Word[];
  cells: readonly Cell[];
  questions: ReadonlySet<number>;
  marks: string;
};

/** Beginnings and phrases that the patterns ask for, sorted so that a text looks up only what can fit. */
export type Asked = {
  prefixes: ReadonlyMap<string, readonly string[]>;
  phrases: ReadonlyMap<string, Continuations>;
};

/** Prepares what `wordsAskedFor` found; done once per set of patterns. */
export function askedFrom(wanted: { prefixes: readonly string[]; phrases: readonly string[] }): Asked {
  const prefixes = Map.groupBy(wanted.prefixes, (prefix) => prefix.slice(0, 2));
  const phrases = wanted.phrases.map((symbol): Phrase => ({ words: symbol.split('_'), symbol }));
  return { prefixes, phrases: continuations(phrases) };
}

function matchesWord(word: string, wanted: string): boolean {
  return wanted.endsWith('*') ? word.startsWith(wanted.slice(0, -1)) : word === wanted;
}

const noPhrases: readonly Phrase[] = [];

function fits(words: readonly Word[], start: number, phrase: Phrase): boolean {
  const clause = words[start]?.clause;
  return phrase.words.every((part, offset) => {
    const word = words[start + offset];
    return word !== undefined && word.clause === clause && matchesWord(word.word, part);
  });
}

function phrasesAt(
  words: readonly Word[],
  start: number,
  asked: Asked,
): readonly { symbol: string; end: number }[] {
  const head = words[start];
  const found: { symbol: string; end: number }[] = [];
  if (head === undefined) return found;
  const second = words[start + 1]?.word ?? '';
  for (const source of [lexicon.phrases, asked.phrases]) {
    const known = source.get(head.word);
    if (known === undefined) continue;
    for (const phrases of [known.exact.get(second) ?? noPhrases, known.open]) {
      for (const phrase of phrases) {
        if (fits(words, start, phrase))
          found.push({ symbol: phrase.symbol, end: start + phrase.words.length - 1 });
      }
    }
  }
  return found;
}

/** Reads a text into words, tags and phrases. */
export function readText(original: string, asked: Asked): Reading {
  const { tokens, questions, marks } = tokenise(original);
  const words = readWords(tokens);
  const cells = words.map((word, index): Cell => {
    const symbols = [word.word, ...symbolsOf(word.word)];
    if (word.value !== undefined) symbols.push(...numberSymbols(word.value));
    for (const prefix of asked.prefixes.get(word.word.slice(0, 2)) ?? []) {
      if (word.word.startsWith(prefix)) symbols.push(`${prefix}*`);
    }
    return { symbols, spans: phrasesAt(words, index, asked), clause: word.clause, phrase: word.phrase };
  });
  return { original, words, cells, questions, marks };
}

/** Does the word at `index` (or a phrase that begins there) carry the tag or equal the word? */
export function has(cell: Cell | undefined, symbol: string): boolean {
  if (cell === undefined) return false;
  return cell.symbols.includes(symbol) || cell.spans.some((span) => span.symbol === symbol);
}
