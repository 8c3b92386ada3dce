import { brotliDecompressSync } from 'node:zlib';
import { fromCharacterPairs } from './character-pairs.ts';

/** What training/pack-bytes.ts writes: `length` bytes, `packed` in brotli, as pairs of characters. */
export type Packed = { readonly length: number; readonly packed: number; readonly brotli: string };

/** An object of text, and lists of numbers by their names. */
export type Unpacked<Text> = {
  readonly text: Text;
  /** Numbers below 65,536. */
  wide(name: string): Uint16Array;
  /** Numbers below 256. */
  narrow(name: string): Uint8Array;
};

type Header<Text> = { text: Text; wide: [name: string, count: number][]; narrow: [string, number][] };

const headerAt = 4;
const spare = 64;

/**
 * Unpacks with Node's own decoders: written in JavaScript they cost a cold function a tenth of a second.
 * The first four bytes are the length of a header in JSON, all ASCII; the lists follow in the order in which
 * it names them.
 */
export function unpack<Text>({ length, packed, brotli }: Packed): Unpacked<Text> {
  // One chunk with room to spare: a full one would make it ask for a second.
  const bytes = brotliDecompressSync(fromCharacterPairs(brotli, packed), { chunkSize: length + spare });
  const listsAt = headerAt + bytes.readUInt32LE(0);
  const { text, wide, narrow }: Header<Text> = JSON.parse(bytes.toString('latin1', headerAt, listsAt));
  let at = listsAt;
  const take = (length: number): Uint8Array => {
    at += length;
    return new Uint8Array(bytes.buffer, bytes.byteOffset + at - length, length);
  };
  // Copied, because numbers of two bytes must begin at an even place.
  const wides = new Map(wide.map(([name, count]) => [name, new Uint16Array(take(count * 2).slice().buffer)]));
  const narrows = new Map(narrow.map(([name, count]) => [name, take(count)]));
  return {
    text,
    wide: (name) => wides.get(name) ?? missing(name),
    narrow: (name) => narrows.get(name) ?? missing(name),
  };
}

function missing(name: string): never {
  throw new Error(`There is no list ${name}`);
}
