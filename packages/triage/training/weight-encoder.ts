import { labelCount, middle, setsOfLabels } from '../src/second-reader.ts';
import type { Packed } from '../src/unpack.ts';
import { packStreams, streamsOf } from './pack-bytes.ts';

/** Weights of −6 to 6 (the format holds −7 to 7), row-major, and how much one step of them is worth. */
export type Quantised = { readonly bytes: Int8Array; readonly scale: number };

/** What a bucket holds: which labels have weights, a bit each, and these weights. */
type Bucket = { readonly set: number; readonly weights: readonly number[] };

function bucketOf(cells: readonly number[]): Bucket {
  const set = cells.reduce((bits, weight, label) => (weight === 0 ? bits : bits | (1 << label)), 0);
  return { set, weights: cells.filter((weight) => weight !== 0) };
}

/**
 * Both heads as src/second-reader.ts reads them: for each bucket how many weights it has; then, buckets with
 * fewer weights first, which labels they belong to (the place of that set among all of its size, in two
 * bytes) and their sizes plus 8. The opt-out head is one more label.
 */
export function packWeights(levels: Quantised, optOut: Quantised): Packed {
  const classes = labelCount - 1;
  const all = Array.from({ length: optOut.bytes.length }, (_, row) =>
    bucketOf([...levels.bytes.subarray(row * classes, (row + 1) * classes), optOut.bytes[row] ?? 0]),
  );
  const filled = all
    .filter(({ weights }) => weights.length > 0)
    .sort((left, right) => left.weights.length - right.weights.length);
  const sets = setsOfLabels();
  const places = filled.map(({ set, weights }) => sets[weights.length]?.indexOf(set) ?? 0);
  const text = { levelScale: levels.scale, optOutScale: optOut.scale };
  const narrow = {
    setsLow: places.map((place) => place % 256),
    setsHigh: places.map((place) => Math.floor(place / 256)),
  };
  const tiny = {
    counts: all.map(({ weights }) => weights.length),
    sizes: filled.flatMap(({ weights }) => weights.map((weight) => weight + middle)),
  };
  return packStreams(streamsOf({ text, wide: {}, narrow, tiny }));
}
