import type { Clock, Item } from '@aftercare/usecases/ports';
import type { Surroundings } from './container.ts';
import type { Part } from './faults.ts';

const lookUpMs = { least: 1, most: 12 };

/** What a service answers comes over the wire and has no stack; taking one costs more than the call. */
class AnswerOfService extends Error {
  constructor(message: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}
export class Throttled extends AnswerOfService {
  override readonly name = 'ThrottlingException';
}
export class ServiceError extends AnswerOfService {
  override readonly name = 'InternalServerError';
}

export type Call = { readonly name: string; readonly part: Part; readonly label: () => string };

/** What was lost: the call itself, its answer, or its turn because there were too many. */
export type Lost = 'call' | 'answer' | 'turn';

/** What a call comes to: without `onLost` a lost one throws. */
type Ends<T> = { readonly onLost?: (what: Lost) => T; readonly onAnswer?: (answer: T) => void };

/** Never answers: its caller is gone. */
const silence = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** What the ports of a container know of it. */
export type Inside = {
  readonly name: string;
  readonly clock: Clock;
  readonly isDead: () => boolean;
  readonly kill: (why: string) => void;
  readonly onCall: (change: 1 | -1) => void;
  readonly onRead: (item: Item | undefined) => void;
};

/** One call waits for its turn; its fault strikes before it, after it, or instead of its answer. */
export function createTurns(
  { engine, chance, faults, trace }: Surroundings,
  { name: container, isDead, kill, onCall }: Inside,
) {
  return function turn<T>(call: Call, run: () => Promise<T>, ends: Ends<T> = {}): Promise<T> {
    const { onLost, onAnswer } = ends;
    if (isDead()) return silence<T>();
    const fault = faults.ofEffect(call.name, container, engine.nowMs());
    const lost = fault?.endsWith('after') === true || fault?.startsWith('timeout') === true;
    if (call.name === 'sms.send' && lost) faults.carrierFellIll(engine.nowMs());
    const quickMs = chance.whole(lookUpMs.least, lookUpMs.most);
    const slowMs = fault === 'delay' || fault?.startsWith('timeout') ? chance.whole(1000, 9000) : 0;
    onCall(1);
    return new Promise<T>((settle, fail) => {
      const resolve = (value: T): void => {
        onCall(-1);
        settle(value);
      };
      const answered = (value: T): void => {
        onAnswer?.(value);
        resolve(value);
      };
      const reject = (error: unknown): void => {
        onCall(-1);
        fail(error);
      };
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
        running.then(answered, reject);
      };
      const answerLater = (answer: () => void, ms: number): void =>
        engine.at(engine.nowMs() + ms, () => {
          if (!isDead()) answer();
        });
      engine.at(engine.nowMs() + quickMs + (fault === 'timeout_after' ? 0 : slowMs), act);
    });
  };
}
