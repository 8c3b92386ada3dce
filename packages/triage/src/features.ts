import type { AssessInput } from './assessment.ts';
import type { Findings } from './concepts.ts';
import { deepestMm } from './facts.ts';
import { bucketOf, buckets, hashOf, joined, type Kind, kindOf, lettersKind, worths } from './feature-hash.ts';
import type { Cell } from './pattern.ts';
import type { Verdict } from './rules.ts';

/** Active buckets of a text and their values; the values have length 1 together. */
export type Features = { at: Int32Array; value: Float32Array };

const fineSteps = [6, 24, 48, 72, 120, 168, 240] as const;
const coarseSteps = [24, 48, 96, 168] as const;

function stepOf(steps: readonly number[], hours: number | null): string {
  if (hours === null) return 'unknown';
  return String(steps.find((step) => hours <= step) ?? 'late');
}

const tagReach = 5;

const wordKind = kindOf('word', 1);
const wordAtHour = kindOf('word at hour', 0.3);
const pairKind = kindOf('pair', 1);
const skipKind = kindOf('skip', 1);
const tagKind = kindOf('tag', 1);
const tagAtHour = kindOf('tag at hour', 0.7);
const tagsKind = kindOf('tags', 0.5);
const findingKind = kindOf('finding', 2);
const findingAtHour = kindOf('finding at hour', 1.5);
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
  for (const { symbol } of cell.spans) if (symbol.startsWith('@')) tags.push(hashOf(symbol));
  return tags;
}

function addTags(findings: Findings, hour: number): void {
  const { cells } = findings.reading;
  const tags = cells.map((cell, at) => tagsAt(cell, at, findings.found));
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

function addWords(cells: readonly Cell[], hour: number): void {
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index];
    if (cell === undefined) continue;
    const { hash, letters } = cell.known;
    add(wordKind, hash);
    add(wordAtHour, joined(hash, hour));
    const next = cells[index + 1];
    if (next !== undefined) add(pairKind, joined(hash, next.known.hash));
    const after = cells[index + 2];
    if (after !== undefined) add(skipKind, joined(hash, after.known.hash));
    for (let at = 0; at < letters.length; at += 1) hold(letters[at] ?? 0, lettersKind.rank);
  }
}

function addFindings(findings: Findings, verdict: Verdict, hour: number): void {
  for (const { concept, standing } of findings.found) {
    const hash = hashOf(concept);
    add(findingKind, joined(hash, hashOf(standing)));
    if (standing === 'present') add(findingAtHour, joined(hash, hour));
  }
  for (const rule of verdict.rules) add(ruleKind, hashOf(rule));
  add(ruleKind, hashOf(`${verdict.level ?? 'none'} ${verdict.certain}`));
  add(ruleKind, hashOf(`calm ${verdict.calm ?? 'none'}`));
}

/**
 * The buckets that a text falls into: words, pairs, letters, tags, pairs of tags, findings and rules that
 * hold, most of them also together with the hour. `onlyWords` leaves out findings and rules: training
 * hides them in the noisy copies, so that the words are learned as well (training/train.ts).
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
  text(`hours ${fine}`);
  text(`${input.device ?? 'unknown'} ${depth !== null && depth < 1 ? 'shallow' : 'deep'}`);
  const { cells, questions, marks } = findings.reading;
  addWords(cells, coarse);
  addTags(findings, coarse);
  if (!onlyWords) addFindings(findings, verdict, hashOf(fine));
  text(`length ${Math.min(6, Math.floor(cells.length / 4))}`);
  if (questions.size > 0) text('asks');
  if (marks.includes('!')) text('shouts');
  return take();
}
