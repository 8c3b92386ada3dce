import type { AssessInput } from './assessment.ts';
import type { Standing } from './circumstances.ts';
import type { Findings } from './concepts.ts';
import { deepestMm } from './facts.ts';
import { bucketOf, buckets, hashOf, joined, type Kind, kindOf, lettersKind, worths } from './feature-hash.ts';
import type { Cell } from './pattern.ts';
import { has, type Reading } from './read.ts';
import type { Verdict } from './rules.ts';
import { toldWishes } from './told-wishes.ts';
import { isWishTag, trait } from './traits.ts';

/** Active buckets of a text and their values; the values have length 1 together. */
export type Features = { at: Int32Array; value: Float32Array };

const fineSteps = [6, 24, 48, 72, 120, 168, 240] as const;
const coarseSteps = [24, 48, 96, 168] as const;

function stepOf(steps: readonly number[], hours: number | null): string {
  if (hours === null) return 'unknown';
  return String(steps.find((step) => hours <= step) ?? 'late');
}

const hourFeature = (step: string): number => hashOf(`hours ${step}`);

const tagReach = 3;

const wordKind = kindOf('word', 1.5);
const pairKind = kindOf('pair', 1);
const edgeKind = kindOf('edge', 1);
const tagKind = kindOf('tag', 1);
const tagAtHour = kindOf('tag at hour', 0.7);
const tagsKind = kindOf('tags', 0.5);
const tagDenied = kindOf('tag denied', 0.7);
const phraseKind = kindOf('phrase', 0.7);
const wishKind = kindOf('wish', 1.5);
const wishesKind = kindOf('wishes', 1);
const findingKind = kindOf('finding', 1.5);
const findingAtHour = kindOf('finding at hour', 1.5);
const togetherKind = kindOf('together', 1);
const ruleKind = kindOf('rule', 1);
const textKind = kindOf('text', 1);

// Only one text is read at a time, and `take` leaves these empty. A byte for each bucket stays near the
// processor, numbers of four bytes do not.
const held = new Uint8Array(buckets);
const touched = new Uint16Array(buckets);
let count = 0;

/** A bucket that features of two kinds fall into has the greater worth. */
function hold(bucket: number, rank: number): void {
  const before = held[bucket] ?? 0;
  if (before === 0) {
    touched[count] = bucket;
    count += 1;
  }
  if (before < rank) held[bucket] = rank;
}

function add(kind: Kind, feature: number): void {
  hold(bucketOf(kind, feature), kind.rank);
}

/** All that was held, shortened to length 1. */
function take(): Features {
  const at = new Int32Array(touched.subarray(0, count));
  count = 0;
  const worth = new Float32Array(worths);
  let squares = 0;
  for (const bucket of at) squares += (worth[held[bucket] ?? 0] ?? 0) ** 2;
  const length = Math.sqrt(squares);
  for (let rank = 0; rank < worth.length; rank += 1) worth[rank] = (worth[rank] ?? 0) / length;
  const value = new Float32Array(at.length);
  for (let index = 0; index < at.length; index += 1) {
    const bucket = at[index] ?? 0;
    value[index] = worth[held[bucket] ?? 0] ?? 0;
    held[bucket] = 0;
  }
  return { at, value };
}

const feverNumber = hashOf('#fever');

/** Is this a number in the range of fevers that no finding of fever is about ("page 38")? */
function isOtherNumber({ known }: Cell, at: number, found: Findings['found']): boolean {
  if (!known.tagHashes.includes(feverNumber)) return false;
  return !found.some(({ concept, first, last }) => concept === 'fever' && first <= at && at <= last);
}

/** What a word is tagged with; a 38 that is no temperature is a number like any other. */
function tagsAt(cell: Cell, at: number, found: Findings['found']): readonly number[] {
  const { tagHashes } = cell.known;
  const own = isOtherNumber(cell, at, found) ? tagHashes.filter((tag) => tag !== feverNumber) : tagHashes;
  if (cell.spans.length === 0) return own;
  const tags = [...own];
  for (const { symbol } of cell.spans)
    if (symbol.startsWith('@') && !isWishTag(symbol)) tags.push(hashOf(symbol));
  return tags;
}

const inOrder = (hashes: Iterable<number>): number[] => [...hashes].sort((left, right) => left - right);

type Tags = readonly (readonly number[])[];

function addTags({ cells }: Reading, tags: Tags, hour: number): void {
  for (let index = 0; index < cells.length; index += 1) {
    const clause = cells[index]?.clause;
    for (const tag of tags[index] ?? []) {
      add(tagKind, tag);
      add(tagAtHour, joined(tag, hour));
      for (let other = index + 1; other <= index + tagReach; other += 1) {
        if (cells[other]?.clause !== clause) break;
        for (const second of tags[other] ?? [])
          add(tagsKind, tag < second ? joined(tag, second) : joined(second, tag));
      }
    }
  }
}

/** Tags of one phrase together: two near each other are a pair already, more than six are nobody else's. */
const fewestOfPhrase = 3;
const mostOfPhrase = 6;

