import { content, narrow, tiny, wide } from './content.ts';
import { flag, twoBytes } from './pattern-flags.ts';
import { startsOf } from './word-table.ts';

/** What a pattern stands for; training/parse-pattern.ts describes how patterns are written. */
export type Pattern = {
  readonly concept: string;
  /** A denial before it does not deny it. */
  readonly ownNegation: boolean;
  /** One of its words is a denial ("sangra sin parar"). */
  readonly saysNo: boolean;
  readonly certain: boolean;
};

/** What patterns find, by number; the first `content.signs` are signs of the body. */
export const concepts: readonly string[] = content.concepts.split(' ');

/** How many elements there are; an element is a set of symbols of which a word has to meet one. */
export const elementCount = content.elements;

/** Numbers for each of many owners, one owner after the other. */
type Lists = { readonly starts: Uint32Array; readonly items: Uint16Array };

/** The elements that each symbol meets. */
const elementsOfSymbol: Lists = elementLists();

/** Of each symbol the first is stored as it is, every other as how far it is from the one before. */
function elementLists(): Lists {
  const counts = narrow('elementsMetBy');
  const steps = narrow('elementsMet');
  const starts = startsOf(counts);
  const items = new Uint16Array(starts[counts.length] ?? 0);
  let from = 0;
  for (let symbol = 0; symbol < counts.length; symbol += 1) {
    let element = 0;
    for (let at = starts[symbol] ?? 0; at < (starts[symbol + 1] ?? 0); at += 1) {
      const first = steps[from] ?? 0;
      const isLong = first >= twoBytes;
      element += isLong ? ((first - twoBytes) << 8) + (steps[from + 1] ?? 0) : first;
      from += isLong ? 2 : 1;
      items[at] = element;
    }
  }
  return { starts, items };
}

const patternConcepts = narrow('patternConcepts');
const patternFlags = narrow('patternFlags');
const patternSteps = tiny('patternSteps');
const patternCount = patternConcepts.length;

/** Numbers of a pattern before its steps: is it unordered, and the element it forbids plus one (0 = none). */
export const stepsAt = 2;

/**
 * Each pattern's numbers: the two named above, then for each step its element and how many words may stand
 * before it.
 */
export const patternNumbers: Lists = patternLists();

/** Elements are stored as how long ago they were new, 0 = new here (training/compile-content.ts). */
function patternLists(): Lists {
  const starts = startsOf(patternSteps.map((steps) => stepsAt + 2 * steps));
  const items = new Uint16Array(starts[patternCount] ?? 0);
  const ago = wide('patternElements');
  const gaps = tiny('patternGaps');
  let use = 0;
  let known = 0;
  let gap = 0;
  const element = (): number => {
    const back = ago[use] ?? 0;
    use += 1;
    if (back > 0) return known - back;
    known += 1;
    return known - 1;
  };
  for (let pattern = 0; pattern < patternCount; pattern += 1) {
    const at = starts[pattern] ?? 0;
    const flags = patternFlags[pattern] ?? 0;
    items[at] = flags & flag.unordered;
    for (let step = at + stepsAt; step < (starts[pattern + 1] ?? 0); step += 2, gap += 1) {
      items[step] = element();
      items[step + 1] = gaps[gap] ?? 0;
    }
    items[at + 1] = (flags & flag.forbids) === 0 ? 0 : element() + 1;
  }
  return { starts, items };
}

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
  const flags = patternFlags[pattern] ?? 0;
  const concept = concepts[patternConcepts[pattern] ?? 0] ?? '';
  const fresh = {
    concept,
    ownNegation: (flags & flag.ownNegation) !== 0,
    saysNo: (flags & flag.saysNo) !== 0,
    certain: (flags & flag.certain) !== 0,
  };
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
