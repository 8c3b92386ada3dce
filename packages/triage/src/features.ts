import type { AssessInput } from './assessment.ts';
import type { Findings } from './concepts.ts';
import { deepestMm } from './facts.ts';
import type { Verdict } from './rules.ts';

/** Width of the hashed feature space; the trained weights have this many rows (training/train.ts). */
export const buckets = 65_536;

/** Active buckets of a text and their values; the values have length 1 together. */
export type Features = { at: Int32Array; value: Float32Array };

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

/** One hash out of two, where the order counts. */
function joined(left: number, right: number): number {
  return Math.imul(Math.imul(left ^ (left >>> 13), 0x5bd1e995) ^ right, fnvPrime);
}

const fineSteps = [6, 24, 48, 72, 120, 168, 240] as const;
const coarseSteps = [24, 48, 96, 168] as const;

function stepOf(steps: readonly number[], hours: number | null): string {
  if (hours === null) return 'unknown';
  return String(steps.find((step) => hours <= step) ?? 'late');
}

const tagReach = 5;
const longestGram = 5;
const shortestGram = 3;

/** How much each kind of feature counts; chosen by cross-validation (docs/triage.md). */
export const worth = {
  letters: 0.25,
  word: 1,
  wordAtHour: 0.3,
  pair: 1,
  skip: 1,
  tag: 1,
  tagAtHour: 0.7,
  tags: 0.5,
  finding: 2,
  findingAtHour: 1.5,
  rule: 1,
  text: 1,
};

const kinds = {
  letters: hashOf('letters'),
  word: hashOf('word'),
  wordAtHour: hashOf('word at hour'),
  pair: hashOf('pair'),
  skip: hashOf('skip'),
  tag: hashOf('tag'),
  tagAtHour: hashOf('tag at hour'),
  tags: hashOf('tags'),
  finding: hashOf('finding'),
  findingAtHour: hashOf('finding at hour'),
  rule: hashOf('rule'),
  text: hashOf('text'),
} as const;

type Kind = keyof typeof kinds;

const held = new Float32Array(buckets);

/** Collects features in one reused array; only one text is read at a time, and `take` leaves it empty. */
class Collector {
  private readonly touched: number[] = [];

  add(kind: Kind, hash: number): void {
    const bucket = settle(joined(kinds[kind], hash));
    const before = held[bucket] ?? 0;
    if (before === 0) this.touched.push(bucket);
    if (before < worth[kind]) held[bucket] = worth[kind];
  }

  take(): Features {
    let squares = 0;
    for (const bucket of this.touched) squares += (held[bucket] ?? 0) ** 2;
    const length = Math.sqrt(squares);
    const at = Int32Array.from(this.touched);
    const value = new Float32Array(at.length);
    for (let index = 0; index < at.length; index += 1) {
      const bucket = at[index] ?? 0;
      value[index] = (held[bucket] ?? 0) / length;
      held[bucket] = 0;
    }
    return { at, value };
  }
}

/** Runs of 3 to 5 letters of a padded word, hashed as they grow instead of cut out as strings. */
function addLetters(to: Collector, word: string): void {
  const last = word.length + 1;
  for (let start = 0; start + shortestGram - 1 <= last; start += 1) {
    let hash = fnvOffset;
    const limit = Math.min(longestGram, last - start + 1);
    for (let length = 1; length <= limit; length += 1) {
      const at = start + length - 2;
      hash = extend(hash, at < 0 || at >= word.length ? 32 : word.charCodeAt(at));
      if (length >= shortestGram) to.add('letters', hash);
    }
  }
}

type Cells = Findings['reading']['cells'];

function tagsAt(cell: Cells[number]): number[] {
  const tags: number[] = [];
  for (const symbol of cell.symbols) {
    if (symbol.startsWith('@') || symbol.startsWith('#')) tags.push(hashOf(symbol));
  }
  for (const span of cell.spans) if (span.symbol.startsWith('@')) tags.push(hashOf(span.symbol));
  return tags;
}

function addTags(to: Collector, cells: Cells, hour: number): void {
  const tags = cells.map(tagsAt);
  for (const [index, own] of tags.entries()) {
    for (const tag of own) {
      to.add('tag', tag);
      to.add('tagAtHour', joined(tag, hour));
      for (let other = index + 1; other <= index + tagReach; other += 1) {
        if (cells[other]?.clause !== cells[index]?.clause) break;
        for (const second of tags[other] ?? []) {
          to.add('tags', tag < second ? joined(tag, second) : joined(second, tag));
        }
      }
    }
  }
}

const anyNumber = hashOf('#');

function addWords(to: Collector, findings: Findings, hour: number): void {
  const { words } = findings.reading;
  const hashes = words.map((word) => (word.kind === 'number' ? anyNumber : hashOf(word.word)));
  for (const [index, hash] of hashes.entries()) {
    to.add('word', hash);
    to.add('wordAtHour', joined(hash, hour));
    const next = hashes[index + 1];
    if (next !== undefined) to.add('pair', joined(hash, next));
    const after = hashes[index + 2];
    if (after !== undefined) to.add('skip', joined(hash, after));
    const word = words[index];
    if (word !== undefined && word.kind !== 'number') addLetters(to, word.word);
  }
}

function addFindings(to: Collector, findings: Findings, verdict: Verdict, hour: number): void {
  for (const { concept, standing } of findings.found) {
    const hash = hashOf(concept);
    to.add('finding', joined(hash, hashOf(standing)));
    if (standing === 'present') to.add('findingAtHour', joined(hash, hour));
  }
  for (const rule of verdict.rules) to.add('rule', hashOf(rule));
  to.add('rule', hashOf(`${verdict.level ?? 'none'} ${verdict.certain}`));
  to.add('rule', hashOf(`calm ${verdict.calm ?? 'none'}`));
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
  const to = new Collector();
  const text = (feature: string): void => to.add('text', hashOf(feature));
  const fine = stepOf(fineSteps, input.hoursSinceTreatment);
  const coarse = hashOf(stepOf(coarseSteps, input.hoursSinceTreatment));
  const depth = deepestMm(input.needleDepthMm);
  text('bias');
  text(`hours ${fine}`);
  text(`${input.device ?? 'unknown'} ${depth !== null && depth < 1 ? 'shallow' : 'deep'}`);
  addWords(to, findings, coarse);
  addTags(to, findings.reading.cells, coarse);
  if (!onlyWords) addFindings(to, findings, verdict, hashOf(fine));
  const { words, questions, marks } = findings.reading;
  text(`length ${Math.min(6, Math.floor(words.length / 4))}`);
  if (questions.size > 0) text('asks');
  if (marks.includes('!')) text('shouts');
  return to.take();
}
