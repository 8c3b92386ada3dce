import { Worker } from 'node:worker_threads';
import type { SeedResult } from './run-seed.ts';

/** Runs many seeds in worker threads and adds up what they came to. */
export type Totals = {
  readonly seeds: number;
  readonly seconds: number;
  /** Of all threads: on a machine that others use too, the figure that says something. */
  readonly cpuSeconds: number;
  readonly failures: readonly SeedResult[];
  readonly counts: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly moves: Readonly<Record<string, number>>;
  readonly pageDelaysMs: readonly number[];
};

export type ManySeeds = {
  readonly first: number;
  readonly seeds: number;
  readonly workers: number;
  readonly plant?: string;
  /** Stops after this many failures. */
  readonly mostFailures: number;
  readonly onProgress?: (done: number) => void;
};

export async function runMany(options: ManySeeds): Promise<Totals> {
  const startedMs = performance.now();
  const startedCpu = process.cpuUsage();
  const results: SeedResult[] = [];
  const failures: SeedResult[] = [];
  let next = options.first;
  const end = options.first + options.seeds;
  const takeNext = (): number | undefined => {
    if (next >= end || failures.length >= options.mostFailures) return undefined;
    next += 1;
    return next - 1;
  };
  const keep = (result: SeedResult): void => {
    results.push(result);
    if (result.violation !== undefined) failures.push(result);
    options.onProgress?.(results.length);
  };
  const workers = Math.min(options.workers, options.seeds);
  await Promise.all(Array.from({ length: workers }, () => runWorker(options.plant, takeNext, keep)));
  const cpu = process.cpuUsage(startedCpu);
  return {
    seeds: results.length,
    seconds: (performance.now() - startedMs) / 1000,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    failures: failures.sort((a, b) => a.seed - b.seed),
    counts: addUp(results.map((result) => result.counts)),
    faults: addUp(results.map((result) => result.faults)),
    moves: addUp(results.map((result) => result.moves)),
    pageDelaysMs: results.flatMap((result) => result.pageDelaysMs).sort((a, b) => a - b),
  };
}

function runWorker(
  plant: string | undefined,
  takeNext: () => number | undefined,
  keep: (result: SeedResult) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./seed-worker.ts', import.meta.url), {
      workerData: plant === undefined ? {} : { plant },
      // A world leaves much litter and little that lasts: a large nursery makes a run a fifth faster.
      resourceLimits: { maxYoungGenerationSizeMb: 192 },
    });
    const giveNext = (): void => {
      const seed = takeNext();
      if (seed === undefined) void worker.terminate().then(() => resolve());
      else worker.postMessage(seed);
    };
    worker.on('message', (result: SeedResult) => {
      keep(result);
      giveNext();
    });
    worker.on('error', reject);
    giveNext();
  });
}

function addUp(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const one of all)
    for (const [name, value] of Object.entries(one)) sums[name] = (sums[name] ?? 0) + value;
  return sums;
}
