import { brotliCompressSync, constants } from 'node:zlib';
import type { Packed } from '../src/unpack.ts';
import { toCharacterPairs } from './to-character-pairs.ts';

/** An object of text and lists of numbers: `wide` below 65,536, `narrow` below 256. */
export type Unpackable = {
  readonly text: object;
  readonly wide: Readonly<Record<string, readonly number[]>>;
  readonly narrow: Readonly<Record<string, readonly number[]>>;
};

function checked(name: string, list: readonly number[], limit: number): readonly number[] {
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

/** The bytes that `unpack` (src/unpack.ts) reads. */
export function bytesOf({ text, wide, narrow }: Unpackable): Buffer {
  const counts = (lists: Unpackable['wide']) =>
    Object.entries(lists).map(([name, list]) => [name, list.length]);
  const header = Buffer.from(ascii(JSON.stringify({ text, wide: counts(wide), narrow: counts(narrow) })));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([
    length,
    header,
    ...Object.entries(wide).map(([name, list]) =>
      Buffer.from(Uint16Array.from(checked(name, list, 2 ** 16)).buffer),
    ),
    ...Object.entries(narrow).map(([name, list]) => Buffer.from(checked(name, list, 2 ** 8))),
  ]);
}

/** Compressed as far as it goes; equal content gives equal text. */
export function packBytes(bytes: Uint8Array): Packed {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const packed = brotliCompressSync(bytes, { params });
  return { length: bytes.length, packed: packed.length, brotli: toCharacterPairs(packed) };
}
