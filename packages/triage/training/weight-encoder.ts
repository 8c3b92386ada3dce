import { blockLength } from '../src/second-reader.ts';
import type { Packed } from '../src/unpack.ts';
import { bytesOf, packBytes } from './pack-bytes.ts';

/** Weights of −7 to 7, row-major, and how much one step of them is worth. */
export type Quantised = { readonly bytes: Int8Array; readonly scale: number };

const middle = 8;

/**
 * Both heads as src/second-reader.ts reads them: for each bucket how many weights it has, the same for each
 * block of buckets; then for each weight how many labels were passed over to get to it, and its size plus 8.
 * The opt-out head is one more label.
 */
export function packWeights(levels: Quantised, optOut: Quantised): Packed {
  const classes = levels.bytes.length / optOut.bytes.length;
  const counts: number[] = [];
  const skips: number[] = [];
  const sizes: number[] = [];
  for (let row = 0; row < optOut.bytes.length; row += 1) {
    const cells = [...levels.bytes.subarray(row * classes, (row + 1) * classes), optOut.bytes[row] ?? 0];
    let before = -1;
    let count = 0;
    for (const [label, weight] of cells.entries()) {
      if (weight === 0) continue;
      skips.push(label - before - 1);
      sizes.push(weight + middle);
      before = label;
      count += 1;
    }
    counts.push(count);
  }
  const blocks = Array.from({ length: counts.length / blockLength }, (_, block) =>
    counts.slice(block * blockLength, (block + 1) * blockLength).reduce((sum, count) => sum + count, 0),
  );
  const text = { levelScale: levels.scale, optOutScale: optOut.scale };
  return packBytes(bytesOf({ text, wide: {}, narrow: { counts, blocks, skips, sizes } }));
}
