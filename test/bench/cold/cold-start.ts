import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { environmentOf, startSecretStore } from '../../runtime/lambda-environment.ts';
import { startServices } from '../functions/emulated-services.ts';
import { atMost, type Figure, median, type Part, type Progress, quartilesOf, round } from '../part.ts';
import { asItComes, type Built, build, buildBare, buildEmpty, buildFunction, naive } from './builds.ts';
import { createColdEvents, type FunctionName, functionNames } from './cold-events.ts';

/** KiB that a deployed bundle may have (issue 8). */
const mostKib: Readonly<Record<FunctionName, number>> = {
  intake: 620,
  'send-reminder': 580,
  'delivery-status': 480,
  'inbound-message': 480,
  'process-inbound': 850,
};
const runsOfEach = 9;

/**
 * Each function's deployed bundle in a fresh process: import, and import with a first request against the
 * emulators, in turn with an empty handler, with the bare SDK clients issuing the very same calls, and with a
 * naive build of the same function.
 */
export const coldStart: Part = {
  name: 'cold-start',
  about: 'size, import and first request of each bundle, beside bare clients and a naive build (3 min)',
  async run(progress, words) {
    const runs = Number(words.find((word) => /^\d+$/.test(word)) ?? runsOfEach);
    const names = functionNames.filter((name) => words.includes(name));
    const bench = await openColdBench();
    try {
      const figures: Figure[] = [];
      const empty = buildEmpty(bench.folder);
      for (const name of names.length === 0 ? functionNames : names)
        figures.push(...(await measureFunction(bench, name, empty, runs, progress)));
      return figures;
    } finally {
      await bench.close();
    }
  },
};

export type ColdBench = Awaited<ReturnType<typeof openColdBench>>;

