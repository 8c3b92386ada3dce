import { writeFileSync } from 'node:fs';
import type { MetadataJson } from 'libphonenumber-js/core/es6';
import metadata from 'libphonenumber-js/min/metadata';

/**
 * The countries behind +1 out of libphonenumber's metadata, in its order: 4 KB of 80. Run as a program it
 * writes src/plus-one.json, to be done with every update of the library; the tests say when. Then
 * `npx pnpm@12 format`.
 */
export function plusOneOf({ version, countries, country_calling_codes }: MetadataJson) {
  const behind = country_calling_codes['1'] ?? [];
  return {
    version,
    countries: Object.fromEntries(behind.map((country) => [country, countries[country] ?? []])),
    nonGeographic: {},
  };
}

if (import.meta.main) {
  const file = new URL('../src/plus-one.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(plusOneOf(metadata), null, 2)}\n`);
}
