/**
 * A pattern over words: `hard|trouble 3 @air` = an element, at most three words between, an element. An
 * element lists alternatives: a word, a beginning (`hinch*`), a tag of the lexicon (`@air`), a number
 * (`#`). `&` joins elements in any order inside one clause at most eleven words apart. `!a|@b` at the
 * end forbids those words anywhere in the same phrase. A leading `^` says that a denial before it does
 * not deny it (E5, pseudo- negation: "can't breathe", "no puedo abrir"); a leading `=` that the match
 * leaves no doubt.
 */
export type Element = ReadonlySet<string>;

export type Pattern = {
  concept: string;
  source: string;
  elements: readonly Element[];
  gaps: readonly number[];
  unordered: boolean;
  ownNegation: boolean;
  certain: boolean;
  forbidden: Element | undefined;
};

/** A token as patterns see it: every symbol it answers to, and the phrases that begin here. */
export type Cell = {
  symbols: readonly string[];
  spans: readonly { symbol: string; end: number }[];
  clause: number;
  phrase: number;
};

export type Match = { pattern: Pattern; first: number; last: number };

const unorderedReach = 10;

/** A text that repeats itself thousands of times says nothing new after this many matches of one pattern. */
const mostMatches = 8;

function element(text: string): Element {
  return new Set(text.split('|'));
}

/** Reads one pattern; throws on a malformed one, since content is checked when it is built. */
export function compilePattern(concept: string, source: string): Pattern {
  const [, flags = '', rest = source] = /^([=^]*)(.*)$/u.exec(source) ?? [];
  const ownNegation = flags.includes('^');
  const certain = flags.includes('=');
  const parts = rest.trim().split(/\s+/u);
  const elements: Element[] = [];
  const gaps: number[] = [];
  let forbidden: Element | undefined;
  let gap = 0;
  let unordered = false;
  for (const part of parts) {
    if (part === '&') unordered = true;
    else if (/^\d+$/u.test(part) && elements.length > 0) gap = Number(part);
    else if (part.startsWith('!')) forbidden = element(part.slice(1));
    else {
      elements.push(element(part));
      gaps.push(gap);
      gap = 0;
    }
  }
  if (elements.length === 0) throw new Error(`empty pattern in ${concept}: "${source}"`);
  return { concept, source, elements, gaps, unordered, ownNegation, certain, forbidden };
}

/** Index of the last token that `element` covers when it starts at `index`, or -1. */
function ends(cell: Cell, index: number, wanted: Element): number {
  for (const symbol of cell.symbols) if (wanted.has(symbol)) return index;
  for (const span of cell.spans) if (wanted.has(span.symbol)) return span.end;
  return -1;
}

function ordered(cells: readonly Cell[], pattern: Pattern, start: number): number {
  const first = cells[start];
  const head = pattern.elements[0];
  if (first === undefined || head === undefined) return -1;
  let last = ends(first, start, head);
  for (let step = 1; step < pattern.elements.length && last >= 0; step += 1) {
    const wanted = pattern.elements[step];
    const limit = last + 1 + (pattern.gaps[step] ?? 0);
    let next = -1;
    for (let at = last + 1; at <= limit && wanted !== undefined; at += 1) {
      const cell = cells[at];
      if (cell === undefined || cell.clause !== first.clause) break;
      next = ends(cell, at, wanted);
      if (next >= 0) break;
    }
    last = next;
  }
  return last;
}

function together(cells: readonly Cell[], pattern: Pattern, start: number): Match | undefined {
  const head = cells[start];
  const wantedHead = pattern.elements[0];
  if (head === undefined || wantedHead === undefined) return undefined;
  let last = ends(head, start, wantedHead);
  if (last < 0) return undefined;
  let first = start;
  const used = new Set<number>([start]);
  for (let step = 1; step < pattern.elements.length; step += 1) {
    const wanted = pattern.elements[step];
    let found = -1;
    for (let distance = 1; distance <= unorderedReach && found < 0 && wanted !== undefined; distance += 1) {
      for (const at of [start + distance, start - distance]) {
        const cell = cells[at];
        if (cell === undefined || cell.clause !== head.clause || used.has(at)) continue;
        const end = ends(cell, at, wanted);
        if (end < 0) continue;
        found = at;
        last = Math.max(last, end);
        break;
      }
    }
    if (found < 0) return undefined;
    used.add(found);
    first = Math.min(first, found);
  }
  return { pattern, first, last };
}

