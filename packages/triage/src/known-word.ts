import { bucketsOfLetters, hashOf } from './feature-hash.ts';
import { lookUp, remembering } from './lexicon.ts';
import { elementsMetBy, patternsBegunBy } from './pattern-table.ts';
import { numberSymbols } from './quantities.ts';
import { factOf, isWishTag, traitsOf } from './traits.ts';
import { beginningsOf, idOf, idOfTag, textOf } from './word-table.ts';

/** All that can be said of a word by itself, whatever stands around it. */
export type KnownWord = {
  readonly word: string;
  /** Its place among the words of the table, or -1. */
  readonly id: number;
  /** Is it in the lexicon, or an everyday word? */
  readonly known: boolean;
  /** The word, its tags, the kinds of number it may be, and the beginnings that patterns ask for. */
  readonly symbols: readonly string[];
  /** The elements of patterns that one of those symbols meets. */
  readonly elements: Uint16Array;
  /** The patterns that begin with one of those symbols. */
  readonly patterns: Uint16Array;
  /** Bits of traits.ts. */
  readonly traits: number;
  readonly facts: readonly string[];
  /** What the second reader knows it by (feature-hash.ts): all numbers are one word, without letters. */
  readonly hash: number;
  readonly tagHashes: readonly number[];
  readonly letters: Uint16Array;
};

const anyNumber = hashOf('#');
const noLetters = new Uint16Array(0);

const union = (lists: readonly Uint16Array[]): Uint16Array =>
  new Uint16Array(new Set(lists.flatMap((list) => [...list])));

function describe(word: string, isNumber: boolean): KnownWord {
  const { id, tags, known } = lookUp(word);
  const kinds = isNumber ? numberSymbols(Number(word)) : [];
  const beginnings = beginningsOf(word);
  const symbols = [word, ...tags, ...kinds, ...beginnings.map(textOf)];
  const ids = [id, ...tags.map(idOfTag), ...kinds.map(idOf), ...beginnings].filter((one) => one >= 0);
  return {
    word,
    id,
    known,
    symbols,
    elements: union(ids.map(elementsMetBy)),
    patterns: union(ids.map(patternsBegunBy)),
    traits: symbols.reduce((traits, symbol) => traits | traitsOf(symbol), 0),
    facts: symbols.map(factOf).filter((fact) => fact !== undefined),
    hash: isNumber ? anyNumber : hashOf(word),
    tagHashes: symbols.filter((symbol) => /^[@#]/u.test(symbol) && !isWishTag(symbol)).map(hashOf),
    letters: isNumber ? noLetters : bucketsOfLetters(word),
  };
}

/** What is known of a folded and repaired word; frequent ones are looked up once. */
export const knownWord = remembering((word) => describe(word, false));

/** The same of a number as it is written. */
export const knownNumber = remembering((word) => describe(word, true));
