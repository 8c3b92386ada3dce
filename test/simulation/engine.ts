import { setFlagsFromString } from 'node:v8';
import { type Instant, instantFromEpochMs } from '@aftercare/time/instant';

/**
 * Simulated time: a heap of steps, each at a millisecond. One step runs, everything it sets free runs until
 * it waits for another step, then the next step runs. Two waiting steps of one millisecond go in a seeded
 * order.
 */
export type Engine = {
  nowMs(): number;
  now(): Instant;
  /** Runs `step` then; in the past means now. */
  at(ms: number, step: () => void): void;
  /** The same, answered with the way to call it off. */
  unlessCalledOff(ms: number, step: () => void): () => void;
  /** Runs until nothing is left before `untilMs`, or `stopped` says so. */
  run(untilMs: number, stopped: () => boolean): Promise<void>;
  /** Steps run so far. */
  steps(): number;
};

type Step = { readonly ms: number; readonly order: number; run: (() => void) | undefined };

/**
 * Runs everything that a step set free, until it waits for another step. Nothing in a seed waits for the
 * outside, so that emptying the queue of microtasks does it, at an eighth of the cost of a turn of the event
 * loop. V8 offers that to a host only: hence its test function.
 */
const settle = microtaskCheckpoint();

function microtaskCheckpoint(): () => void {
  setFlagsFromString('--allow-natives-syntax');
  const checkpoint = new Function('%PerformMicrotaskCheckpoint()') as () => void;
  setFlagsFromString('--no-allow-natives-syntax');
  return checkpoint;
}

/** Outside of any microtask, where a checkpoint has an effect. */
const inOwnTurn = (work: () => void): Promise<void> =>
  new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error);
      }
    });
  });

export function createEngine(startMs: number, order: () => number): Engine {
  const heap: Step[] = [];
  let nowMs = startMs;
  let written: Instant | undefined;
  let count = 0;

  function add(ms: number, run: () => void): Step {
    if (!Number.isFinite(ms)) throw new Error('a step needs a moment');
    const step: Step = { ms: Math.max(nowMs, Math.ceil(ms)), order: order(), run };
    push(heap, step);
    return step;
  }

  function next(untilMs: number): (() => void) | undefined {
    for (;;) {
      const step = heap[0];
      if (step === undefined || step.ms > untilMs) return undefined;
      pop(heap);
      if (step.run === undefined) continue;
      if (step.ms > nowMs) {
        nowMs = step.ms;
        written = undefined;
      }
      return step.run;
    }
  }

  return {
    nowMs: () => nowMs,
    now() {
      written ??= instantFromEpochMs(nowMs);
      return written;
    },
    at: (ms, run) => void add(ms, run),
    unlessCalledOff(ms, run) {
      const step = add(ms, run);
      return () => {
        step.run = undefined;
      };
    },
    run: (untilMs, stopped) =>
      inOwnTurn(() => {
        while (!stopped()) {
          const run = next(untilMs);
          if (run === undefined) return;
          count += 1;
          run();
          settle();
        }
      }),
    steps: () => count,
  };
}

const before = (a: Step, b: Step): boolean => (a.ms === b.ms ? a.order < b.order : a.ms < b.ms);

function push(heap: Step[], step: Step): void {
  let position = heap.length;
  heap.push(step);
  while (position > 0) {
    const parent = (position - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || !before(step, above)) break;
    heap[position] = above;
    position = parent;
  }
  heap[position] = step;
}

function pop(heap: Step[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let position = 0;
  for (;;) {
    let child = position * 2 + 1;
    const left = heap[child];
    if (left === undefined) break;
    const right = heap[child + 1];
    let least = left;
    if (right !== undefined && before(right, left)) {
      child += 1;
      least = right;
    }
    if (!before(least, last)) break;
    heap[position] = least;
    position = child;
  }
  heap[position] = last;
}
