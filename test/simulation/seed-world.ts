import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { repliesRelease } from '@aftercare/conversation/templates';
import { alertCodeRowKey } from '@aftercare/usecases/keys';
import { chooseApprovals } from './approvals.ts';
import { type Carrier, createCarrier } from './carrier.ts';
import { createChance } from './chance.ts';
import { type Checks, createChecks } from './checks/checks.ts';
import { chooseClinics } from './clinics.ts';
import { createCouriers } from './couriers.ts';
import { createEngine, type Engine } from './engine.ts';
import { createFaults, type Faults } from './faults.ts';
import { createFunctions, type Functions } from './functions.ts';
import { type History, keepHistory, type RowChange } from './history.ts';
import { createInboundLine, type InboundLine } from './inbound-line.ts';
import { createOutside, type Outside } from './outside.ts';
import { createPatients } from './patients.ts';
import { choosePeople } from './people.ts';
import { startReaders } from './readers.ts';
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

/** The texts that a change writes off: proven lost as it seems, or part of a day that is over. */
function givenUpBy({ kind, before, after }: RowChange): readonly string[] {
  if (after === undefined || before?.status === after.status) return [];
  if (kind === 'message' && after.status === 'failed') return [String(after.messageId)];
  const over = kind === 'reminder' && after.status === 'undelivered';
  return over && Array.isArray(after.messageIds) ? after.messageIds.map(String) : [];
}

/** Parts that need others which come later reach them through this record. */
type Late = { outside: Outside; functions: Functions; history: History; work: WorkWatch; line: InboundLine };

export function createSeedWorld(seed: number, traced: boolean): SeedWorld {
  const chance = createChance(seed);
  const startMs = Date.parse(chance.pick(starts));
  const calmFromMs = startMs + calmAfterDays * dayMs;
  const engine = createEngine(startMs, createChance(seed + 7_000_003).fraction);
  const trace = createTrace(engine.now, traced);
  const faults = createFaults(chance, startMs, calmFromMs);
  const approvals = chooseApprovals(chance, chooseClinics(chance), startMs, repliesRelease.version);
  const { clinics } = approvals;
  const people = choosePeople(chance, clinics);
  const late = {} as Late;
  const surprises = createChance(seed + 11_000_003);
  const base = {
    ...{ engine, chance, surprises, faults, trace, clinics, approvals, people, calmFromMs },
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
  late.functions = createFunctions({ ...base, outside: plain.system, onRead: checks.onRead });
  late.history = keepHistory(plain.table, (change) => {
    checks.onChange(change);
    for (const messageId of givenUpBy(change)) carrier.onGivenUp(messageId, change.kind === 'reminder');
  });
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
    ...{ outside: plain, line: late.line, history: late.history },
    endMs: calmFromMs + finishDays * dayMs,
    start() {
      if (chance.hits(0.25)) startStream(base);
      patients.start();
      scenario.start();
      couriers.reconcileDaily();
      startReaders({ ...base, history: () => late.history, onAnswer: checks.onAnswer });
    },
  };
}
