import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeRate, triageRate } from './pure-rates.ts';
import { residentMb } from './resident-memory.ts';
import { journeySeconds, measureRuntime } from './running-system.ts';

/**
 * `npx pnpm@12 bench`: the figures the project promises, measured on this machine. Prints a table; `--json`
 * prints one object. Exits 0 whatever it measured: it measures, the tests judge.
 */

const help = `Usage: npx pnpm@12 bench [--json]

Measures start-up, intake latency, memory, a 14-day journey, composing and reading texts. Takes about a
minute; run it on a quiet machine.`;

export type Figure = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly wanted: string;
};

const words = process.argv.slice(2);
const unknown = words.find((word) => word !== '--json' && word !== '--help');
if (unknown !== undefined) {
  console.error(`bench knows no ${unknown}; it takes --json. See --help.`);
  process.exitCode = 2;
} else if (words.includes('--help')) {
  console.log(help);
} else {
  const figures = await measureAll();
  console.log(words.includes('--json') ? JSON.stringify(figures, null, 2) : table(figures));
}

async function measureAll(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-bench-'));
  try {
    progress('starting the local system');
    const running = await measureRuntime(folder, progress);
    progress('walking a 14-day journey');
    const journey = await journeySeconds();
    progress('composing and reading');
    return [
      ...running,
      { what: 'a 14-day journey, as a process', value: journey, unit: 's', wanted: 'under 8' },
      { what: 'texts composed', value: composeRate(), unit: 'per s, one core', wanted: 'at least 20000' },
      ...triageRate(),
      { what: 'memory of this process', value: residentMb(process.pid), unit: 'MB', wanted: '' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function progress(step: string): void {
  if (process.stderr.isTTY) process.stderr.write(`  ${step} …\n`);
}

function table(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map((figure) => figure.what.length));
  return figures
    .map(({ what, value, unit, wanted }) => {
      const goal = wanted === '' ? '' : `   (wanted: ${wanted})`;
      return `${what.padEnd(width)}  ${String(value).padStart(9)} ${unit}${goal}`;
    })
    .join('\n');
}
