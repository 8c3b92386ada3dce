import { readFileSync } from 'node:fs';
import type { Labelled } from './own-corpus.ts';

type Correction = { id: string; level: Labelled['level']; optOut?: boolean; why: string };

const folder = new URL('../../../test/triage/corpus/', import.meta.url);
const files = ['a-english', 'b-spanish-spanglish', 'c-near-misses', 'triage-examples'] as const;

/** FNV-1a of the id, 32 bits: the one fixed split of the corpus (docs/triage.md). */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(id)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** `build` = rules and weights may see it; `measured` = only measured, never read text by text. */
export function partOf(id: string): 'build' | 'measured' {
  if (id.startsWith('ex')) return 'build';
  return hashOf(id) % 10 < 7 ? 'build' : 'measured';
}

/** The given corpora with our corrections of labels that contradict product-rules 2. */
export function givenCorpus(): Labelled[] {
  const corrections: Correction[] = JSON.parse(readFileSync(new URL('corrections.json', folder), 'utf8'));
  return files.flatMap((file) =>
    readFileSync(new URL(`${file}.jsonl`, folder), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line): Labelled => {
        const record: Labelled = JSON.parse(line);
        const correction = corrections.find((one) => one.id === record.id);
        if (correction === undefined) return record;
        return { ...record, level: correction.level, optOut: correction.optOut ?? record.optOut };
      }),
  );
}
