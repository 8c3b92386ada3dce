import shipped from '../weights/v1.json' with { type: 'json' };
import { type Level, levels } from './assessment.ts';
import { buckets } from './feature-hash.ts';
import type { Features } from './features.ts';
import { type Packed, unpack } from './unpack.ts';
import { startsOf } from './word-table.ts';

/** How likely each level is, by the statistical reader (sum 1), and how likely the text revokes consent. */
export type Opinion = { readonly levels: Readonly<Record<Level, number>>; readonly optOut: number };

/** How likely a text tells of danger: emergency or urgent. */
export const dangerOf = ({ levels }: Opinion): number => levels.emergency + levels.urgent;

/** Both heads as `weights/v1.json` holds them: what training/weight-encoder.ts packed. */
export type StoredModel = Packed;

/**
 * The weights that are not zero, bucket by bucket: how many labels are passed over to get to it, and its
 * size plus 8. The label after the last level is the head that says yes or no to opting out; its two classes
 * mirror each other, so one is stored. Where a bucket begins is known for each block of buckets: to find it
 * for all of them would take a cold function longer than it saves.
 */
type Model = {
  readonly counts: Uint8Array;
  readonly blockStarts: Uint32Array;
  readonly skips: Uint8Array;
  readonly sizes: Uint8Array;
  readonly levelScale: number;
  readonly optOutScale: number;
};

const middle = 8;

/** Buckets to a block. */
export const blockLength = 32;

/** A model ready to read texts. */
export type SecondReader = (features: Features) => Opinion;

function modelOf(stored: StoredModel): Model {
  const { text, narrow } = unpack<{ levelScale: number; optOutScale: number }>(stored);
  const counts = narrow('counts');
  if (counts.length !== buckets) throw new Error(`The model has ${counts.length} buckets`);
  const blockStarts = startsOf(narrow('blocks'));
  return { counts, blockStarts, skips: narrow('skips'), sizes: narrow('sizes'), ...text };
}

function firstWeight({ counts, blockStarts }: Model, bucket: number): number {
  const block = Math.floor(bucket / blockLength);
  let at = blockStarts[block] ?? 0;
  for (let before = block * blockLength; before < bucket; before += 1) at += counts[before] ?? 0;
  return at;
}

/** What each label scores; the last one is opting out. */
function scoresOf(model: Model, features: Features): Float64Array {
  const { counts, skips, sizes, levelScale, optOutScale } = model;
  const scores = new Float64Array(levels.length + 1);
  for (let index = 0; index < features.at.length; index += 1) {
    const bucket = features.at[index] ?? 0;
    const count = counts[bucket] ?? 0;
    if (count === 0) continue;
    const value = features.value[index] ?? 0;
    const first = firstWeight(model, bucket);
    let label = -1;
    for (let at = first; at < first + count; at += 1) {
      label += (skips[at] ?? 0) + 1;
      const size = (sizes[at] ?? 0) - middle;
      const scored = label < levels.length ? size * (value * levelScale) : size * optOutScale * value;
      scores[label] = (scores[label] ?? 0) + scored;
    }
  }
  return scores;
}

/** Scores as shares of one; made in their place. */
function sharesOf(scores: Float64Array): Float64Array {
  const top = Math.max(...scores);
  let sum = 0;
  for (let label = 0; label < scores.length; label += 1) {
    const raised = Math.exp((scores[label] ?? 0) - top);
    scores[label] = raised;
    sum += raised;
  }
  for (let label = 0; label < scores.length; label += 1) scores[label] = (scores[label] ?? 0) / sum;
  return scores;
}

/** Unpacks a model; training/cross-validate.ts unpacks others than the shipped one. */
export function readerOf(stored: StoredModel): SecondReader {
  const model = modelOf(stored);
  return (features) => {
    const scores = scoresOf(model, features);
    const share = sharesOf(scores.subarray(0, levels.length));
    const of = (name: Level): number => share[levels.indexOf(name)] ?? 0;
    return {
      levels: {
        emergency: of('emergency'),
        urgent: of('urgent'),
        review: of('review'),
        self_care: of('self_care'),
        question: of('question'),
        opt_out: of('opt_out'),
        opt_in: of('opt_in'),
        help: of('help'),
        admin: of('admin'),
        unclear: of('unclear'),
      },
      optOut: 1 / (1 + Math.exp(-2 * (scores[levels.length] ?? 0))),
    };
  };
}

let shippedReader: SecondReader | undefined;

/**
 * The shipped second reader: a linear model over hashed features, trained by training/train.ts. It may
 * raise a level or choose between calm ones; what a certain rule found severe it never lowers
 * (decide.ts).
 */
export function opinionOf(features: Features): Opinion {
  shippedReader ??= readerOf(shipped);
  return shippedReader(features);
}
