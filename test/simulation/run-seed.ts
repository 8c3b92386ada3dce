import { createCarrier } from './carrier.ts';
import { createChance } from './chance.ts';
import { checkTheEnd } from './checks/at-the-end.ts';
import { createClaimChecks } from './checks/claims.ts';
import { createStatusChecks } from './checks/statuses.ts';
import { chooseClinics } from './clinics.ts';
import { createCouriers } from './couriers.ts';
import { createEngine } from './engine.ts';
import { createFaults } from './faults.ts';
import { createFunctions, type Functions } from './functions.ts';
import { type History, keepHistory, parseEverything } from './history.ts';
import { createOutside, type Outside, storeClinics } from './outside.ts';
import { choosePeople } from './people.ts';
import { createScenario } from './scenario.ts';
import { createTrace } from './trace.ts';
import { type WorkWatch, watchWork } from './work-watch.ts';

/** What one seed came to. */
export type SeedResult = {
  readonly seed: number;
  readonly violation?: { readonly invariant: string; readonly seen: string; readonly at: string };
  readonly counts: {
    readonly journeys: number;
    readonly texts: number;
    readonly landed: number;
    readonly steps: number;
  };
  readonly faults: Readonly<Record<string, number>>;
  readonly moves: Readonly<Record<string, number>>;
  readonly trace: readonly string[];
};

const dayMs = 86_400_000;
const starts = [
  '2026-03-01T05:00:00Z',
  '2026-10-18T12:00:00Z',
  '2027-09-20T00:00:00Z',
  '2028-02-18T03:00:00Z',
  '2026-11-21T17:30:00Z',
  '2026-12-20T20:00:00Z',
] as const;
/** Nothing is due later than this, and from here on nothing goes wrong any more. */
const calmAfterDays = 33;
const finishDays = 3;

/** Runs one seed to its end, or to its first violation. The same seed gives the same run, to the millisecond. */
export async function runSeed(seed: number, options: { readonly trace?: boolean } = {}): Promise<SeedResult> {
  const chance = createChance(seed);
  const startMs = Date.parse(chance.pick(starts));
  const calmFromMs = startMs + calmAfterDays * dayMs;
  const endMs = calmFromMs + finishDays * dayMs;
  const order = createChance(seed + 7_000_003);
  const engine = createEngine(startMs, order.fraction);
  const trace = createTrace(engine.now, options.trace === true);
  const faults = createFaults(chance, startMs, calmFromMs);
  let violation: SeedResult['violation'];
  const report = (invariant: string, seen: string): void => {
    violation ??= { invariant, seen, at: engine.now() };
    trace.note(() => `VIOLATION of ${invariant}: ${seen}`);
  };

  const clinics = chooseClinics(chance);
  const people = choosePeople(chance, clinics);
  // Each part needs others that come later: they are reached through this one record.
  const late = {} as { outside: Outside; functions: Functions; history: History; work: WorkWatch };
  const outside = (): Outside => late.outside;
  const functions = (): Functions => late.functions;
  const carrier = createCarrier({ engine, chance, faults, trace, outside, functions });
  const couriers = createCouriers({
    engine,
    chance,
    faults,
    trace,
    outside,
    functions,
    earliestWorkMs: () => late.work.earliestMs(),
    onDue: (queue, bodies) => scenario.onDue(queue, bodies),
  });
  const scenario = createScenario({
    engine,
    chance,
    faults,
    trace,
    outside,
    functions,
    people,
    calmFromMs,
    redrive: couriers.redrive,
  });
  late.outside = createOutside(
    engine,
    chance,
    faults,
    { carrier: 'emulator' },
    {
      onEnqueued: couriers.onEnqueued,
      onScheduled: couriers.onScheduled,
      refuse: carrier.refuse,
      onAccepted: (text, providerSid) => {
        carrier.onAccepted(text, providerSid);
        claims.onAccepted({ text, providerSid, atMs: engine.nowMs() });
      },
    },
  );
  late.functions = createFunctions({ engine, chance, faults, trace, outside: late.outside.system });
  const statuses = createStatusChecks(report);
  const history = keepHistory(late.outside.table, (change) => {
    statuses.onChange(change);
    claims.onChange(change);
  });
  const claims = createClaimChecks({ history, clinics, nowMs: engine.nowMs, report });
  carrier.onLanded(claims.onLanded);
  late.work = watchWork(late.outside.table, couriers.sweepFor);

  await storeClinics(late.outside.table, clinics);
  scenario.start();
  await engine.run(endMs, () => violation !== undefined);
  if (violation === undefined) {
    checkTheEnd({ history, outside: late.outside, clinics, faults, nowMs: endMs, report });
    parseEverything(late.outside.table);
  }
  return {
    seed,
    ...(violation === undefined ? {} : { violation }),
    counts: {
      journeys: history.sessions.size,
      texts: carrier.accepted.length,
      landed: carrier.landed.length,
      steps: engine.steps(),
    },
    faults: Object.fromEntries(faults.counts),
    moves: Object.fromEntries(statuses.moves),
    trace: trace.lines,
  };
}
