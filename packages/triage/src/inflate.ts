/** Reads deflated bytes bit by bit (RFC 1951), so that the package needs nothing of Node. */
type Bits = { bytes: Uint8Array; at: number; held: number; count: number };

type Codes = { counts: Uint16Array; symbols: Uint16Array };

const longestCode = 15;
const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];
const distanceExtra = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function take(bits: Bits, wanted: number): number {
  while (bits.count < wanted) {
    const byte = bits.bytes[bits.at];
    if (byte === undefined) throw new Error('deflated content ends early');
    bits.at += 1;
    bits.held |= byte << bits.count;
    bits.count += 8;
  }
  const value = bits.held & ((1 << wanted) - 1);
  bits.held >>>= wanted;
  bits.count -= wanted;
  return value;
}

function codesFrom(lengths: readonly number[]): Codes {
  const counts = new Uint16Array(longestCode + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  const offsets = new Uint16Array(longestCode + 2);
  for (let length = 1; length <= longestCode; length += 1) {
    offsets[length + 1] = (offsets[length] ?? 0) + (counts[length] ?? 0);
  }
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const at = offsets[length] ?? 0;
    symbols[at] = symbol;
    offsets[length] = at + 1;
  }
  return { counts, symbols };
}

function nextSymbol(bits: Bits, { counts, symbols }: Codes): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= longestCode; length += 1) {
    code |= take(bits, 1);
    const count = counts[length] ?? 0;
    if (code - count < first) return symbols[index + (code - first)] ?? 0;
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw new Error('deflated content is damaged');
}

function dynamicCodes(bits: Bits): { literals: Codes; distances: Codes } {
  const literalCount = take(bits, 5) + 257;
  const distanceCount = take(bits, 5) + 1;
  const lengthCount = take(bits, 4) + 4;
  const codeLengths = Array.from({ length: 19 }, () => 0);
  for (const place of codeOrder.slice(0, lengthCount)) codeLengths[place] = take(bits, 3);
  const codes = codesFrom(codeLengths);
  const lengths: number[] = [];
  while (lengths.length < literalCount + distanceCount) {
    const symbol = nextSymbol(bits, codes);
    if (symbol < 16) lengths.push(symbol);
    else {
      const repeated = symbol === 16 ? (lengths.at(-1) ?? 0) : 0;
      const times =
        symbol === 16 ? 3 + take(bits, 2) : symbol === 17 ? 3 + take(bits, 3) : 11 + take(bits, 7);
      for (let time = 0; time < times; time += 1) lengths.push(repeated);
    }
  }
  return {
    literals: codesFrom(lengths.slice(0, literalCount)),
    distances: codesFrom(lengths.slice(literalCount)),
  };
}

function fixedCodes(): { literals: Codes; distances: Codes } {
  const lengths = Array.from({ length: 288 }, (_, symbol) => {
    if (symbol < 144) return 8;
    if (symbol < 256) return 9;
    return symbol < 280 ? 7 : 8;
  });
  return { literals: codesFrom(lengths), distances: codesFrom(Array.from({ length: 30 }, () => 5)) };
}

function readBlock(bits: Bits, output: number[], literals: Codes, distances: Codes): void {
  for (;;) {
    const symbol = nextSymbol(bits, literals);
    if (symbol === 256) return;
    if (symbol < 256) {
      output.push(symbol);
      continue;
    }
    const length = (lengthBase[symbol - 257] ?? 0) + take(bits, lengthExtra[symbol - 257] ?? 0);
    const far = nextSymbol(bits, distances);
    const distance = (distanceBase[far] ?? 0) + take(bits, distanceExtra[far] ?? 0);
    const from = output.length - distance;
    for (let step = 0; step < length; step += 1) output.push(output[from + step] ?? 0);
  }
}

function readStored(bits: Bits, output: number[]): void {
  bits.held = 0;
  bits.count = 0;
  const length = (bits.bytes[bits.at] ?? 0) | ((bits.bytes[bits.at + 1] ?? 0) << 8);
  bits.at += 4;
  for (const byte of bits.bytes.subarray(bits.at, bits.at + length)) output.push(byte);
  bits.at += length;
}

/** The bytes behind deflated ones; throws on damaged content, which is a bug of the build. */
export function inflate(bytes: Uint8Array): Uint8Array {
  const bits: Bits = { bytes, at: 0, held: 0, count: 0 };
  const output: number[] = [];
  for (let last = 0; last === 0; ) {
    last = take(bits, 1);
    const kind = take(bits, 2);
    if (kind === 0) readStored(bits, output);
    else {
      const { literals, distances } = kind === 1 ? fixedCodes() : dynamicCodes(bits);
      readBlock(bits, output, literals, distances);
    }
  }
  return Uint8Array.from(output);
}
