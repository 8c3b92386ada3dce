import { brotliCompressSync, constants } from 'node:zlib';
import type { Packed } from '../src/unpack.ts';
import { toCharacterPairs } from './to-character-pairs.ts';

type Lists = Readonly<Record<string, readonly number[]>>;

/** An object of text and lists of numbers: `wide` below 65,536, `narrow` below 256, `tiny` below 16. */
export type Unpackable = {
  readonly text: object;
  readonly wide: Lists;
  readonly narrow: Lists;
  readonly tiny: Lists;
};

function checked([name, list]: readonly [string, readonly number[]], limit: number): readonly number[] {
  const wrong = list.find((number) => !Number.isInteger(number) || number < 0 || number >= limit);
  if (wrong !== undefined) throw new Error(`${name} has ${wrong}, which does not fit`);
  return list;
}

/** One byte a character is read fastest. */
function ascii(json: string): string {
  return json.replace(/[^\0-~]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/** Two numbers to a byte, the first in its lower half; a last one alone has a zero after it. */
function pairsOf(list: readonly number[]): Buffer {
  return Buffer.from(
    Array.from({ length: Math.ceil(list.length / 2) }, (_, at) => {
      const [low = 0, high = 0] = list.slice(2 * at, 2 * at + 2);
      return low + 16 * high;
    }),
  );
}

/** The streams of bytes that `unpack` (src/unpack.ts) reads: a header, then each list by itself. */
export function streamsOf({ text, wide, narrow, tiny }: Unpackable): Buffer[] {
  const names = { wide: Object.keys(wide), narrow: Object.keys(narrow), tiny: Object.keys(tiny) };
  return [
    Buffer.from(ascii(JSON.stringify({ text, ...names }))),
    ...Object.entries(wide).map((list) => Buffer.from(Uint16Array.from(checked(list, 2 ** 16)).buffer)),
    ...Object.entries(narrow).map((list) => Buffer.from(checked(list, 2 ** 8))),
    ...Object.entries(tiny).map((list) => pairsOf(checked(list, 2 ** 4))),
  ];
}

/**
 * Each stream compressed as far as it goes, by itself: one that follows others would be taken for their like
 * at its beginning (8 KB more in all). Equal streams give equal text.
 */
export function packStreams(streams: readonly Uint8Array[]): Packed {
  const packed = streams.map((bytes) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  );
  return {
    streams: streams.map(({ length }, at) => [length, packed[at]?.length ?? 0]),
    brotli: toCharacterPairs(Buffer.concat(packed)),
  };
}
