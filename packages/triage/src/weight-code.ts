import { beginDecoding, evenChances, nextBit } from './range-decoder.ts';

const longestMagnitude = 7;
const neighbours = 3;

/**
 * The kinds of bits that weights are coded with: is a row empty (by how many of the last rows were), is a
 * cell zero (by class and by how many cells of the row are set), its sign, and its size in steps of one.
 */
export const weightKinds = {
  rowEmpty: (recent: number): number => recent,
  cellZero: (label: number, set: number): number => 8 + label * 4 + Math.min(3, set),
  sign: (label: number, set: number): number => 64 + label * 2 + Math.min(1, set),
  more: (label: number, size: number): number => 96 + label * 8 + size,
  count: 192,
} as const;

/** Weights (row-major, `classes` to a row) from their code; the counterpart of training/weight-encoder.ts. */
export function decodeWeights(bytes: Uint8Array, rows: number, classes: number): Int8Array {
  const weights = new Int8Array(rows * classes);
  const coded = beginDecoding(bytes);
  const chances = evenChances(weightKinds.count);
  let recent = 0;
  for (let row = 0; row < rows; row += 1) {
    const empty = nextBit(coded, chances, weightKinds.rowEmpty(recent));
    recent = ((recent << 1) | empty) & ((1 << neighbours) - 1);
    if (empty === 1) continue;
    let set = 0;
    for (let label = 0; label < classes; label += 1) {
      if (nextBit(coded, chances, weightKinds.cellZero(label, set)) === 1) continue;
      const negative = nextBit(coded, chances, weightKinds.sign(label, set));
      let size = 1;
      while (size < longestMagnitude && nextBit(coded, chances, weightKinds.more(label, size)) === 1)
        size += 1;
      weights[row * classes + label] = negative === 1 ? -size : size;
      set += 1;
    }
  }
  return weights;
}
