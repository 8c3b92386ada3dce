import { content, narrow, wide } from './content.ts';
import type { Span } from './phrases.ts';
import { startsOf } from './word-table.ts';

/** What a pattern stands for; training/parse-pattern.ts describes how patterns are written. */
export type Pattern = {
  readonly concept: string;
  /** A denial before it does not deny it. */
  readonly ownNegation: boolean;
  readonly certain: boolean;
};

/** A token as patterns see it: every symbol it answers to, and the phrases that begin here. */
export type Cell = {
  readonly symbols: readonly string[];
  /** Ids of those symbols that some pattern may ask for. */
  readonly ids: readonly number[];
  readonly spans: readonly Span[];
  readonly clause: number;
  readonly phrase: number;
};

export type Match = { pattern: Pattern; first: number; last: number };

/** What patterns find, by number; the first `content.signs` are signs of the body. */
export const concepts: readonly string[] = content.concepts.split(' ');

const unorderedReach = 10;

/** A text that repeats itself thousands of times says nothing new after this many matches of one pattern. */
const mostMatches = 8;

const elementCount = content.elements;

/** Numbers for each of many owners, one owner after the other. */
type Lists = { readonly starts: Uint32Array; readonly items: Uint16Array };

/** The elements that each symbol meets; an element is a set of symbols of which a word has to meet one. */
const elementsOfSymbol: Lists = { starts: startsOf(narrow('elementsMetBy')), items: wide('elementsMet') };

/**
 * Each pattern's numbers: its concept, flags (1 unordered, 2 own negation, 4 certain), the element it forbids
 * plus one (0 = none), then for each step its element and how many words may stand before it.
 */
const patternNumbers: Lists = { starts: startsOf(narrow('patternLengths')), items: wide('patterns') };
const patternCount = patternNumbers.starts.length - 1;
const stepsAt = 3;

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

function patternOf(pattern: number): Pattern {
  const known = made[pattern];
  if (known !== undefined) return known;
  const at = patternNumbers.starts[pattern] ?? 0;
  const flags = patternNumbers.items[at + 1] ?? 0;
  const concept = concepts[patternNumbers.items[at] ?? 0] ?? '';
  const fresh = { concept, ownNegation: (flags & 2) !== 0, certain: (flags & 4) !== 0 };
  made[pattern] = fresh;
  return fresh;
}

/** A text whose words are marked with the elements that they meet. */
type Marked = {
  readonly cells: readonly Cell[];
  /** For word × element: 0, or how far the element reaches, 1 for the word itself. */
  readonly reach: Uint8Array;
  /** 1 for each element that some word meets. */
  readonly met: Uint8Array;
};

const usualWords = 48;
const reused = new Uint8Array(usualWords * elementCount);

/** Only one text is read at a time, so all but the longest share the room. */
function roomFor(words: number): Uint8Array {
  if (words > usualWords) return new Uint8Array(words * elementCount);
  return reused.fill(0, 0, words * elementCount);
}

function mark(cells: readonly Cell[]): Marked {
  const reach = roomFor(cells.length);
  const met = new Uint8Array(elementCount);
  const { starts, items } = elementsOfSymbol;
  const markOne = (row: number, id: number, length: number): void => {
    for (let at = starts[id] ?? 0; at < (starts[id + 1] ?? 0); at += 1) {
      const element = items[at] ?? 0;
      met[element] = 1;
      if (reach[row + element] === 0) reach[row + element] = length;
    }
  };
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index];
    if (cell === undefined) continue;
    for (const id of cell.ids) markOne(index * elementCount, id, 1);
    for (const { id, end } of cell.spans) markOne(index * elementCount, id, end - index + 1);
  }
  return { cells, reach, met };
}

/** Index of the last token that `element` covers when it starts at `index`, or -1. */
function ends({ reach }: Marked, index: number, element: number): number {
  const length = reach[index * elementCount + element] ?? 0;
  return length === 0 ? -1 : index + length - 1;
}

/** Where in `patternNumbers` the steps of a pattern stand. */
type Steps = { readonly from: number; readonly to: number };

function stepsOf(pattern: number): Steps {
  const { starts } = patternNumbers;
  return { from: (starts[pattern] ?? 0) + stepsAt, to: starts[pattern + 1] ?? 0 };
}

function ordered(text: Marked, { from, to }: Steps, start: number): number {
  const { items } = patternNumbers;
  const clause = text.cells[start]?.clause;
  let last = ends(text, start, items[from] ?? 0);
  for (let step = from + 2; step < to && last >= 0; step += 2) {
    const limit = last + 1 + (items[step + 1] ?? 0);
    let next = -1;
    for (let at = last + 1; at <= limit; at += 1) {
      if (text.cells[at]?.clause !== clause) break;
      next = ends(text, at, items[step] ?? 0);
      if (next >= 0) break;
    }
    last = next;
  }
  return last;
}

