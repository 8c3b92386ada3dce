import { storeClinics } from './outside.ts';
import { parseStoredRowsOnce } from './parse-once.ts';
import { createSeedWorld } from './seed-world.ts';

parseStoredRowsOnce();

/** What one seed came to. */
export type SeedResult = {
  readonly seed: number;
  readonly violation?: { readonly invariant: string; readonly seen: string; readonly at: string };
  readonly counts: {
    readonly journeys: number;
    readonly texts: number;
    readonly landed: number;
    readonly inbound: number;
    readonly alerts: number;
    readonly steps: number;
  };
  readonly faults: Readonly<Record<string, number>>;
  readonly moves: Readonly<Record<string, number>>;
  /** From opening to the first page taken by the carrier, one a paged alert. */
  readonly pageDelaysMs: readonly number[];
  readonly trace: readonly string[];
};

/**
 * Runs one seed to its end, or to its first violation. The same seed gives the same run, to the millisecond.
 */
export async function runSeed(seed: number, options: { readonly trace?: boolean } = {}): Promise<SeedResult> {
  const world = createSeedWorld(seed, options.trace === true);
  const { engine, faults, trace, carrier, history, checks } = world;
  await storeClinics(world.outside.table, world.clinics);
  world.start();
  await engine.run(world.endMs, () => checks.violation() !== undefined);
  if (checks.violation() === undefined) checks.atTheEnd();
  const violation = checks.violation();
  return {
    seed,
    ...(violation === undefined ? {} : { violation }),
    counts: {
      journeys: history.sessions.size,
      texts: carrier.accepted.length,
      landed: carrier.landed.length,
      inbound: world.line.taken.length,
      alerts: [...world.outside.table.everything()].filter((item) => item.row === 'alert').length,
      steps: engine.steps(),
    },
    faults: Object.fromEntries(faults.counts),
    moves: Object.fromEntries(checks.moves),
    pageDelaysMs: checks.pageDelaysMs,
    trace: trace.lines,
  };
}
