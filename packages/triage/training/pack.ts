import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { toBase85 } from './to-base85.ts';

const folder = new URL('../content/v1/', import.meta.url);

function withoutNote(file: string): unknown {
  const { note: _, ...rest } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  return rest;
}

/** All readable content files of version 1 in one object, by file name; their notes are for readers only. */
export function readableContent(): Record<string, unknown> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'packed.json');
  return Object.fromEntries(files.sort().map((file) => [file.replace('.json', ''), withoutNote(file)]));
}

if (import.meta.main) {
  const bytes = deflateRawSync(JSON.stringify(readableContent()), { level: 9, memLevel: 7 });
  const deflated = toBase85(bytes);
  writeFileSync(new URL('packed.json', folder), `${JSON.stringify({ length: bytes.length, deflated })}\n`);
  process.stdout.write(`${deflated.length} characters of content\n`);
}
