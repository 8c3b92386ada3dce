import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { nearest, readCommandLine } from '@aftercare/cli/command-line';
import { measure, measureApart, type PartResult, progressOf } from './measure.ts';
import type { Part } from './part.ts';
import { summary, tableOf } from './print.ts';
import { writeTables } from './write-tables.ts';

/**
 * `npx pnpm@12 bench`: the figures the project promises, measured on this machine, each beside its bar.
 * Exits 0 whatever it measured (it measures, the tests judge), 1 when a part could not be measured at all.
 */

/** Every part, in the order of a full run. A new one: a file beside this one, and a line here. */
const parts: Readonly<Record<string, () => Promise<Part>>> = {
  rates: async () => (await import('./rates.ts')).rates,
  throughput: async () => (await import('./throughput/throughput.ts')).throughput,
  'cold-start': async () => (await import('./cold/cold-start.ts')).coldStart,
  'cold-variants': async () => (await import('./cold/variants.ts')).coldVariants,
  system: async () => (await import('./system.ts')).system,
  scale: async () => (await import('./scale.ts')).scale,
  cost: async () => (await import('./cost.ts')).cost,
};

const defaultFile = '.local/bench.json';
const options = {
  json: { kind: 'switch', help: 'print the results as JSON' },
  write: { kind: 'switch', help: 'put the figures into the tables of docs/performance.md' },
  out: { kind: 'text', value: 'file', help: `where the JSON is written (default ${defaultFile})` },
} as const;

const [first = '', ...rest] = process.argv.slice(2);
if (first in parts) await runOne(first, rest);
else await runAll();

async function runOne(name: string, words: readonly string[]): Promise<void> {
  const part = await parts[name]?.();
  if (part === undefined) throw new Error(`${name} is a part`);
  const asJson = words.includes('--json');
  const result = await measure(
    part,
    progressOf(name),
    words.filter((word) => word !== '--json' && word !== '--write'),
  );
  if (words.includes('--write')) writeTables([result], new Date());
  console.log(asJson ? JSON.stringify(result, null, 2) : tableOf(result));
}

async function runAll(): Promise<void> {
  const read = readCommandLine(process.argv.slice(2), options);
  const wrong = read.ok ? read.line.words[0] : undefined;
  if (!read.ok || wrong !== undefined) {
    console.error(read.ok ? `bench has no part ${wrong}. ${suggestion(wrong ?? '')}` : read.message);
    process.exitCode = 2;
    return;
  }
  if (read.line.flag('help')) {
    console.log(await help());
    return;
  }
  const results: PartResult[] = [];
  for (const name of Object.keys(parts).filter((part) => part !== 'cold-variants')) {
    const result = await measureApart(import.meta.filename, name);
    results.push(result);
    if (!read.line.flag('json')) console.log(`${tableOf(result)}\n`);
  }
  if (read.line.flag('write')) writeTables(results, new Date());
  const file = read.line.text('out') ?? defaultFile;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  console.log(read.line.flag('json') ? JSON.stringify(results, null, 2) : summary(results, file));
  if (results.some(({ problem }) => problem !== undefined)) process.exitCode = 1;
}

function suggestion(wrong: string): string {
  const names = Object.keys(parts);
  const near = nearest(wrong, names);
  return near === undefined ? `There is: ${names.join(', ')}.` : `Did you mean ${near}?`;
}

async function help(): Promise<string> {
  const loaded = await Promise.all(Object.values(parts).map((load) => load()));
  const width = Math.max(...loaded.map(({ name }) => name.length));
  return [
    'Usage: npx pnpm@12 bench [--json] [--write] [--out <file>]',
    '       npx pnpm@12 bench <part> [--json] [--write] [the part’s own options]',
    '',
    'Measures everything, or one part. Run it on a quiet machine. The parts:',
    ...loaded.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`),
  ].join('\n');
}