export async function openColdBench() {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-cold-'));
  const services = await startServices();
  const secretStore = await startSecretStore(readFileSync(join(services.folder, 'secrets.json'), 'utf8'));
  const environment = environmentOf({ info: services.info }, secretStore.url);
  const events = createColdEvents(services, secretStore.url);
  // As JavaScript: Lambda's runtime does not load what strips types either.
  const runner = build(join(folder, 'fresh-process.mjs'), {
    entryPoints: [fileURLToPath(new URL('./fresh-process.ts', import.meta.url))],
    format: 'esm',
    platform: 'node',
  }).file;
  return {
    folder,
    runner,
    environment,
    events,
    close: async () => {
      events.close();
      await secretStore.close();
      await services.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const spent = z.object({
  importMs: z.number(),
  bothMs: z.number(),
  cpuMs: z.number(),
  problem: z.string().optional(),
});
export type Spent = z.infer<typeof spent>;

/** Imports the bundle in a fresh process and hands it the event. */
export async function inFreshProcess(
  bench: ColdBench,
  built: Built,
  event: object,
  more: Readonly<Record<string, string>> = {},
): Promise<Spent> {
  const eventFile = join(bench.folder, 'event.json');
  writeFileSync(eventFile, JSON.stringify(event));
  const child = spawn(process.execPath, [bench.runner, built.file, eventFile], {
    env: { PATH: process.env.PATH, ...bench.environment, ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  const line = said.trim().split('\n').at(-1) ?? '';
  if (code !== 0 || !line.startsWith('{')) throw new Error(`A cold start failed: ${said.slice(-600)}`);
  const read = spent.parse(JSON.parse(line));
  if (read.problem !== undefined) throw new Error(`A first request failed: ${read.problem}`);
  return read;
}

/** `bareOurWay`: the bare clients with our own choices of bundling, which make the SDK itself faster. */
const kinds = ['deployed', 'bare', 'bareOurWay', 'naive', 'empty'] as const;
type Kind = (typeof kinds)[number];

async function measureFunction(
  bench: ColdBench,
  name: FunctionName,
  empty: Built,
  runs: number,
  progress: Progress,
): Promise<readonly Figure[]> {
  progress(name);
  const { events, folder } = bench;
  const deployed = buildFunction(folder, name, 'deployed');
  const naively = buildFunction(folder, name, 'naive', naive);
  const first = await events.callsOf(name);
  const bare = buildBare(folder, name, first, 'bare', asItComes);
  const bareOurWay = buildBare(folder, name, first, 'bare-our-way', {});
  const samples: Record<Kind, Spent[]> = { deployed: [], bare: [], bareOurWay: [], naive: [], empty: [] };
  for (let run = -1; run < runs; run += 1) {
    const spentBy: Record<Kind, Spent> = {
      deployed: await inFreshProcess(bench, deployed, (await events.prepare(name)).event),
      bare: await inFreshProcess(bench, bare, { calls: await events.callsOf(name) }),
      bareOurWay: await inFreshProcess(bench, bareOurWay, { calls: await events.callsOf(name) }),
      naive: await inFreshProcess(bench, naively, (await events.prepare(name)).event),
      empty: await inFreshProcess(bench, empty, {}),
    };
    // The first round reads files that are not in memory yet.
    if (run < 0) continue;
    for (const kind of kinds) samples[kind].push(spentBy[kind]);
  }
  return figuresOf(name, deployed, samples);
}

type Samples = Readonly<Record<Kind, readonly Spent[]>>;

function figuresOf(name: FunctionName, deployed: Built, samples: Samples): readonly Figure[] {
  const group = name;
  const of = (kind: keyof Samples, what: 'importMs' | 'bothMs' | 'cpuMs') =>
    samples[kind].map((sample) => sample[what]);
  const ms = (label: string, values: readonly number[]): Figure => ({
    name: `${name}: ${label}`,
    value: round(median(values)),
    unit: 'ms',
    quartiles: quartilesOf(values),
    group,
  });
  const share = (label: string, kind: keyof Samples, what: 'bothMs' | 'cpuMs'): Figure => ({
    name: `${name}: ${label}`,
    value: round(median(of('deployed', what)) / median(of(kind, what))),
    unit: 'times',
    group,
  });
  return [
    ...sizesOf(name, deployed),
    ms('import', of('deployed', 'importMs')),
    ms('import and first request', of('deployed', 'bothMs')),
    ms('the bare clients, the same', of('bare', 'bothMs')),
    ms('the bare clients bundled our way, the same', of('bareOurWay', 'bothMs')),
    ms('the naive build, the same', of('naive', 'bothMs')),
    ms('an empty handler, the same', of('empty', 'bothMs')),
    atMost(1.15, share('of the bare clients', 'bare', 'bothMs')),
    atMost(0.55, share('of the naive build', 'naive', 'bothMs')),
    share('of the bare clients, processor time', 'bare', 'cpuMs'),
    share('of the bare clients bundled our way', 'bareOurWay', 'bothMs'),
    share('of the naive build, processor time', 'naive', 'cpuMs'),
  ];
}

function sizesOf(name: FunctionName, { bytes, metafile }: Built): readonly Figure[] {
  const [output] = Object.values(metafile.outputs);
  const kib = (matching: (file: string) => boolean): number =>
    round(
      Object.entries(output?.inputs ?? {})
        .filter(([file]) => matching(file))
        .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0) / 1024,
    );
  const isOwn = (file: string): boolean => /^(packages|functions)\//.test(file);
  const isContent = (file: string): boolean =>
    isOwn(file) && (file.endsWith('.json') || file.includes('/weights/'));
  const figure = (label: string, value: number): Figure => ({
    name: `${name}: ${label}`,
    value,
    unit: 'KiB',
    group: name,
  });
  return [
    atMost(mostKib[name], figure('bundle', Math.ceil(bytes / 1024))),
    figure(
      'of it our code',
      kib((file) => isOwn(file) && !isContent(file)),
    ),
    figure('of it content', kib(isContent)),
  ];
}
