import { flag, twoBytes } from '../src/pattern-flags.ts';
import { type LexiconEntries, lexiconEntries, type Phrase } from './lexicon-entries.ts';
import type { Unpackable } from './pack-bytes.ts';
import { type ParsedPattern, parsePattern } from './parse-pattern.ts';
import type { Readable } from './readable-content.ts';

function allPatterns(content: Readable): { patterns: ParsedPattern[]; signs: string[] } {
  const wishes = content['concepts-wishes'];
  const groups: Record<string, readonly string[]>[] = [
    content['concepts-emergency'].concepts,
    content['concepts-signs'].concepts,
    content['concepts-calm'].concepts,
    { opt_out: wishes.optOut, opt_in: wishes.optIn, not_revoking: wishes.notRevoking, mask: wishes.mask },
  ];
  const patterns = groups.flatMap((group) =>
    Object.entries(group).flatMap(([concept, sources]) =>
      sources.map((source) => parsePattern(concept, source)),
    ),
  );
  const signs = groups.slice(0, 2).flatMap((group) => Object.keys(group));
  return { patterns, signs: [...new Set(signs)] };
}

const setsOf = ({ elements, forbidden }: ParsedPattern): readonly ReadonlySet<string>[] =>
  forbidden === undefined ? elements : [...elements, forbidden];

/** Phrases and beginnings that patterns name, in the order in which they name them first. */
function askedFor(patterns: readonly ParsedPattern[]): { phrases: Phrase[]; beginnings: string[] } {
  const symbols = new Set(patterns.flatMap((pattern) => setsOf(pattern).flatMap((set) => [...set])));
  const words = [...symbols].filter((symbol) => !symbol.startsWith('@'));
  return {
    phrases: words
      .filter((symbol) => symbol.includes('_'))
      .map((symbol) => ({ parts: symbol.split('_'), symbol })),
    beginnings: words.filter((symbol) => !symbol.includes('_') && symbol.endsWith('*')),
  };
}

const isOpen = (part: string | undefined): boolean => part?.endsWith('*') === true;
const stemOf = (part: string): string => (isOpen(part) ? part.slice(0, -1) : part);