type Place = { first: number; last: number };

function together(text: Marked, { from, to }: Steps, start: number): Place | undefined {
  const { items } = patternNumbers;
  const clause = text.cells[start]?.clause;
  let first = start;
  let last = ends(text, start, items[from] ?? 0);
  if (last < 0) return undefined;
  const used = [start];
  for (let step = from + 2; step < to; step += 2) {
    const found = nearest(
      text,
      items[step] ?? 0,
      start,
      (at) => text.cells[at]?.clause === clause && !used.includes(at),
    );
    if (found === undefined) return undefined;
    last = Math.max(last, ends(text, found, items[step] ?? 0));
    used.push(found);
    first = Math.min(first, found);
  }
  return { first, last };
}

/** The word nearest to `start` that meets the element, the later of two. */
function nearest(
  text: Marked,
  element: number,
  start: number,
  allowed: (at: number) => boolean,
): number | undefined {
  for (let distance = 1; distance <= unorderedReach; distance += 1) {
    for (const at of [start + distance, start - distance])
      if (at >= 0 && ends(text, at, element) >= 0 && allowed(at)) return at;
  }
  return undefined;
}

function forbids(text: Marked, { first, last }: Place, banned: number): boolean {
  if (banned === 0 || text.met[banned - 1] === 0) return false;
  const clause = text.cells[first]?.clause;
  const from = text.cells[first]?.phrase ?? 0;
  const to = text.cells[last]?.phrase ?? from;
  return text.cells.some((cell, index) => {
    if (cell.clause !== clause || cell.phrase < from || cell.phrase > to) return false;
    return ends(text, index, banned - 1) >= 0;
  });
}

/** Does some word meet each step after the first? */
function allMet({ met }: Marked, { from, to }: Steps): boolean {
  for (let step = from + 2; step < to; step += 2)
    if (met[patternNumbers.items[step] ?? 0] === 0) return false;
  return true;
}

/** The place that a pattern covers when its first step is met at `start`. */
function tryAt(text: Marked, steps: Steps, start: number): Place | undefined {
  const at = steps.from - stepsAt;
  const { items } = patternNumbers;
  const isUnordered = ((items[at + 1] ?? 0) & 1) !== 0;
  const last = isUnordered ? -1 : ordered(text, steps, start);
  const place = isUnordered ? together(text, steps, start) : last < 0 ? undefined : { first: start, last };
  return place === undefined || forbids(text, place, items[at + 2] ?? 0) ? undefined : place;
}

/** Patterns that begin with a symbol and whose other steps are met somewhere, in the order of the content. */
function candidates(text: Marked, id: number): readonly number[] {
  const found: number[] = [];
  const { starts, items } = elementsOfSymbol;
  for (let at = starts[id] ?? 0; at < (starts[id + 1] ?? 0); at += 1) {
    const element = items[at] ?? 0;
    const end = patternsOfElement.starts[element + 1] ?? 0;
    for (let own = patternsOfElement.starts[element] ?? 0; own < end; own += 1) {
      const pattern = patternsOfElement.items[own] ?? 0;
      if (allMet(text, stepsOf(pattern))) found.push(pattern);
    }
  }
  return found.length < 2 ? found : found.sort((left, right) => left - right);
}

/**
 * All matches of all patterns in a text; the work is bounded by tokens × patterns that share a first
 * symbol.
 */
export function matchPatterns(cells: readonly Cell[]): Match[] {
  const matches: Match[] = [];
  const text = mark(cells);
  const counts = new Uint8Array(patternCount);
  const tried = new Map<number, number>();
  const tryAll = (id: number, start: number): void => {
    for (const pattern of candidates(text, id)) {
      if (tried.get(pattern) === start || (counts[pattern] ?? 0) >= mostMatches) continue;
      tried.set(pattern, start);
      const place = tryAt(text, stepsOf(pattern), start);
      if (place === undefined) continue;
      matches.push({ pattern: patternOf(pattern), ...place });
      counts[pattern] = (counts[pattern] ?? 0) + 1;
    }
  };
  for (let start = 0; start < cells.length; start += 1) {
    const cell = cells[start];
    if (cell === undefined) continue;
    for (const id of cell.ids) tryAll(id, start);
    for (const { id } of cell.spans) tryAll(id, start);
  }
  return matches;
}
