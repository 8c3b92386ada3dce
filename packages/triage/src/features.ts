import type { AssessInput } from './assessment.ts';
import type { Findings } from './concepts.ts';
import { deepestMm } from './facts.ts';

/** Width of the hashed feature space; the trained weights have this many rows (training/train.ts). */
export const buckets = 32_768;

/** Active buckets of a text and their values; the values have length 1 together. */
export type Features = { at: readonly number[]; value: readonly number[] };

const fnvOffset = 0x811c9dc5;
const fnvPrime = 0x01000193;

function extend(hash: number, code: number): number {
  return Math.imul(hash ^ code, fnvPrime);
}

function settle(hash: number): number {
  return ((hash ^ (hash >>> 15)) >>> 0) % buckets;
}

function hashOf(feature: string): number {
  let hash = fnvOffset;
  for (let index = 0; index < feature.length; index += 1) hash = extend(hash, feature.charCodeAt(index));
  return hash;
}

function bucketOf(feature: string): number {
  return settle(hashOf(feature));
}

const hourSteps = [6, 24, 48, 72, 120, 168, 240] as const;

function hourStep(hours: number | null): string {
  if (hours === null) return 'unknown';
  return String(hourSteps.find((step) => hours <= step) ?? 'late');
}

const pairReach = 5;
const longestGram = 5;
const shortestGram = 3;

/** How much each kind of feature counts; chosen by cross-validation (docs/triage.md). */
const worth = {
  letters: 0.25,
  word: 1,
  pair: 1,
  skip: 1,
  tag: 1,
  tags: 0.5,
  finding: 2,
  findingAt: 1.5,
  text: 1,
} as const;

type Add = (feature: string, value: number) => void;

function tagsAt(cell: Findings['reading']['cells'][number] | undefined): string[] {
  if (cell === undefined) return [];
  const tags = cell.symbols.filter((symbol) => symbol.startsWith('@') || symbol.startsWith('#'));
  for (const span of cell.spans) if (span.symbol.startsWith('@')) tags.push(span.symbol);
  return tags;
}

type AddBucket = (bucket: number, value: number) => void;

const letterSeed = hashOf('c ');

/** Runs of 3 to 5 letters of a padded word, hashed as they grow instead of cut out as strings. */
function addLetters(add: AddBucket, word: string): void {
  const padded = ` ${word} `;
  for (let start = 0; start + shortestGram <= padded.length; start += 1) {
    let hash = letterSeed;
    const limit = Math.min(longestGram, padded.length - start);
    for (let length = 1; length <= limit; length += 1) {
      hash = extend(hash, padded.charCodeAt(start + length - 1));
      if (length >= shortestGram) add(settle(hash), worth.letters);
    }
  }
}

function addTags(add: Add, cells: Findings['reading']['cells'], tags: readonly string[][]): void {
  for (const [index, own] of tags.entries()) {
    for (const tag of own) {
      add(`t ${tag}`, worth.tag);
      for (let other = index + 1; other <= index + pairReach; other += 1) {
        if (cells[other]?.clause !== cells[index]?.clause) break;
        for (const second of tags[other] ?? []) {
          add(tag < second ? `p ${tag} ${second}` : `p ${second} ${tag}`, worth.tags);
        }
      }
    }
  }
}

function addWords(add: Add, addBucket: AddBucket, findings: Findings): void {
  const { words, cells } = findings.reading;
  const values = words.map((word) => (word.kind === 'number' ? '#' : word.word));
  for (const [index, value] of values.entries()) {
    add(`w ${value}`, worth.word);
    const next = values[index + 1];
    if (next !== undefined) add(`b ${value} ${next}`, worth.pair);
    const after = values[index + 2];
    if (after !== undefined) add(`s ${value} ${after}`, worth.skip);
    addLetters(addBucket, value);
  }
  addTags(add, cells, cells.map(tagsAt));
}

/** The buckets that a text falls into: words, pairs, letters, tags, pairs of tags, findings and hours. */
export function featuresOf(input: AssessInput, findings: Findings): Features {
  const seen = new Map<number, number>();
  const addBucket: AddBucket = (bucket, value) => {
    const held = seen.get(bucket);
    if (held === undefined || held < value) seen.set(bucket, value);
  };
  const add: Add = (feature, value) => addBucket(bucketOf(feature), value);
  const step = hourStep(input.hoursSinceTreatment);
  const depth = deepestMm(input.needleDepthMm);
  add('bias', worth.text);
  add(`h ${step}`, worth.text);
  add(`d ${input.device ?? 'unknown'} ${depth !== null && depth < 1 ? 'shallow' : 'deep'}`, worth.text);
  addWords(add, addBucket, findings);
  for (const finding of findings.found) {
    add(`f ${finding.concept} ${finding.standing}`, worth.finding);
    if (finding.standing === 'present') add(`fh ${finding.concept} ${step}`, worth.findingAt);
  }
  const { words, questions, marks } = findings.reading;
  add(`n ${Math.min(6, Math.floor(words.length / 4))}`, worth.text);
  if (questions.size > 0) add('asks', worth.text);
  if (marks.includes('!')) add('shouts', worth.text);
  const value = [...seen.values()];
  const length = Math.sqrt(value.reduce((sum, part) => sum + part * part, 0));
  return { at: [...seen.keys()], value: value.map((part) => part / length) };
}
