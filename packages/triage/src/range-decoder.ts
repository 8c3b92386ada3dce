/** Bits coded by an adaptive range coder, as training/range-encoder.ts writes them. */
export type Coded = { bytes: Uint8Array; at: number; range: number; code: number };

const probabilityBits = 11;
const half = 1 << (probabilityBits - 1);
const adaptation = 5;
const refillBelow = 2 ** 24;

/** Begins to read; the first four bytes fill the code. */
export function beginDecoding(bytes: Uint8Array): Coded {
  let code = 0;
  for (let index = 0; index < 4; index += 1) code = ((code << 8) | (bytes[index] ?? 0)) >>> 0;
  return { bytes, at: 4, range: 0xffffffff, code };
}

/** Fresh chances of `count` kinds of bits: even. */
export function evenChances(count: number): Uint16Array {
  return new Uint16Array(count).fill(half);
}

/** The next bit of the given kind; `chances` learns from it. */
export function nextBit(coded: Coded, chances: Uint16Array, kind: number): 0 | 1 {
  const chance = chances[kind] ?? half;
  const bound = (coded.range >>> probabilityBits) * chance;
  let bit: 0 | 1 = 0;
  if (coded.code < bound) {
    coded.range = bound;
    chances[kind] = chance + (((1 << probabilityBits) - chance) >>> adaptation);
  } else {
    bit = 1;
    coded.range -= bound;
    coded.code -= bound;
    chances[kind] = chance - (chance >>> adaptation);
  }
  if (coded.range < refillBelow) {
    coded.range = (coded.range * 256) >>> 0;
    coded.code = ((coded.code << 8) | (coded.bytes[coded.at] ?? 0)) >>> 0;
    coded.at += 1;
  }
  return bit;
}
