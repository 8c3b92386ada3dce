import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { type Figure, median, type Part, quartilesOf, round } from '../part.ts';
import { asModule, type Built, buildFunction } from './builds.ts';
import { type FunctionName, functionNames } from './cold-events.ts';
import { type ColdBench, inFreshProcess, openColdBench, type Spent } from './cold-start.ts';

/**
 * The same function bundled in other ways, in turn with the deployed one: what each choice of
 * infra/lib/bundling.ts is worth, and what those are worth that were not made.
 */
const variants: readonly {
  readonly label: string;
  readonly change: BuildOptions;
  readonly environment?: (folder: string) => Readonly<Record<string, string>>;
}[] = [
  { label: 'as deployed', change: {} },
  { label: 'not minified', change: { minify: false } },
  { label: 'main before module', change: { mainFields: ['main', 'module'] } },
  { label: 'with the chain of credential providers', change: { alias: {} } },
  { label: 'keeping unused imports', change: { ignoreAnnotations: true } },
  { label: 'zod compiles its checks', change: { banner: {} } },
  { label: 'an ES module', change: asModule },
  { label: 'CommonJS, but later imports stay imports', change: { supported: {} } },
  {
    label: 'with V8’s compile cache, filled by an earlier start',
    change: {},
    environment: (folder) => ({ NODE_COMPILE_CACHE: join(folder, 'compile-cache') }),
  },
];

export const coldVariants: Part = {
  name: 'cold-variants',
  about: 'the same bundles with one choice of the build undone; not part of a full run (2 min a function)',
  async run(progress, words) {
    const names = functionNames.filter((name) => words.length === 0 || words.includes(name));
    const runs = Number(words.find((word) => /^\d+$/.test(word)) ?? 15);
    const bench = await openColdBench();
    try {
      const figures: Figure[] = [];
      for (const name of names) {
        progress(name);
        figures.push(...(await measureVariants(bench, name, runs)));
      }
      return figures;
    } finally {
      await bench.close();
    }
  },
};

async function measureVariants(
  bench: ColdBench,
  name: FunctionName,
  runs: number,
): Promise<readonly Figure[]> {
  mkdirSync(join(bench.folder, 'compile-cache'), { recursive: true });
  const built = variants.map(({ label, change, environment }, index) => ({
    label,
    environment: environment?.(bench.folder) ?? {},
    bundle: buildFunction(bench.folder, name, `variant${index}`, change),
    samples: [] as Spent[],
  }));
  for (let run = -1; run < runs; run += 1) {
    for (const variant of built) {
      const { event } = await bench.events.prepare(name);
      const spent = await inFreshProcess(bench, variant.bundle, event, variant.environment);
      if (run >= 0) variant.samples.push(spent);
    }
  }
  return built.flatMap(({ label, bundle, samples }) => figuresOf(name, label, bundle, samples));
}

function figuresOf(
  name: FunctionName,
  label: string,
  { bytes }: Built,
  samples: readonly Spent[],
): readonly Figure[] {
  const group = `${name}, ${label}`;
  const ms = (what: 'importMs' | 'bothMs' | 'cpuMs', title: string): Figure => {
    const values = samples.map((sample) => sample[what]);
    return {
      name: `${group}: ${title}`,
      value: round(median(values)),
      unit: 'ms',
      quartiles: quartilesOf(values),
      group,
    };
  };
  return [
    { name: `${group}: bundle`, value: Math.ceil(bytes / 1024), unit: 'KiB', group },
    ms('importMs', 'import'),
    ms('bothMs', 'import and first request'),
    ms('cpuMs', 'processor time of both'),
  ];
}
