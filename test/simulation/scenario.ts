import { sessionKeyOf } from '@aftercare/usecases/keys';
import type { Item, QueueName } from '@aftercare/usecases/ports';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';
import type { Faults } from './faults.ts';
import type { Functions } from './functions.ts';
import { clinicCall } from './http-events.ts';
import { createOperators } from './operators.ts';
import type { Outside } from './outside.ts';
import {
  amendDraft,
  draftSession,
  moveToOtherNumber,
  type Person,
  type SessionDraft,
  sessionBody,
} from './people.ts';
import type { Trace } from './trace.ts';

/** Who does what, and when: clinics post, amend and cancel; patients opt out; operators pause and redrive. */
export type Scenario = {
  start(): void;
  /** Trouble at the very moment a text is looked at. */
  onDue(queue: QueueName, bodies: readonly Item[]): void;
  readonly sessions: () => number;
};

type Known = { readonly person: Person; draft: SessionDraft; readonly sessionKey: string };

type Order = {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly sessionId: string;
  readonly body?: object;
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export type ScenarioParts = {
  readonly engine: Engine;
  readonly chance: Chance;
  /** A stream of its own: what it decides moves nothing else. */
  readonly surprises: Chance;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly outside: () => Outside;
  readonly functions: () => Functions;
  readonly people: readonly Person[];
  readonly calmFromMs: number;
  readonly redrive: () => void;
  readonly patients: { textNow(person: Person): void; stopNow(person: Person): void };
};

function pickSession(chance: Chance, known: readonly Known[], person: Person): Known | undefined {
  const own = known.filter((session) => session.person === person);
  return own.length === 0 ? undefined : chance.pick(own);
}

export function createScenario(parts: ScenarioParts): Scenario {
  const { engine, chance, faults, people } = parts;
  const known: Known[] = [];
  const call = createIntakeCaller(parts);
  /** A session posted later would not have its fourteen days before the end. */
  const lastPostMs = parts.calmFromMs - 16 * dayMs;
  const soon = (ms: number, run: () => void): void => engine.at(engine.nowMs() + ms, run);

  function post(person: Person, sessionId: string): void {
    const draft = draftSession(chance, person, sessionId, engine.nowMs());
    known.push({ person, draft, sessionKey: sessionKeyOf(person.clinic.clinicId, sessionId) });
    const { clinicId } = person.clinic;
    const order = { method: 'POST', sessionId, body: sessionBody(person, draft) } as const;
    void call(clinicId, order);
    if (chance.hits(0.1)) soon(chance.whole(0, 50), () => void call(clinicId, order));
    if (chance.hits(0.1)) soon(chance.whole(1000, 5 * dayMs), () => void call(clinicId, order));
  }

  function change(session: Known, method: 'PUT' | 'DELETE', amended?: SessionDraft): void {
    const { draft, person } = session;
    if (method === 'PUT') session.draft = amended ?? amendDraft(chance, person, draft, engine.nowMs());
    const body = method === 'PUT' ? { body: sessionBody(person, session.draft) } : {};
    void call(person.clinic.clinicId, { method, sessionId: draft.sessionId, ...body });
  }

  function startPerson(person: Person, index: number): void {
    const atMs = chance.fraction() * 4 * dayMs;
    soon(atMs, () => post(person, `v-${index}`));
    if (chance.hits(0.15)) soon(atMs + chance.fraction() * 12 * dayMs, () => post(person, `w-${index}`));
    for (let time = chance.pick([0, 0, 0, 1]); time > 0; time -= 1) {
      soon(atMs + chance.fraction() * 9 * dayMs, () => disturb(pickSession(chance, known, person)));
    }
  }

  const moveNow = (session: Known, day: number): void =>
    change(session, 'PUT', moveToOtherNumber(session.person, session.draft, day, engine.nowMs()));

  function disturb(session: Known | undefined): void {
    if (session === undefined) return;
    switch (chance.weighted({ amend: 5, cancel: 2, text: 3, another: 2 })) {
      case 'amend':
        return change(session, 'PUT');
      case 'cancel':
        return change(session, 'DELETE');
      case 'text':
        return parts.patients.textNow(session.person);
      case 'another':
        if (engine.nowMs() > lastPostMs) return;
        return post(session.person, `x-${known.length}`);
    }
  }

  return {
    start() {
      people.forEach(startPerson);
      createOperators(parts).start();
    },
    onDue(queue, bodies) {
      if (queue !== 'reminders-due') return;
      const due = known.find((session) => session.sessionKey === bodies[0]?.sessionKey);
      if (due !== undefined && parts.surprises.hits(0.015))
        soon(parts.surprises.whole(1, 30) * 60_000, () => moveNow(due, Number(bodies[0]?.day)));
      if (!chance.hits(0.08)) return;
      if (faults.roughness > 0 && chance.hits(0.5)) faults.slowDownUntil(engine.nowMs() + 3000);
      if (due !== undefined && chance.hits(0.2)) return parts.patients.stopNow(due.person);
      soon(chance.whole(0, 120), () => disturb(due));
    },
    sessions: () => known.length,
  };
}

/** The clinic's software: signs, calls, and tries again for a while when it got no answer. */
function createIntakeCaller(parts: ScenarioParts) {
  const { engine, chance, faults, trace } = parts;
  const soon = (ms: number, run: () => void): void => engine.at(engine.nowMs() + ms, run);
  return async function call(clinicId: string, order: Order, tries = 5): Promise<void> {
    const path = `/v1/clinics/${clinicId}/sessions${order.method === 'POST' ? '' : `/${order.sessionId}`}`;
    trace.note(() => `clinic ${clinicId} ${order.method} ${order.sessionId} ${JSON.stringify(order.body)}`);
    const request = { method: order.method, path, ...(order.body === undefined ? {} : { body: order.body }) };
    const invocation = await parts.functions().invoke('intake', clinicCall(engine.now(), request));
    trace.note(() => `clinic ${clinicId} got ${JSON.stringify(invocation).slice(0, 400)}`);
    if (invocation.kind === 'answered' && invocation.answer.status === 422) faults.count('intake refused');
    if (invocation.kind === 'answered' || tries === 0) return;
    soon(chance.whole(500, chance.pick([2000, 60_000, hourMs])), () => void call(clinicId, order, tries - 1));
  };
}
