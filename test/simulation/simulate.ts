import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { explain } from './explain.ts';
import { runMany, type Totals } from './run-many.ts';

/** `simulate --seeds N [--first S] [--workers W] [--trace] [--plant "name"]` */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    first: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(Math.min(4, availableParallelism())) },
    trace: { type: 'boolean', default: false },
    plant: { type: 'string' },
  },
});
const rareBelow = 100;

function show(totals: Totals): void {
  const line = (name: string, value: number | string): void => console.log(`  ${name.padEnd(46)} ${value}`);
  console.log(
    `\n${totals.seeds} seeds in ${totals.seconds.toFixed(1)} s ` +
      `(${(totals.seeds / totals.seconds).toFixed(1)} a second)`,
  );
  for (const [name, value] of Object.entries(totals.counts)) line(name, value);
  console.log('\nfaults injected');
  for (const [name, value] of Object.entries(totals.faults).sort()) line(name, value);
  console.log('\nstates and moves reached');
  for (const [name, value] of Object.entries(totals.moves).sort()) {
    line(name, value < rareBelow ? `${value}  (rare)` : value);
  }
  const delays = totals.pageDelaysMs;
  const at = (share: number): string =>
    `${((delays[Math.floor((delays.length - 1) * share)] ?? 0) / 1000).toFixed(1)} s`;
  if (delays.length > 0) {
    console.log('\nfrom a severe text read to the first page taken by the carrier');
    line('half / 99 % / slowest', `${at(0.5)} / ${at(0.99)} / ${at(1)}`);
  }
}

const first = Number(values.first);
const seeds = Number(values.seeds);
if (!Number.isInteger(first) || !Number.isInteger(seeds) || seeds < 1) {
  console.error('--seeds and --first are whole numbers');
  process.exit(2);
}

const progress = process.stdout.isTTY
  ? (done: number) => process.stdout.write(`\r${done} of ${seeds}`)
  : undefined;
const totals = await runMany({
  first,
  seeds,
  workers: Number(values.workers),
  mostFailures: 10,
  ...(values.plant === undefined ? {} : { plant: values.plant }),
  ...(progress === undefined ? {} : { onProgress: progress }),
});
show(totals);
const [failure] = totals.failures;
if (failure !== undefined || seeds === 1) {
  if (values.plant !== undefined) (await import('./plant-hook.ts')).plantFault(values.plant);
  const { runSeed } = await import('./run-seed.ts');
  // The same seed again, this time with every step noted.
  const again = await runSeed(failure?.seed ?? first, { trace: true });
  console.log('');
  if (failure !== undefined || values.trace) console.log(explain(again, values.trace).join('\n'));
}
const found = totals.failures.map(
  ({ seed, violation }) => `seed ${seed}: ${violation?.invariant}: ${violation?.seen}`,
);
console.log(
  found.length === 0 ? '\nno violation' : `\n${found.length} seeds with violations\n${found.join('\n')}`,
);
process.exit(found.length === 0 ? 0 : 1);
