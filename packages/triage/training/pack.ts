import { readFileSync, writeFileSync } from 'node:fs';
import { type Packed, streamsIn } from '../src/unpack.ts';
import { compileContent } from './compile-content.ts';
import { packStreams, streamsOf } from './pack-bytes.ts';
import { readableContent } from './readable-content.ts';

const file = new URL('../content/v1/packed.json', import.meta.url);

/** What is packed now, as streams: how they are compressed may differ from one Node to the next. */
export function packedContent(): Buffer[] {
  const packed: Packed = JSON.parse(readFileSync(file, 'utf8'));
  return streamsIn(packed);
}

if (import.meta.main) {
  const packed = packStreams(streamsOf(compileContent(readableContent())));
  writeFileSync(file, `${JSON.stringify(packed)}\n`);
  process.stdout.write(`${packed.brotli.length} characters of content\n`);
}
