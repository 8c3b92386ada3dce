import { evenChances } from '../src/range-decoder.ts';
import { weightKinds } from '../src/weight-code.ts';
import { beginEncoding, type Encoder, endEncoding, writeBit } from './range-encoder.ts';

const longestMagnitude = 7;
const neighbours = 3;

function writeCell(encoder: Encoder, chances: Uint16Array, weight: number, label: number, set: number): void {
  writeBit(encoder, chances, weightKinds.cellZero(label, set), weight === 0 ? 1 : 0);
  if (weight === 0) return;
  writeBit(encoder, chances, weightKinds.sign(label, set), weight < 0 ? 1 : 0);
  const size = Math.abs(weight);
  for (let step = 1; step < longestMagnitude; step += 1) {
    writeBit(encoder, chances, weightKinds.more(label, step), size > step ? 1 : 0);
    if (size <= step) return;
  }
}

/** Codes weights of −7 to 7 for `decodeWeights` (src/weight-code.ts), a third smaller than deflated. */
export function encodeWeights(weights: Int8Array, classes: number): Uint8Array {
  const encoder = beginEncoding();
  const chances = evenChances(weightKinds.count);
  let recent = 0;
  for (let row = 0; row * classes < weights.length; row += 1) {
    const cells = weights.subarray(row * classes, (row + 1) * classes);
    const empty = cells.every((weight) => weight === 0) ? 1 : 0;
    writeBit(encoder, chances, weightKinds.rowEmpty(recent), empty);
    recent = ((recent << 1) | empty) & ((1 << neighbours) - 1);
    if (empty === 1) continue;
    let set = 0;
    for (const [label, weight] of cells.entries()) {
      writeCell(encoder, chances, weight, label, set);
      if (weight !== 0) set += 1;
    }
  }
  return endEncoding(encoder);
}
