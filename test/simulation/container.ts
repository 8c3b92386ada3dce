import { addSeconds } from '@aftercare/time/instant';
import type { Clock, Item, System } from '@aftercare/usecases/ports';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';
import type { Faults, Part } from './faults.ts';
import type { Trace } from './trace.ts';
import { type Call, createTurns, type Inside } from './turns.ts';

/**
 * A container of a function: one invocation at a time, its own clock and its own caches, as Lambda has it.
 * Every call it makes waits for a turn; a crash or the time-out ends it for good, between any two calls.
 */
export type Container = {
  readonly name: string;
  readonly system: System;
  readonly isDead: () => boolean;
  /**
   * Runs one invocation: the answer, or why there is none.
   *
   * @param clinicId the one clinic that it is for; undefined when it may be for several
   */
  invoke<Answer>(run: () => Promise<Answer>, clinicId?: string): Promise<Invocation<Answer>>;
};

export type Invocation<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'died' };

export type Surroundings = {
  readonly engine: Engine;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly trace: Trace;
  /** The ports themselves, without faults, on the true clock. */
  readonly outside: System;
  /** Told what the table answered to an invocation for one clinic. */
  readonly onRead: (clinicId: string, item: Item) => void;
};

/** Design 2: no function runs longer. */
export const functionTimeoutMs = 15_000;
export function createContainer(around: Surroundings, name: string, skewSeconds: number): Container {
  const { engine, trace } = around;
  let dead = false;
  let die: (() => void) | undefined;

  const kill = (why: string): void => {
    if (dead) return;
    dead = true;
    trace.note(() => `${name} ${why}`);
    die?.();
  };
  const clock: Clock = {
    now: () => (skewSeconds === 0 ? engine.now() : addSeconds(engine.now(), skewSeconds)),
  };
  let inFlight = 0;
  let servedFor: string | undefined;
  /** An invocation left calls behind: what they read later is not of the invocation that runs then. */
  let mixed = false;
  const system = wrapPorts(around, {
    name,
    clock,
    isDead: () => dead,
    kill,
    onCall: (change) => {
      inFlight += change;
    },
    onRead: (item) => {
      if (servedFor !== undefined && !mixed && item !== undefined) around.onRead(servedFor, item);
    },
  });

  return {
    name,
    system,
    isDead: () => dead,
    invoke<Answer>(run: () => Promise<Answer>, clinicId?: string) {
      servedFor = clinicId;
      return new Promise<Invocation<Answer>>((resolve) => {
        let over = false;
        const finish = (invocation: Invocation<Answer>): void => {
          if (over) return;
          over = true;
          die = undefined;
          mixed ||= inFlight > 0;
          spare();
          resolve(invocation);
        };
        die = () => finish({ kind: 'died' });
        const spare = engine.unlessCalledOff(engine.nowMs() + functionTimeoutMs, () => {
          around.faults.count('function timed out');
          kill('ran into its time-out');
        });
        run().then(
          (answer) => finish({ kind: 'answered', answer }),
          (error: unknown) => finish({ kind: 'threw', error }),
        );
      });
    },
  };
}

function wrapPorts(around: Surroundings, inside: Inside): System {
  const { chance, outside } = around;
  const { clock } = inside;
  const turn = createTurns(around, inside);
  const { table, sms, clinicWebhook, secrets } = outside;
  return {
    ...outside,
    clock,
    table: {
      get: (key) =>
        turn(
          at('table.get', 'table', () => `get ${key.pk} ${key.sk}`),
          () => table.get(key),
          { onAnswer: inside.onRead },
        ),
      getAll: (keys) =>
        turn(
          at('table.getAll', 'table', () => `getAll ${keys.map(({ pk, sk }) => `${pk} ${sk}`).join(', ')}`),
          () => table.getAll(keys),
          { onAnswer: (items) => items.forEach(inside.onRead) },
        ),
      query: (range) =>
        turn(
          at('table.query', 'table', () => `query ${range.pk} ${range.skPrefix ?? ''}`),
          () => table.query(range),
          { onAnswer: ({ items }) => items.forEach(inside.onRead) },
        ),
      write: (write) =>
        turn(
          at('table.write', 'table', () => `write ${keyText(write)}`),
          () => table.write(write),
        ),
      transact: (writes) =>
        turn(
          at('table.transact', 'table', () => `transact ${writes.map(keyText).join(', ')}`),
          () => table.transact(writes),
        ),
      workDue: (shard, until, limit, after) =>
        turn(
          at('table.workDue', 'table', () => `workDue ${shard}`),
          () => table.workDue(shard, until, limit, after),
        ),
    },
    ...wrapTimers(turn, outside),
    sms: wrapSms(turn, sms, chance),
    clinicWebhook: {
      post: (request) =>
        turn(
          at('clinicWebhook.post', 'clinic', () => `webhook ${request.webhookId}`),
          () => clinicWebhook.post(request),
          { onLost: () => ({ kind: 'failed', cause: 'simulated' }) },
        ),
    },
    secrets: { current: () => secrets.current() },
  };
}

const keyText = (write: Parameters<System['table']['transact']>[0][number]): string => {
  const key = write.write === 'put' ? write.item : write.key;
  return `${write.write} ${key.pk.slice(0, 10)}…/${key.sk}`;
};

type Turn = ReturnType<typeof createTurns>;

const at = (name: string, part: Part, label: () => string): Call => ({ name, part, label });

function wrapTimers(turn: Turn, { schedules, queues }: System): Pick<System, 'schedules' | 'queues'> {
  return {
    schedules: {
      create: (schedule) =>
        turn(
          at('schedules.create', 'scheduler', () => `schedule ${schedule.name} at ${schedule.at}`),
          () => schedules.create(schedule),
        ),
      remove: (name) =>
        turn(
          at('schedules.remove', 'scheduler', () => `unschedule ${name}`),
          () => schedules.remove(name),
        ),
    },
    queues: {
      enqueue: (queue, body, delaySeconds) =>
        turn(
          at('queues.enqueue', 'queues', () => `enqueue ${queue} ${JSON.stringify(body)}`),
          () => queues.enqueue(queue, body, delaySeconds),
        ),
      enqueueAll: (queue, bodies) =>
        turn(
          at('queues.enqueue', 'queues', () => `enqueue ${queue} ${JSON.stringify(bodies)}`),
          () => queues.enqueueAll(queue, bodies),
        ),
    },
  };
}

function wrapSms(turn: Turn, sms: System['sms'], chance: Chance): System['sms'] {
  return {
    send: (message) =>
      turn(
        at('sms.send', 'carrier', () => `send ${message.ref}`),
        () => sms.send(message),
        {
          onLost(what) {
            if (what === 'turn') return { kind: 'not_processed', code: 20_429 };
            // Connection refused is proven not processed; everything else may have arrived.
            return what === 'call' && chance.hits(0.2)
              ? { kind: 'not_processed', code: undefined }
              : { kind: 'unknown', cause: 'simulated' };
          },
        },
      ),
    list: (filter) =>
      turn(
        at('sms.list', 'carrier_list', () => `list since ${filter.since}`),
        () => sms.list(filter),
        { onLost: () => ({ kind: 'failed', cause: 'simulated' }) },
      ),
  };
}
