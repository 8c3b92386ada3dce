import type { KnownWord } from './known-word.ts';
import {
  elementCount,
  elementsMetBy,
  type Pattern,
  patternNumbers,
  patternOf,
  patternsBegunBy,
  stepsAt,
} from './pattern-table.ts';
import type { Span } from './phrases.ts';

/** A token as patterns see it: the word, the phrases that begin here, and the traits of both. */
export type Cell = {
  readonly known: KnownWord;
  readonly spans: readonly Span[];
  readonly traits: number;
  readonly clause: number;
  readonly phrase: number;
};

export type Match = { pattern: Pattern; first: number; last: number };

const unorderedReach = 10;

/** A text that repeats itself thousands of times says nothing new after this many matches of one pattern. */
const mostMatches = 8;

/** A text whose words are marked with the elements that they meet. */
type Marked = {
  readonly cells: readonly Cell[];
  /** For word × element: 0, or how far the element reaches, 1 for the word itself. */
  readonly reach: Uint8Array;
};

const usualWords = 48;
// Only one text is read at a time, so all but the longest share the room, and leave it empty: a text marks
// a few hundred places of a hundred thousand.
const usualReach = new Uint8Array(usualWords * elementCount);
/** 1 for each element that some word meets. */
const met = new Uint8Array(elementCount);

/** Marks each word with the elements that it meets, or its phrases do; or takes the marks away. */
function mark({ cells, reach }: Marked, on: boolean): void {
  for (const [index, { known, spans }] of cells.entries()) {
    const row = index * elementCount;
    setAll(known.elements, reach, row, on ? 1 : 0);
    for (const { id, end } of spans) setAll(elementsMetBy(id), reach, row, on ? end - index + 1 : 0);
  }
}

/** Sets how far elements reach; what the word itself meets, or an earlier phrase, stays as it is. */
function setAll(elements: Uint16Array, reach: Uint8Array, row: number, length: number): void {
  for (let at = 0; at < elements.length; at += 1) {
    const element = elements[at] ?? 0;
    met[element] = length === 0 ? 0 : 1;
    if (length === 0 || reach[row + element] === 0) reach[row + element] = length;
  }
}

/** Index of the last token that `element` covers when it starts at `index`, or -1. */
function ends({ reach }: Marked, index: number, element: number): number {
  const length = reach[index * elementCount + element] ?? 0;
  return length === 0 ? -1 : index + length - 1;
}

/** Where in `patternNumbers` the steps of a pattern stand. */
type Steps = { readonly from: number; readonly to: number };

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
  let first = start;
  let last = ends(text, start, items[from] ?? 0);
  if (last < 0) return undefined;
  const used = [start];
  for (let step = from + 2; step < to; step += 2) {
    const found = nearest(text, items[step] ?? 0, used);
    if (found === undefined) return undefined;
    last = Math.max(last, ends(text, found, items[step] ?? 0));
    used.push(found);
    first = Math.min(first, found);
  }
  return { first, last };
}

/** The free word of the clause nearest to the first that is used that meets the element, the later of two. */
function nearest(text: Marked, element: number, used: readonly number[]): number | undefined {
  const [start = 0] = used;
  const clause = text.cells[start]?.clause;
  const meets = (at: number): boolean =>
    at >= 0 && ends(text, at, element) >= 0 && text.cells[at]?.clause === clause && !used.includes(at);
  for (let distance = 1; distance <= unorderedReach; distance += 1) {
    if (meets(start + distance)) return start + distance;
    if (meets(start - distance)) return start - distance;
  }
  return undefined;
}

function forbids(text: Marked, { first, last }: Place, banned: number): boolean {
  if (banned === 0 || met[banned - 1] === 0) return false;
  const clause = text.cells[first]?.clause;
  const from = text.cells[first]?.phrase ?? 0;
  const to = text.cells[last]?.phrase ?? from;
  return text.cells.some((cell, index) => {
    if (cell.clause !== clause || cell.phrase < from || cell.phrase > to) return false;
    return ends(text, index, banned - 1) >= 0;
  });
}

/** The place that a pattern covers when its first step is met at `start`. */
function tryAt(text: Marked, pattern: number, start: number): Place | undefined {
  const { starts, items } = patternNumbers;
  const at = starts[pattern] ?? 0;
  const from = at + stepsAt;
  const to = starts[pattern + 1] ?? 0;
  // Most patterns fail here: no word of the whole text meets one of the other steps.
  for (let step = from + 2; step < to; step += 2) if (met[items[step] ?? 0] === 0) return undefined;
  const steps = { from, to };
  const isUnordered = items[at] === 1;
  const last = isUnordered ? -1 : ordered(text, steps, start);
  const place = isUnordered ? together(text, steps, start) : last < 0 ? undefined : { first: start, last };
  return place === undefined || forbids(text, place, items[at + 1] ?? 0) ? undefined : place;
}

/**
 * All matches of all patterns in a text; the work is bounded by tokens × patterns that share a first
 * symbol.
 */
export function matchPatterns(cells: readonly Cell[]): Match[] {
  const reach = cells.length > usualWords ? new Uint8Array(cells.length * elementCount) : usualReach;
  const text = { cells, reach };
  mark(text, true);
  try {
    return matchesIn(text);
  } finally {
    mark(text, false);
  }
}

function matchesIn(text: Marked): Match[] {
  const matches: Match[] = [];
  const counts = new Map<number, number>();
  const tryOne = (pattern: number, start: number): void => {
    const count = counts.get(pattern) ?? 0;
    const place = count < mostMatches ? tryAt(text, pattern, start) : undefined;
    if (place === undefined) return;
    matches.push({ pattern: patternOf(pattern), first: place.first, last: place.last });
    counts.set(pattern, count + 1);
  };
  for (const [start, { known, spans }] of text.cells.entries()) {
    for (const pattern of known.patterns) tryOne(pattern, start);
    if (spans.length === 0) continue;
    // A word and its phrases may begin the same pattern.
    const tried = new Set(known.patterns);
    for (const { id } of spans) {
      for (const pattern of patternsBegunBy(id)) if (!tried.has(pattern)) tryOne(pattern, start);
      for (const pattern of patternsBegunBy(id)) tried.add(pattern);
    }
  }
  return matches;
}
