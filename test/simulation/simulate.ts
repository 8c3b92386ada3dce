import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { explain } from './explain.ts';
import { runMany, type Totals } from './run-many.ts';

const usage = `simulate [--seeds N] [--first S] [--workers W] [--trace] [--plant "name"]

Runs N small worlds with faults at every call and checks the invariants of the design after every step.
  --seeds N      how many (100)
  --first S      the first one (1); --first S --seeds 1 replays a failure exactly
  --workers W    threads (one a core, at most 4)
  --trace        with one seed: every step
  --plant "name" with one of the faults of test/simulation/planted-faults.ts in the source
Ends with 0 when nothing was violated, 1 when something was, 2 when it was called wrongly.`;

function readArguments() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        seeds: { type: 'string', default: '100' },
        first: { type: 'string', default: '1' },
        workers: { type: 'string', default: String(Math.min(4, availableParallelism())) },
        trace: { type: 'boolean', default: false },
        plant: { type: 'string' },
      },
    }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

const values = readArguments();
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const rareBelow = 100;

function show(totals: Totals): void {
  const line = (name: string, value: number | string): void => console.log(`  ${name.padEnd(46)} ${value}`);
  console.log(
    `\n${totals.seeds} seeds in ${totals.seconds.toFixed(1)} s ` +
      `(${(totals.seeds / totals.seconds).toFixed(1)} a second, ` +
      `${(totals.seeds / totals.cpuSeconds).toFixed(1)} a second of one core)`,
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
const workers = Number(values.workers);
if (![first, seeds, workers].every(Number.isInteger) || seeds < 1 || workers < 1) {
  console.error('--seeds, --first and --workers are whole numbers');
  process.exit(2);
}

const progress = process.stdout.isTTY
  ? (done: number) => process.stdout.write(`\r${done} of ${seeds}`)
  : undefined;
const totals = await runMany({
  first,
  seeds,
  workers,
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
// Not process.exit, which would cut off a long story on its way into a pipe.
process.exitCode = found.length === 0 ? 0 : 1;
