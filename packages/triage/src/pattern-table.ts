import { content, narrow, wide } from './content.ts';
import { startsOf } from './word-table.ts';

/** What a pattern stands for; training/parse-pattern.ts describes how patterns are written. */
export type Pattern = {
  readonly concept: string;
  /** A denial before it does not deny it. */
  readonly ownNegation: boolean;
  readonly certain: boolean;
};

/** What patterns find, by number; the first `content.signs` are signs of the body. */
export const concepts: readonly string[] = content.concepts.split(' ');

/** How many elements there are; an element is a set of symbols of which a word has to meet one. */
export const elementCount = content.elements;

/** Numbers for each of many owners, one owner after the other. */
type Lists = { readonly starts: Uint32Array; readonly items: Uint16Array };

/** The elements that each symbol meets. */
const elementsOfSymbol: Lists = { starts: startsOf(narrow('elementsMetBy')), items: wide('elementsMet') };

/**
 * Each pattern's numbers: its concept, flags (1 unordered, 2 own negation, 4 certain), the element it forbids
 * plus one (0 = none), then for each step its element and how many words may stand before it.
 */
export const patternNumbers: Lists = { starts: startsOf(narrow('patternLengths')), items: wide('patterns') };
const patternCount = patternNumbers.starts.length - 1;

/** Where among its numbers a pattern's steps begin. */
export const stepsAt = 3;

const firstElement = (pattern: number): number =>
  patternNumbers.items[(patternNumbers.starts[pattern] ?? 0) + stepsAt] ?? 0;

/** The patterns whose first step each element is. */
const patternsOfElement = patternsByFirst();

function patternsByFirst(): Lists {
  const counts = new Uint16Array(elementCount);
  for (let pattern = 0; pattern < patternCount; pattern += 1) {
    const element = firstElement(pattern);
    counts[element] = (counts[element] ?? 0) + 1;
  }
  const starts = startsOf(counts);
  const items = new Uint16Array(patternCount);
  for (let pattern = patternCount - 1; pattern >= 0; pattern -= 1) {
    const element = firstElement(pattern);
    const left = (counts[element] ?? 0) - 1;
    counts[element] = left;
    items[(starts[element] ?? 0) + left] = pattern;
  }
  return { starts, items };
}

const made: (Pattern | undefined)[] = Array.from({ length: patternCount });

/** A pattern by its number. */
export function patternOf(pattern: number): Pattern {
  const known = made[pattern];
  if (known !== undefined) return known;
  const at = patternNumbers.starts[pattern] ?? 0;
  const flags = patternNumbers.items[at + 1] ?? 0;
  const concept = concepts[patternNumbers.items[at] ?? 0] ?? '';
  const fresh = { concept, ownNegation: (flags & 2) !== 0, certain: (flags & 4) !== 0 };
  made[pattern] = fresh;
  return fresh;
}

/** The elements that a symbol meets. */
export function elementsMetBy(symbol: number): Uint16Array {
  const { starts, items } = elementsOfSymbol;
  return items.subarray(starts[symbol], starts[symbol + 1]);
}

const begunBy = new Map<number, Uint16Array>();

/** The patterns that begin with a symbol, in the order of the content. */
export function patternsBegunBy(symbol: number): Uint16Array {
  const held = begunBy.get(symbol);
  if (held !== undefined) return held;
  const found: number[] = [];
  for (const element of elementsMetBy(symbol)) {
    const end = patternsOfElement.starts[element + 1] ?? 0;
    for (let at = patternsOfElement.starts[element] ?? 0; at < end; at += 1)
      found.push(patternsOfElement.items[at] ?? 0);
  }
  const sorted = new Uint16Array(found).sort();
  begunBy.set(symbol, sorted);
  return sorted;
}
