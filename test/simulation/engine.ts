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
  /** Runs until nothing is left before `untilMs`, or `stopped` says so. */
  run(untilMs: number, stopped: () => boolean): Promise<void>;
  /** Steps run so far. */
  steps(): number;
};

type Step = { readonly ms: number; readonly order: number; readonly run: () => void };

/** Everything a step set free has run once the event loop comes round. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function createEngine(startMs: number, order: () => number): Engine {
  const heap: Step[] = [];
  let nowMs = startMs;
  let count = 0;

  return {
    nowMs: () => nowMs,
    now: () => instantFromEpochMs(nowMs),
    at(ms, run) {
      if (!Number.isFinite(ms)) throw new Error('a step needs a moment');
      push(heap, { ms: Math.max(nowMs, Math.ceil(ms)), order: order(), run });
    },
    async run(untilMs, stopped) {
      for (;;) {
        const next = heap[0];
        if (next === undefined || next.ms > untilMs || stopped()) return;
        pop(heap);
        nowMs = next.ms;
        count += 1;
        next.run();
        await settled();
      }
    },
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
