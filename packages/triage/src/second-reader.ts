import shipped from '../weights/v1.json' with { type: 'json' };
import { type Level, levels } from './assessment.ts';
import { buckets } from './feature-hash.ts';
import type { Features } from './features.ts';
import { type Packed, unpack } from './unpack.ts';

/** How likely each level is, by the statistical reader (sum 1), and how likely the text revokes consent. */
export type Opinion = { readonly levels: Readonly<Record<Level, number>>; readonly optOut: number };

/** How likely a text tells of danger: emergency or urgent. */
export const dangerOf = ({ levels }: Opinion): number => levels.emergency + levels.urgent;

/** Both heads as `weights/v1.json` holds them: what training/weight-encoder.ts packed. */
export type StoredModel = Packed;

/**
 * The weights that are not zero: for each bucket which labels have one (a bit each), and where the first of
 * its sizes stands; a size is stored plus `middle`. The label after the last level is the head that says yes
 * or no to opting out; its two classes mirror each other, so one is stored.
 */
type Model = {
  readonly labelled: Uint16Array;
  readonly firsts: Uint32Array;
  readonly sizes: Uint8Array;
  readonly levelScale: number;
  readonly optOutScale: number;
};

/** What a weight of zero would be stored as. */
export const middle = 8;

/** How many labels a bucket may have weights for. */
export const labelCount = levels.length + 1;

/** A model ready to read texts. */
export type SecondReader = (features: Features) => Opinion;

const bitsOf = (set: number): number => {
  let count = 0;
  for (let left = set; left > 0; left >>>= 1) count += left & 1;
  return count;
};

/** All sets of labels by how many they hold, as bits: `setsOfLabels[2]` are the pairs, in ascending order. */
export function setsOfLabels(): readonly (readonly number[])[] {
  const sets: number[][] = Array.from({ length: labelCount + 1 }, () => []);
  for (let set = 0; set < 2 ** labelCount; set += 1) sets[bitsOf(set)]?.push(set);
  return sets;
}

/**
 * Buckets are stored in the order of how many weights they have: what is alike stands together, and packs
 * closer (training/weight-encoder.ts).
 */
function modelOf(stored: StoredModel): Model {
  const { text, narrow, tiny } = unpack<{ levelScale: number; optOutScale: number }>(stored);
  const counts = tiny('counts');
  if (counts.length !== buckets) throw new Error(`The model has ${counts.length} buckets`);
  const sets = setsOfLabels();
  const low = narrow('setsLow');
  const high = narrow('setsHigh');
  const { next, firstSize } = groupsOf(counts);
  const labelled = new Uint16Array(buckets);
  const firsts = new Uint32Array(buckets);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const count = counts[bucket] ?? 0;
    if (count === 0) continue;
    const at = next[count] ?? 0;
    next[count] = at + 1;
    labelled[bucket] = sets[count]?.[(low[at] ?? 0) + 256 * (high[at] ?? 0)] ?? 0;
    firsts[bucket] = firstSize[count] ?? 0;
    firstSize[count] = (firstSize[count] ?? 0) + count;
  }
  return { labelled, firsts, sizes: tiny('sizes'), ...text };
}

/** Where the buckets of each count begin among all that have weights, and where their sizes do. */
function groupsOf(counts: Uint8Array): { next: number[]; firstSize: number[] } {
  const group = new Array<number>(labelCount + 1).fill(0);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const count = counts[bucket] ?? 0;
    group[count] = (group[count] ?? 0) + 1;
  }
  const next = [0, 0];
  const firstSize = [0, 0];
  for (let count = 1; count < labelCount; count += 1) {
    next[count + 1] = (next[count] ?? 0) + (group[count] ?? 0);
    firstSize[count + 1] = (firstSize[count] ?? 0) + count * (group[count] ?? 0);
  }
  return { next, firstSize };
}

/** What each label scores; the last one is opting out. */
function scoresOf(model: Model, features: Features): Float64Array {
  const { labelled, firsts, sizes, levelScale, optOutScale } = model;
  const scores = new Float64Array(labelCount);
  for (let index = 0; index < features.at.length; index += 1) {
    const bucket = features.at[index] ?? 0;
    const value = features.value[index] ?? 0;
    let at = firsts[bucket] ?? 0;
    for (let label = 0, left = labelled[bucket] ?? 0; left > 0; label += 1, left >>>= 1) {
      if ((left & 1) === 0) continue;
      const size = (sizes[at] ?? 0) - middle;
      at += 1;
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