/** What each phrase is about as a whole, and what stands in it after a denial. */
function addPhrases({ cells }: Reading, tags: Tags): void {
  let all = new Set<number>();
  let isDenied = false;
  for (let index = 0; index <= cells.length; index += 1) {
    const begins = cells[index]?.phrase !== cells[index - 1]?.phrase;
    if (begins && all.size >= fewestOfPhrase && all.size <= mostOfPhrase)
      add(phraseKind, inOrder(all).reduce(joined));
    if (begins) all = new Set();
    if (begins || has(cells[index], trait.scopeEnd)) isDenied = false;
    for (const tag of tags[index] ?? []) {
      all.add(tag);
      if (isDenied) add(tagDenied, tag);
    }
    if (has(cells[index], trait.not)) isDenied = true;
  }
}

/** Words, those that follow each other in a phrase, letters. */
function addWords(cells: readonly Cell[]): void {
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index];
    if (cell === undefined) continue;
    const { hash, letters } = cell.known;
    add(wordKind, hash);
    const next = cells[index + 1];
    if (next?.phrase === cell.phrase) add(pairKind, joined(hash, next.known.hash));
    for (let at = 0; at < letters.length; at += 1) hold(letters[at] ?? 0, lettersKind.rank);
  }
}

const atStart = 1;
const atEnd = 2;
const atPhrase = 3;

/** How a text begins and ends, and each of its later phrases begins. */
function addEdges(cells: readonly Cell[]): void {
  for (let index = 0; index < cells.length; index += 1) {
    const hash = cells[index]?.known.hash ?? 0;
    if (index === 0) add(edgeKind, joined(atStart, hash));
    else if (cells[index]?.phrase !== cells[index - 1]?.phrase) add(edgeKind, joined(atPhrase, hash));
    if (index === cells.length - 1) add(edgeKind, joined(atEnd, hash));
  }
}

function addWishes(reading: Reading): void {
  const wishes = toldWishes(reading);
  for (const [index, wish] of wishes.entries()) {
    add(wishKind, wish);
    const before = wishes[index - 1];
    if (before !== undefined) add(wishesKind, joined(before, wish));
  }
}

/** What is found, by itself and each with each: "present" or not is all that counts for the pair. */
function addFindings(findings: Findings, verdict: Verdict, hour: number): void {
  for (const { concept, standing, resolved } of findings.found) {
    const hash = hashOf(concept);
    add(findingKind, joined(hash, hashOf(standing)));
    if (resolved) add(findingKind, joined(hash, hashOf('resolved')));
    if (standing === 'present') add(findingAtHour, joined(hash, hour));
  }
  const isHere = (standing: Standing): number => (standing === 'present' ? 1 : 0);
  const found = inOrder(
    new Set(findings.found.map(({ concept, standing }) => joined(hashOf(concept), isHere(standing)))),
  );
  for (const [index, one] of found.entries())
    for (const other of found.slice(index + 1)) add(togetherKind, joined(one, other));
  for (const rule of verdict.rules) {
    const hash = hashOf(rule);
    add(ruleKind, hash);
    for (const one of found) add(togetherKind, joined(hash, one));
  }
  add(ruleKind, hashOf(`${verdict.level ?? 'none'} ${verdict.certain}`));
  add(ruleKind, hashOf(`calm ${verdict.calm ?? 'none'}`));
}

/** Below so many degrees Celsius the weights have learned a reading as normal; rules go by body-heat.ts. */
const learnedAsRaised = 37.5;

/** Is a temperature told that is normal, raised or a fever? */
function warmthOf({ hottestCelsius, warmestCelsius }: Findings): string {
  if (hottestCelsius !== undefined) return 'fever';
  if (warmestCelsius === undefined) return 'untold';
  return warmestCelsius < learnedAsRaised ? 'normal' : 'raised';
}

/** The buckets that tell the hour and nothing else. */
export function hourBuckets(): number[] {
  const everyStep = [...fineSteps, Number.POSITIVE_INFINITY, null];
  return everyStep.map((hours) => bucketOf(textKind, hourFeature(stepOf(fineSteps, hours))));
}

/**
 * The buckets that a text falls into: words, pairs, edges, letters, tags and what they stand with, wishes,
 * findings and rules that hold, some of them also together with the hour. `onlyWords` leaves out findings and
 * rules: training hides them in the noisy copies, so that the words are learned as well (training/train.ts).
 */
export function featuresOf(
  input: AssessInput,
  findings: Findings,
  verdict: Verdict,
  onlyWords = false,
): Features {
  const text = (feature: string): void => add(textKind, hashOf(feature));
  const fine = stepOf(fineSteps, input.hoursSinceTreatment);
  const coarse = hashOf(stepOf(coarseSteps, input.hoursSinceTreatment));
  const depth = deepestMm(input.needleDepthMm);
  text('bias');
  add(textKind, hourFeature(fine));
  text(`${input.device ?? 'unknown'} ${depth !== null && depth < 1 ? 'shallow' : 'deep'}`);
  const { cells, questions, marks } = findings.reading;
  const tags = cells.map((cell, at) => tagsAt(cell, at, findings.found));
  addWords(cells);
  addEdges(cells);
  addTags(findings.reading, tags, coarse);
  addPhrases(findings.reading, tags);
  addWishes(findings.reading);
  if (!onlyWords) addFindings(findings, verdict, hashOf(fine));
  text(`length ${Math.min(6, Math.floor(cells.length / 4))}`);
  text(`warmth ${warmthOf(findings)}`);
  if (questions.size > 0) text('asks');
  if (marks.includes('!')) text('shouts');
  return take();
}
