import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import type { Figure, Part, Progress } from './part.ts';

/** What one part measured, as it stands in the JSON file. */
export type PartResult = {
  readonly part: string;
  readonly seconds: number;
  readonly figures: readonly Figure[];
  /** Why it could not be measured. */
  readonly problem?: string;
};

const figure = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  quartiles: z.tuple([z.number(), z.number()]).exactOptional(),
  bar: z.string().exactOptional(),
  met: z.boolean().exactOptional(),
  group: z.string().exactOptional(),
});

export const partResult = z.object({
  part: z.string(),
  seconds: z.number(),
  figures: z.array(figure),
  problem: z.string().exactOptional(),
});

/** Measures a part in this process. */
export async function measure(part: Part, progress: Progress, words: readonly string[]): Promise<PartResult> {
  const startedMs = performance.now();
  const figures = await part.run(progress, words);
  return { part: part.name, seconds: Math.round((performance.now() - startedMs) / 1000), figures };
}

/** Measures a part in a process of its own; a part that fails does not take the others with it. */
export async function measureApart(script: string, name: string): Promise<PartResult> {
  const child = spawn(process.execPath, [script, name, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) return { part: name, seconds: 0, figures: [], problem: `it ended with ${code}` };
  return partResult.parse(JSON.parse(printed));
}

/** One line per step on stderr, with the time since the part began. */
export function progressOf(part: string): Progress {
  const startedMs = performance.now();
  return (step) => {
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(0).padStart(4);
    process.stderr.write(`${seconds} s  ${part}: ${step}\n`);
  };
}