function forbids(cells: readonly Cell[], match: Match): boolean {
  const banned = match.pattern.forbidden;
  if (banned === undefined) return false;
  const clause = cells[match.first]?.clause;
  const from = cells[match.first]?.phrase ?? 0;
  const to = cells[match.last]?.phrase ?? from;
  return cells.some((cell, index) => {
    if (cell.clause !== clause || cell.phrase < from || cell.phrase > to) return false;
    return ends(cell, index, banned) >= 0;
  });
}

/** Word beginnings (`hinch*`) and phrases of several words (`no_puedo`) that a set of patterns asks for. */
export function wordsAskedFor(patterns: readonly Pattern[]): { prefixes: string[]; phrases: string[] } {
  const prefixes = new Set<string>();
  const phrases = new Set<string>();
  for (const pattern of patterns) {
    for (const wanted of [
      ...pattern.elements,
      ...(pattern.forbidden === undefined ? [] : [pattern.forbidden]),
    ]) {
      for (const symbol of wanted) {
        if (symbol.startsWith('@')) continue;
        if (symbol.includes('_')) phrases.add(symbol);
        else if (symbol.endsWith('*')) prefixes.add(symbol.slice(0, -1));
      }
    }
  }
  return { prefixes: [...prefixes], phrases: [...phrases] };
}

/** A pattern with the numbers of all its elements but the first. */
type Candidate = { readonly pattern: Pattern; readonly needs: readonly number[] };

/**
 * Patterns by every symbol their first element may be, and elements, numbered, by every symbol that meets
 * them: a text marks the elements it meets once, and only patterns with all elements met are tried.
 */
export type PatternIndex = {
  readonly byFirst: ReadonlyMap<string, readonly Candidate[]>;
  readonly elementsOf: ReadonlyMap<string, readonly number[]>;
  readonly elements: number;
};

function pushTo<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, [value]);
  else held.push(value);
}

/** Builds the index once per set of patterns. */
export function indexPatterns(patterns: readonly Pattern[]): PatternIndex {
  const byFirst = new Map<string, Candidate[]>();
  const elementsOf = new Map<string, number[]>();
  const numbers = new Map<string, number>();
  const numberOf = (wanted: Element): number => {
    const name = [...wanted].sort().join('|');
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const fresh = numbers.size;
    numbers.set(name, fresh);
    for (const symbol of wanted) pushTo(elementsOf, symbol, fresh);
    return fresh;
  };
  for (const pattern of patterns) {
    const candidate = { pattern, needs: pattern.elements.slice(1).map(numberOf) };
    for (const symbol of pattern.elements[0] ?? []) pushTo(byFirst, symbol, candidate);
  }
  return { byFirst, elementsOf, elements: numbers.size };
}

const symbolsOfCell = (cell: Cell): readonly string[] =>
  cell.spans.length === 0 ? cell.symbols : [...cell.symbols, ...cell.spans.map((span) => span.symbol)];

/** 1 for each numbered element that some word of the text meets. */
function elementsMet(cells: readonly Cell[], index: PatternIndex): Uint8Array {
  const met = new Uint8Array(index.elements);
  for (const cell of cells)
    for (const symbol of symbolsOfCell(cell))
      for (const element of index.elementsOf.get(symbol) ?? []) met[element] = 1;
  return met;
}

/**
 * All matches of all patterns in a text; the work is bounded by tokens × patterns that share a first
 * symbol.
 */
export function matchPatterns(cells: readonly Cell[], index: PatternIndex): Match[] {
  const matches: Match[] = [];
  const met = elementsMet(cells, index);
  const isMet = (element: number): boolean => met[element] === 1;
  const found = new Map<Pattern, number>();
  const keep = (match: Match): void => {
    matches.push(match);
    found.set(match.pattern, (found.get(match.pattern) ?? 0) + 1);
  };
  for (const [start, cell] of cells.entries()) {
    const tried = new Set<Pattern>();
    for (const symbol of symbolsOfCell(cell)) {
      for (const { pattern, needs } of index.byFirst.get(symbol) ?? []) {
        if (!needs.every(isMet) || tried.has(pattern)) continue;
        tried.add(pattern);
        if ((found.get(pattern) ?? 0) >= mostMatches) continue;
        if (pattern.unordered) {
          const match = together(cells, pattern, start);
          if (match !== undefined && !forbids(cells, match)) keep(match);
          continue;
        }
        const last = ordered(cells, pattern, start);
        const match = { pattern, first: start, last };
        if (last >= 0 && !forbids(cells, match)) keep(match);
      }
    }
  }
  return matches;
}
