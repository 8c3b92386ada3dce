import type { alertOutcome } from '@aftercare/contract/alert';
import type { SessionAnswer } from '@aftercare/contract/session-answer';
import type { z } from 'zod';
import type { ConsoleSetup } from '../server.ts';
import { createRefresher } from './refresh.ts';
import { type ConsoleState, createStore, type Store } from './state.ts';
import { createWire, type Reached, type Wire } from './wire.ts';

export type ClockMove = { advanceBy: string } | { advanceTo: string } | { toNext: true };
export type Outcome = z.infer<typeof alertOutcome>;

/** What a person can do in the console. Every action ends with a fresh look at everything. */
export type Client = {
  readonly store: Store;
  readonly wire: Wire;
  readonly start: () => Promise<void>;
  readonly refresh: () => Promise<void>;
  readonly select: (sessionId: string) => void;
  readonly submit: (session: { sessionId: string }) => Promise<boolean>;
  readonly cancelSession: (sessionId: string) => Promise<void>;
  readonly moveClock: (move: ClockMove, label: string) => Promise<void>;
  readonly toNextEvent: () => Promise<void>;
  readonly text: (from: string, to: string | undefined, body: string) => Promise<boolean>;
  readonly acknowledge: (alertId: string) => Promise<void>;
  readonly closeAlert: (alertId: string, outcome: Outcome) => Promise<void>;
  readonly closeTask: (taskId: string) => Promise<void>;
};

/** Moments at which nothing shows (a carrier's callback, a nightly check) are passed over, up to so many. */
const quietEventsMax = 25;

export function createClient(): Client {
  const store = createStore();
  const wire = createWire(store);
  const refresher = createRefresher(store, wire);
  const base = (): string => `/v1/clinics/${store.get().setup?.clinicId ?? ''}`;

  const doing = createQueue(store, refresher.refresh);
  const person = (): string => store.get().person.trim();
  const move = (to: ClockMove, label: string) =>
    wire.control<{ now: string }>('POST', '/local/clock', to, label);

  return {
    store,
    wire,
    start: () => start(store, wire, refresher.follow),
    refresh: refresher.refresh,
    select: (sessionId) => {
      store.set({ selectedId: sessionId, composing: undefined, detail: undefined, timeline: undefined });
      void refresher.refresh();
    },
    submit: (session) => submit(store, wire, base(), session, doing),
    cancelSession: async (sessionId) => {
      const path = `${base()}/sessions/${sessionId}`;
      await doing('Cancelling', () => wire.api('DELETE', path, undefined, 'Cancel session'));
    },
    moveClock: async (to, label) => {
      await doing(`Clock: ${label}`, () => move(to, `Clock: ${label}`));
    },
    toNextEvent: async () => {
      await doing('Clock: next event', () => nextEvent(store, move, refresher.refresh));
    },
    text: async (from, to, body) => {
      const sms = { from, body, ...(to === undefined ? {} : { to }) };
      const sent = await doing('Texting', () =>
        wire.control('POST', '/local/phone', sms, `Text “${short(body)}”`),
      );
      return sent.ok;
    },
    acknowledge: async (alertId) => {
      const path = `${base()}/alerts/${alertId}/ack`;
      await doing('Acknowledging', () =>
        wire.api('POST', path, { alertId, by: person() }, 'Acknowledge alert'),
      );
    },
    closeAlert: async (alertId, outcome) => {
      const path = `${base()}/alerts/${alertId}/done`;
      const body = { alertId, by: person(), outcome };
      await doing('Closing', () => wire.api('POST', path, body, 'Close alert'));
    },
    closeTask: async (taskId) => {
      const path = `${base()}/tasks/${taskId}/done`;
      await doing('Closing', () => wire.api('POST', path, { taskId, by: person() }, 'Close work item'));
    },
  };
}

const short = (body: string): string => (body.length > 28 ? `${body.slice(0, 27)}…` : body);

/** One action at a time and in order, with its name while it runs; a refusal becomes the notice on top. */
function createQueue(store: Store, refresh: () => Promise<void>): Doing {
  let last: Promise<unknown> = Promise.resolve();
  return (what, action) => {
    const run = async () => {
      store.set({ busy: what, problem: undefined });
      const reached = await action();
      store.set({ busy: undefined, problem: reached.ok ? undefined : reached.problem });
      await refresh();
      return reached;
    };
    const result = last.then(run);
    last = result.catch(() => undefined);
    return result;
  };
}

async function start(store: Store, wire: Wire, follow: () => Promise<void>): Promise<void> {
  const setup = await wire.control<ConsoleSetup>('GET', '/local/console/setup');
  if (!setup.ok) {
    store.set({ problem: setup.problem, connected: false });
    return;
  }
  const [first] = setup.value.staff;
  store.set({ setup: setup.value, person: first?.staffId ?? '' });
  await follow();
}

type Doing = <T>(what: string, action: () => Promise<Reached<T>>) => Promise<Reached<T>>;

async function submit(
  store: Store,
  wire: Wire,
  base: string,
  session: { sessionId: string },
  doing: Doing,
): Promise<boolean> {
  const { composing } = store.get();
  const amended = composing?.mode === 'amend' ? composing.sessionId : undefined;
  const reached = await doing('Posting', async () => {
    const answer = await (amended === undefined
      ? wire.api<SessionAnswer>('POST', `${base}/sessions`, session, 'Post session')
      : wire.api<SessionAnswer>('PUT', `${base}/sessions/${amended}`, session, 'Amend session'));
    // Before the next look: whoever is quick has opened another form by then.
    if (answer.ok) store.set({ selectedId: answer.value.sessionId, composing: undefined });
    return answer;
  });
  return reached.ok;
}

/** On to the next moment at which something shows. */
async function nextEvent(
  store: Store,
  move: (to: ClockMove, label: string) => Promise<Reached<{ now: string }>>,
  refresh: () => Promise<void>,
): Promise<Reached<{ now: string }>> {
  const before = fingerprint(store.get());
  for (let quiet = 1; ; quiet += 1) {
    const moved = await move({ toNext: true }, 'Clock: next event');
    if (!moved.ok || quiet >= quietEventsMax) return moved;
    await refresh();
    if (fingerprint(store.get()) !== before || !somethingAhead(store.get())) return moved;
  }
}

/** Whether it is worth passing over quiet moments at all. */
function somethingAhead(state: ConsoleState): boolean {
  const texts = [state.timeline?.confirmation ?? [], state.timeline?.reminders ?? []].flat();
  return (
    texts.some(({ status }) => inPreparation.has(status)) ||
    state.alerts.some(({ status }) => status !== 'done')
  );
}

const inPreparation: ReadonlySet<string> = new Set(['planned', 'scheduled', 'sending']);

/** What a person would notice: texts, their delivery, alerts, work. */
function fingerprint(state: ConsoleState): string {
  return JSON.stringify([
    state.messages.map((message) => message.sid),
    state.alerts.map((alert) => [alert.alertId, alert.status, alert.rung]),
    state.tasks.map((task) => task.taskId),
    state.timeline?.reminders.map(({ status }) => (inPreparation.has(status) ? 'ahead' : status)),
  ]);
}
