import { readFileSync, writeFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { fromCharacterPairs } from '../src/character-pairs.ts';
import type { Packed } from '../src/unpack.ts';
import { compileContent } from './compile-content.ts';
import { bytesOf, packBytes } from './pack-bytes.ts';
import { readableContent } from './readable-content.ts';

const file = new URL('../content/v1/packed.json', import.meta.url);

/** What is packed now, as bytes: how they are compressed may differ from one Node to the next. */
export function packedContent(): Buffer {
  const { brotli, packed }: Packed = JSON.parse(readFileSync(file, 'utf8'));
  return brotliDecompressSync(fromCharacterPairs(brotli, packed));
}

if (import.meta.main) {
  const packed = packBytes(bytesOf(compileContent(readableContent())));
  writeFileSync(file, `${JSON.stringify(packed)}\n`);
  process.stdout.write(`${packed.brotli.length} characters of content\n`);
}
