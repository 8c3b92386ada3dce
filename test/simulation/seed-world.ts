import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { alertCodeRowKey } from '@aftercare/usecases/keys';
import { type Carrier, createCarrier } from './carrier.ts';
import { createChance } from './chance.ts';
import { type Checks, createChecks } from './checks/checks.ts';
import { chooseClinics } from './clinics.ts';
import { createCouriers } from './couriers.ts';
import { createEngine, type Engine } from './engine.ts';
import { createFaults, type Faults } from './faults.ts';
import { createFunctions, type Functions } from './functions.ts';
import { type History, keepHistory } from './history.ts';
import { createInboundLine, type InboundLine } from './inbound-line.ts';
import { createOutside, type Outside } from './outside.ts';
import { createPatients } from './patients.ts';
import { choosePeople } from './people.ts';
import { createScenario } from './scenario.ts';
import { createStaff } from './staff.ts';
import { startStream } from './stream.ts';
import { createTrace, type Trace } from './trace.ts';
import { type WorkWatch, watchWork } from './work-watch.ts';

/** Everything of one seed, wired together. */
export type SeedWorld = {
  readonly engine: Engine;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly clinics: readonly ClinicConfig[];
  readonly outside: Outside;
  readonly carrier: Carrier;
  readonly line: InboundLine;
  readonly history: History;
  readonly checks: Checks;
  readonly endMs: number;
  start(): void;
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

/** Parts that need others which come later reach them through this record. */
type Late = { outside: Outside; functions: Functions; history: History; work: WorkWatch; line: InboundLine };

export function createSeedWorld(seed: number, traced: boolean): SeedWorld {
  const chance = createChance(seed);
  const startMs = Date.parse(chance.pick(starts));
  const calmFromMs = startMs + calmAfterDays * dayMs;
  const engine = createEngine(startMs, createChance(seed + 7_000_003).fraction);
  const trace = createTrace(engine.now, traced);
  const faults = createFaults(chance, startMs, calmFromMs);
  const clinics = chooseClinics(chance);
  const people = choosePeople(chance, clinics);
  const late = {} as Late;
  const base = {
    engine,
    chance,
    faults,
    trace,
    clinics,
    people,
    calmFromMs,
    outside: () => late.outside,
    functions: () => late.functions,
  };
  const checks = createChecks({ ...base, history: () => late.history, line: () => late.line });
  const carrier = createCarrier(base);
  late.line = createInboundLine(base);
  const patients = createPatients({ ...base, line: late.line, untilMs: calmFromMs - dayMs });
  const couriers = createCouriers({
    ...base,
    earliestWorkMs: () => late.work.earliestMs(),
    isTextMissing: () => late.line.taken.some((text) => !late.history.inbound.has(text.messageSid)),
    onDue: (queue, bodies) => scenario.onDue(queue, bodies),
  });
  const scenario = createScenario({ ...base, patients, redrive: couriers.redrive });
  const plain = createOutside(base, checks.privacy, {
    ...couriers,
    refuse: carrier.refuse,
    onAccepted(text, providerSid) {
      carrier.onAccepted(text, providerSid);
      checks.onAccepted({ text, providerSid, atMs: engine.nowMs() });
    },
  });
  late.outside = plain;
  late.functions = createFunctions({ ...base, outside: plain.system });
  late.history = keepHistory(plain.table, checks.onChange);
  late.work = watchWork(plain.table, couriers.sweepFor);
  const staff = createStaff({
    ...base,
    line: late.line,
    alertOfCode: async (clinicId, code) => {
      const item = await plain.table.get(alertCodeRowKey(clinicId, code));
      return typeof item?.alertId === 'string' ? item.alertId : undefined;
    },
  });
  for (const listener of [checks.onLanded, patients.onLanded, staff.onLanded]) carrier.onLanded(listener);
  return {
    ...{ engine, faults, trace, clinics, carrier, checks },
    outside: plain,
    line: late.line,
    history: late.history,
    endMs: calmFromMs + finishDays * dayMs,
    start() {
      if (chance.hits(0.25)) startStream(base);
      patients.start();
      scenario.start();
      couriers.reconcileDaily();
    },
  };
}
