import { addSeconds } from '@aftercare/time/instant';
import type { Clock, System } from '@aftercare/usecases/ports';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';
import type { Faults, Part } from './faults.ts';
import type { Trace } from './trace.ts';

/**
 * A container of a function: one invocation at a time, its own clock and its own caches, as Lambda has it.
 * Every call it makes waits for a turn; a crash or the time-out ends it for good, between any two calls.
 */
export type Container = {
  readonly name: string;
  readonly system: System;
  readonly isDead: () => boolean;
  /** Runs one invocation: the answer, or why there is none. */
  invoke<Answer>(run: () => Promise<Answer>): Promise<Invocation<Answer>>;
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
};

/** Design 2: no function runs longer. */
export const functionTimeoutMs = 15_000;
const lookUpMs = { least: 1, most: 12 };

export class Throttled extends Error {
  override readonly name = 'ThrottlingException';
}
export class ServiceError extends Error {
  override readonly name = 'InternalServerError';
}

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
  const system = wrapPorts(around, name, clock, () => dead, kill);

  return {
    name,
    system,
    isDead: () => dead,
    invoke<Answer>(run: () => Promise<Answer>) {
      return new Promise<Invocation<Answer>>((resolve) => {
        let over = false;
        const finish = (invocation: Invocation<Answer>): void => {
          if (over) return;
          over = true;
          die = undefined;
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

type Call = { readonly name: string; readonly part: Part; readonly label: () => string };

/** What was lost: the call itself, its answer, or its turn because there were too many. */
type Lost = 'call' | 'answer' | 'turn';

/** Never answers: its caller is gone. */
const silence = <T>(): Promise<T> => new Promise<T>(() => undefined);

function wrapPorts(
  around: Surroundings,
  container: string,
  clock: Clock,
  isDead: () => boolean,
  kill: (why: string) => void,
): System {
  const { chance, outside } = around;
  const turn = createTurns(around, container, isDead, kill);
  const { table, sms, clinicWebhook, secrets } = outside;
  return {
    ...outside,
    clock,
    table: {
      get: (key) =>
        turn(
          at('table.get', 'table', () => `get ${key.pk} ${key.sk}`),
          () => table.get(key),
        ),
      getAll: (keys) =>
        turn(
          at('table.getAll', 'table', () => `getAll ${keys.map(({ pk, sk }) => `${pk} ${sk}`).join(', ')}`),
          () => table.getAll(keys),
        ),
      query: (range) =>
        turn(
          at('table.query', 'table', () => `query ${range.pk} ${range.skPrefix ?? ''}`),
          () => table.query(range),
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
          () => ({ kind: 'failed', cause: 'simulated' }),
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
    },
  };
}

function wrapSms(turn: Turn, sms: System['sms'], chance: Chance): System['sms'] {
  return {
    send: (message) =>
      turn(
        at('sms.send', 'carrier', () => `send ${message.ref}`),
        () => sms.send(message),
        (what) => {
          if (what === 'turn') return { kind: 'not_processed', code: 20_429 };
          // Connection refused is proven not processed; everything else may have arrived.
          return what === 'call' && chance.hits(0.2)
            ? { kind: 'not_processed', code: undefined }
            : { kind: 'unknown', cause: 'simulated' };
        },
      ),
    list: (filter) =>
      turn(
        at('sms.list', 'carrier_list', () => `list since ${filter.since}`),
        () => sms.list(filter),
        () => ({ kind: 'failed', cause: 'simulated' }),
      ),
  };
}

/** One call waits for its turn; its fault strikes before it, after it, or instead of its answer. */
function createTurns(
  { engine, chance, faults, trace }: Surroundings,
  container: string,
  isDead: () => boolean,
  kill: (why: string) => void,
) {
  return function turn<T>(call: Call, run: () => Promise<T>, onLost?: (what: Lost) => T): Promise<T> {
    if (isDead()) return silence<T>();
    const fault = faults.ofEffect(call.name, container, engine.nowMs());
    const lost = fault?.endsWith('after') === true || fault?.startsWith('timeout') === true;
    if (call.name === 'sms.send' && lost) faults.carrierFellIll(engine.nowMs());
    const quickMs = chance.whole(lookUpMs.least, lookUpMs.most);
    const slowMs = fault === 'delay' || fault?.startsWith('timeout') ? chance.whole(1000, 9000) : 0;
    return new Promise<T>((resolve, reject) => {
      const broken = (error: Error, what: Lost): void => {
        if (onLost === undefined) reject(error);
        else resolve(onLost(what));
      };
      const act = (): void => {
        if (isDead()) return;
        trace.note(() => `${container} ${call.label()}${fault === undefined ? '' : ` [${fault}]`}`);
        if (fault === 'crash_before') return kill(`crashed before ${call.name}`);
        if (faults.isDown(call.part, engine.nowMs())) {
          faults.count(`call during outage ${call.part}`);
          return broken(new ServiceError(`${call.part} is down`), 'call');
        }
        if (fault === 'throttle') return broken(new Throttled('slow down'), 'turn');
        if (fault === 'error_before') return broken(new ServiceError('failed before'), 'call');
        if (fault === 'timeout_before') return broken(new ServiceError('timed out'), 'call');
        const running = run();
        if (fault === 'crash_after') return kill(`crashed after ${call.name}`);
        if (fault === 'error_after')
          return answerLater(() => broken(new ServiceError('failed after'), 'answer'), 2);
        if (fault === 'timeout_after')
          return answerLater(() => broken(new ServiceError('timed out'), 'answer'), slowMs);
        if (call.name === 'sms.send')
          return answerLater(() => void running.then(resolve, reject), chance.whole(0, 400));
        running.then(resolve, reject);
      };
      const answerLater = (answer: () => void, ms: number): void =>
        engine.at(engine.nowMs() + ms, () => {
          if (!isDead()) answer();
        });
      engine.at(engine.nowMs() + quickMs + (fault === 'timeout_after' ? 0 : slowMs), act);
    });
  };
}
