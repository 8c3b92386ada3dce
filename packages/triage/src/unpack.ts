import { brotliDecompressSync } from 'node:zlib';
import { fromCharacterPairs } from './character-pairs.ts';

/**
 * What training/pack-bytes.ts writes: streams of so many bytes, so many in brotli, one after the other as
 * pairs of characters.
 */
export type Packed = {
  readonly streams: readonly (readonly number[])[];
  readonly brotli: string;
};

/** An object of text, and lists of numbers by their names. */
export type Unpacked<Text> = {
  readonly text: Text;
  /** Numbers below 65,536. */
  wide(name: string): Uint16Array;
  /** Numbers below 256. */
  narrow(name: string): Uint8Array;
  /** Numbers below 16; of an odd list a zero too many. */
  tiny(name: string): Uint8Array;
};

type Header<Text> = { text: Text; wide: string[]; narrow: string[]; tiny: string[] };

const spare = 64;

/** The streams, by Node's own decoder: written in JavaScript it costs a cold function a tenth of a second. */
export function streamsIn({ streams, brotli }: Packed): Buffer[] {
  const packed = fromCharacterPairs(
    brotli,
    streams.reduce((sum, [, size = 0]) => sum + size, 0),
  );
  let at = 0;
  return streams.map(([length = 0, size = 0]) => {
    at += size;
    // One chunk with room to spare: a full one would make it ask for a second.
    return brotliDecompressSync(packed.subarray(at - size, at), { chunkSize: length + spare });
  });
}

/** Unpacks: a header in JSON, all ASCII, then the lists in the order in which it names them. */
export function unpack<Text>(stored: Packed): Unpacked<Text> {
  const [header, ...lists] = streamsIn(stored);
  const { text, wide, narrow, tiny }: Header<Text> = JSON.parse(header?.toString('latin1') ?? '');
  const byName = new Map([...wide, ...narrow, ...tiny].map((name, at) => [name, lists[at]]));
  const bytesOf = (name: string): Uint8Array => {
    const bytes = byName.get(name);
    if (bytes === undefined) throw new Error(`There is no list ${name}`);
    return bytes;
  };
  return {
    text,
    // Copied, because numbers of two bytes must begin at an even place.
    wide: (name) => new Uint16Array(Uint8Array.from(bytesOf(name)).buffer),
    narrow: bytesOf,
    tiny: (name) => halvesOf(bytesOf(name)),
  };
}

/** The two numbers of each byte, the one in its lower half first. */
function halvesOf(bytes: Uint8Array): Uint8Array {
  const halves = new Uint8Array(2 * bytes.length);
  for (let at = 0; at < bytes.length; at += 1) {
    const both = bytes[at] ?? 0;
    halves[2 * at] = both & 15;
    halves[2 * at + 1] = both >> 4;
  }
  return halves;
}