/** Phrases by their first word; those whose second word is given come before those with an open one. */
function byHead(phrases: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> {
  const closedFirst = [
    ...phrases.filter(({ parts }) => !isOpen(parts[1])),
    ...phrases.filter(({ parts }) => isOpen(parts[1])),
  ];
  return Map.groupBy(closedFirst, ({ parts }) => parts[0] ?? '');
}

type Strings = { readonly all: readonly string[]; readonly named: number; idOf(text: string): number };

const firstTwo = (beginning: string): string => stemOf(beginning).slice(0, 2);
const inOrder = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Names in the order of their characters; then beginnings by their first two letters; then tags. */
function stringTable(
  names: Iterable<string>,
  [beginnings, tags]: readonly [readonly string[], readonly string[]],
): Strings {
  const named = [...new Set(names)].sort(inOrder);
  const open = beginnings.toSorted((left, right) => inOrder(firstTwo(left), firstTwo(right)));
  const all = [...named, ...open, ...tags];
  const ids = new Map(all.map((text, id) => [text, id]));
  const idOf = (text: string): number => {
    const id = ids.get(text);
    if (id === undefined) throw new Error(`"${text}" is not in the table`);
    return id;
  };
  return { all, named: named.length, idOf };
}

/** How many UTF-16 units two strings begin with alike; an emoji of two is shared whole or not at all. */
function sharedLength(left: string, right: string): number {
  let length = 0;
  for (const character of right) {
    if (!left.startsWith(character, length)) break;
    length += character.length;
  }
  return length;
}

/** A string as src/word-table.ts reads it: how much it shares with the one before, and how it ends. */
function marked(text: string, id: number, all: readonly string[]): string {
  const shared = sharedLength(all[id - 1] ?? '', text);
  return `${String.fromCharCode(shared)}${text.slice(shared)}`;
}

/** The sets of symbols that patterns ask for: each once, numbered in the order of their first use. */
function elementsOf(patterns: readonly ParsedPattern[]) {
  const numbers = new Map<string, number>();
  const sets: ReadonlySet<string>[] = [];
  const numberOf = (set: ReadonlySet<string>): number => {
    const name = [...set].sort().join('|');
    const number = numbers.get(name) ?? sets.length;
    if (number === sets.length) sets.push(set);
    numbers.set(name, number);
    return number;
  };
  const compiled = patterns.map((pattern) => ({
    ...pattern,
    steps: pattern.elements.map((set, step) => ({ element: numberOf(set), gap: pattern.gaps[step] ?? 0 })),
    banned: pattern.forbidden === undefined ? [] : [numberOf(pattern.forbidden)],
  }));
  return { sets, compiled };
}

const partNumber = (part: string, { idOf }: Strings): number =>
  idOf(stemOf(part)) * 2 + (isOpen(part) ? 1 : 0);

function small(content: Readable): object {
  const { optOutExact, optInExact, helpExact, emergencyExact } = content['concepts-wishes'];
  return {
    shorthand: content.shorthand.words,
    glueWords: content['glue-words'].words,
    lists: content['word-lists'].lists,
    exact: { optOut: optOutExact, optIn: optInExact, help: helpExact, emergency: emergencyExact },
    questions: content['concepts-questions'],
    rules: content.rules.rules,
  };
}

function prefixesOf({ prefixes }: LexiconEntries): object {
  return {
    prefixes: Object.fromEntries([...prefixes].map(([prefix, tags]) => [prefix, tags.join(' ')])),
  };
}

type CompiledPattern = ReturnType<typeof elementsOf>['compiled'][number];

/** Does a pattern ask for a word that denies, by itself or in a phrase ("y_no_despertar")? */
function saysNo({ elements }: CompiledPattern, deniers: ReadonlySet<string>): boolean {
  return elements.some((set) =>
    [...set].some((symbol) => symbol.split('_').some((part) => deniers.has(part))),
  );
}

function flagsOf(pattern: CompiledPattern, deniers: ReadonlySet<string>): number {
  return (
    (pattern.unordered ? flag.unordered : 0) |
    (pattern.ownNegation ? flag.ownNegation : 0) |
    (pattern.certain ? flag.certain : 0) |
    (pattern.banned.length > 0 ? flag.forbids : 0) |
    (saysNo(pattern, deniers) ? flag.saysNo : 0)
  );
}

/**
 * Elements as how long ago they were new: 0 = new here. They are numbered in the order of their first use, so
 * that most are 0 or small.
 */
function byNovelty(elements: readonly number[]): readonly number[] {
  let known = 0;
  return elements.map((element) => {
    const ago = known - element;
    if (element === known) known += 1;
    return ago;
  });
}

/** Ascending numbers as how far each is from the one before. */
function byStep(numbers: readonly number[]): readonly number[] {
  return numbers.map((number, at) => number - (numbers[at - 1] ?? 0));
}

/** A number as one byte, or as two of which the first is `twoBytes` or more (src/pattern-table.ts). */
function inBytes(number: number): readonly number[] {
  return number < twoBytes ? [number] : [twoBytes + (number >> 8), number & 0xff];
}

/** What src/pattern-table.ts reads of each pattern. */
function patternLists(
  compiled: readonly CompiledPattern[],
  concepts: readonly string[],
  deniers: ReadonlySet<string>,
) {
  const steps = compiled.flatMap((pattern) => pattern.steps);
  const used = byNovelty(
    compiled.flatMap(({ steps, banned }) => [...steps.map(({ element }) => element), ...banned]),
  );
  return {
    wide: { patternElements: used },
    narrow: {
      patternConcepts: compiled.map(({ concept }) => concepts.indexOf(concept)),
      patternFlags: compiled.map((pattern) => flagsOf(pattern, deniers)),
    },
    tiny: {
      patternSteps: compiled.map((pattern) => pattern.steps.length),
      patternGaps: steps.map(({ gap }) => gap),
    },
  };
}

/** What src/lexicon.ts and src/typo.ts know of each word: its tags, is it common, is it clinical? */
function wordLists(
  named: readonly string[],
  common: ReadonlySet<string>,
  { words, clinical }: LexiconEntries,
  tags: readonly string[],
) {
  const tagsOf = named.map((name) => words.get(name) ?? []);
  return {
    wordKinds: named.map(
      (name, id) => (tagsOf[id]?.length ?? 0) * 4 + (clinical.has(name) ? 2 : 0) + (common.has(name) ? 1 : 0),
    ),
    wordTags: tagsOf.flat().map((tag) => tags.indexOf(tag)),
  };
}

/** Compiles the readable content; throws where it is malformed. */
export function compileContent(content: Readable): Unpackable {
  const lexicon = lexiconEntries(content);
  const { patterns, signs } = allPatterns(content);
  const { sets, compiled } = elementsOf(patterns);
  const asked = askedFor(patterns);
  const words = content['common-words'];
  const common = new Set([...words.english.split(' '), ...words.spanish.split(' ')]);
  const concepts = [...new Set([...signs, ...patterns.map(({ concept }) => concept)])];
  const phrases = [...lexicon.phrases, ...asked.phrases];
  const symbols = sets.flatMap((set) => [...set]);
  const tags = [...new Set([...symbols.filter((symbol) => symbol.startsWith('@')), ...lexicon.tags])].sort();
  const notNamed = new Set([...asked.beginnings, ...asked.phrases.map(({ symbol }) => symbol), ...tags]);
  const strings = stringTable(
    [
      ...[...lexicon.words.keys(), ...common, ...symbols].filter((symbol) => !notNamed.has(symbol)),
      ...phrases.flatMap(({ parts }) => parts.map(stemOf)),
    ],
    [asked.beginnings, tags],
  );
  const heads = [byHead(lexicon.phrases), byHead(asked.phrases)];
  const named = strings.all.slice(0, strings.named);
  const begun = named.map((name) => heads.flatMap((head) => head.get(name) ?? []));
  const stored = begun.flat();
  const nameless = stored.filter(({ symbol }) => !symbol.startsWith('@')).map(({ symbol }) => symbol);
  // A phrase whose first word is open begins nowhere, as a text has no such word.
  const symbolIds = new Map(nameless.map((symbol, index) => [symbol, strings.all.length + index]));
  const idOfSymbol = (symbol: string): number[] => {
    const id = symbolIds.get(symbol);
    if (id !== undefined) return [id];
    return symbol.includes('_') && !symbol.startsWith('@') ? [] : [strings.idOf(symbol)];
  };
  const symbolCount = strings.all.length + nameless.length;
  const met: number[][] = Array.from({ length: symbolCount }, () => []);
  for (const [element, set] of sets.entries())
    for (const symbol of set) for (const id of idOfSymbol(symbol)) met[id]?.push(element);
  const deniers = new Set([...lexicon.words].flatMap(([word, own]) => (own.includes('@not') ? [word] : [])));
  const table = patternLists(compiled, concepts, deniers);
  return {
    text: {
      ...small(content),
      named: strings.named,
      beginnings: asked.beginnings.length,
      elements: sets.length,
      concepts: concepts.join(' '),
      signs: signs.length,
      ...prefixesOf(lexicon),
    },
    wide: {
      ...table.wide,
      phraseParts: stored.flatMap(({ parts }) => parts.slice(1).map((part) => partNumber(part, strings))),
      phrasesBegun: begun.map(({ length }) => length),
    },
    narrow: {
      strings: [...Buffer.from(strings.all.map(marked).join(''))],
      ...wordLists(named, common, lexicon, tags),
      elementsMetBy: met.map(({ length }) => length),
      elementsMet: met.flatMap(byStep).flatMap(inBytes),
      ...table.narrow,
      phraseTags: stored.map(({ symbol }) => (symbol.startsWith('@') ? tags.indexOf(symbol) + 1 : 0)),
    },
    tiny: { ...table.tiny, phraseLengths: stored.map(({ parts }) => parts.length - 1) },
  };
}
