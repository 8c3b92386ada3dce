import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { givenCorpus } from '@aftercare/triage/training/corpus';
import { z } from 'zod';
import { atMost, type Figure } from './part.ts';
import { peakMb } from './resident-memory.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = z.object({ scripts: z.object({ triage: z.string() }) });
const rounds = 6;

/** The most memory that the command `triage` takes for some thousand texts. */
export async function triageMemory(): Promise<readonly Figure[]> {
  const corpus = givenCorpus().map((text) => `${JSON.stringify(text)}\n`);
  const lines = Array.from({ length: rounds }, () => corpus).flat();
  // The first run keeps its compiled code for the ones that follow.
  await peakOf(corpus.slice(0, 1));
  return [
    atMost(120, {
      name: `command triage, ${lines.length} texts, peak`,
      value: await peakOf(lines),
      unit: 'MB',
    }),
  ];
}

/** Runs the script `triage` as the manifest starts it; its memory is read when all lines are answered. */
async function peakOf(lines: readonly string[]): Promise<number> {
  const { scripts } = manifest.parse(JSON.parse(readFileSync(`${root}package.json`, 'utf8')));
  const [, ...words] = scripts.triage.split(' ');
  const child = spawn(process.execPath, words, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write(lines.join(''));
  let answered = 0;
  let peak = 0;
  for await (const _ of createInterface({ input: child.stdout })) {
    answered += 1;
    if (answered < lines.length) continue;
    peak = peakMb(child.pid ?? 0);
    child.stdin.end();
  }
  return peak;
}
