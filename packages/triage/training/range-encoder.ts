const probabilityBits = 11;
const half = 1 << (probabilityBits - 1);
const adaptation = 5;
const refillBelow = 2 ** 24;
const word = 2 ** 32;

/** Writes bits for src/range-decoder.ts: an adaptive binary range coder with carry (as in LZMA). */
export type Encoder = { out: number[]; low: number; range: number; cache: number; pending: number };

export function beginEncoding(): Encoder {
  return { out: [], low: 0, range: 0xffffffff, cache: -1, pending: 0 };
}

function shiftLow(encoder: Encoder): void {
  if (encoder.low < 0xff000000 || encoder.low >= word) {
    const carry = encoder.low >= word ? 1 : 0;
    if (encoder.cache >= 0) encoder.out.push((encoder.cache + carry) & 0xff);
    for (; encoder.pending > 0; encoder.pending -= 1) encoder.out.push((0xff + carry) & 0xff);
    encoder.cache = Math.floor(encoder.low / refillBelow) & 0xff;
  } else {
    encoder.pending += 1;
  }
  encoder.low = (encoder.low % refillBelow) * 256;
}

/** Writes one bit of a kind; `chances` learns from it exactly as the decoder's do. */
export function writeBit(encoder: Encoder, chances: Uint16Array, kind: number, bit: 0 | 1): void {
  const chance = chances[kind] ?? half;
  const bound = (encoder.range >>> probabilityBits) * chance;
  if (bit === 0) {
    encoder.range = bound;
    chances[kind] = chance + (((1 << probabilityBits) - chance) >>> adaptation);
  } else {
    encoder.low += bound;
    encoder.range -= bound;
    chances[kind] = chance - (chance >>> adaptation);
  }
  if (encoder.range < refillBelow) {
    encoder.range = (encoder.range * 256) >>> 0;
    shiftLow(encoder);
  }
}

/** Ends the stream and gives its bytes. */
export function endEncoding(encoder: Encoder): Uint8Array {
  for (let index = 0; index < 5; index += 1) shiftLow(encoder);
  return Uint8Array.from(encoder.out);
}
