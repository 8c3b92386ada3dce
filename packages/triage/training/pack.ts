import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';

const folder = new URL('../content/v1/', import.meta.url);

/** All readable content files of version 1 in one object, by file name. */
export function readableContent(): Record<string, unknown> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'packed.json');
  return Object.fromEntries(
    files
      .sort()
      .map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(new URL(file, folder), 'utf8'))]),
  );
}

if (import.meta.main) {
  const deflated = deflateRawSync(JSON.stringify(readableContent()), { level: 9 }).toString('base64');
  writeFileSync(new URL('packed.json', folder), `${JSON.stringify({ deflated })}\n`);
  process.stdout.write(`${deflated.length} characters of content\n`);
}
