import type { MovableClock } from './movable-clock.ts';

/** Something that has work at known moments: schedules, queues, callbacks, the sweep. */
export type DueWork = {
  readonly name: string;
  /** Epoch ms of its earliest work, which may lie in the past; undefined when it has none. */
  readonly nextDueMs: () => number | undefined | Promise<number | undefined>;
  /** Does what is due now and answers how many things it did. Work that fails must become due later. */
  readonly runDue: () => Promise<number>;
};

export type Timekeeper = {
  /** Resolves when nothing that is due now is left undone. */
  readonly settle: () => Promise<void>;
  /** Event by event to that moment: each event sees its own time. Resolves when all that fell due is done. */
  readonly advanceTo: (epochMs: number) => Promise<void>;
  /** To the next event and through it; false when there is none. */
  readonly advanceToNext: () => Promise<boolean>;
  /** Says that something may have become due (a request was served, a message queued). */
  readonly poke: () => void;
  /** From here on work is done as its time comes, without being asked. */
  readonly startTicking: () => void;
  /** Stops ticking and waits for the work in hand. */
  readonly stop: () => Promise<void>;
};

/** More rounds than any real cascade needs: work that makes itself due again at once is a bug to be shown. */
const roundsPerMomentMax = 10_000;
/** Others may write to the database, so even a quiet system looks again this often (wall clock). */
const idleLookMs = 2_000;
/** Requests go first: what they make due is gathered until there is a pause this long, or for the maximum. */
const gatherMs = 30;
const gatherMaxMs = 1_000;

/** @param options.onError hears of work that threw; ticking goes on, an asked-for advance rejects */
export function createTimekeeper(options: {
  readonly clock: MovableClock;
  readonly work: readonly DueWork[];
  readonly onError: (error: unknown) => void;
}): Timekeeper {
  const { clock, work } = options;
  let turn: Promise<void> = Promise.resolve();
  let ticking = false;
  let timer: NodeJS.Timeout | undefined;
  let settleQueued = false;
  let gatheringSinceMs: number | undefined;

  /** One thing at a time: an advance never runs into the ticking. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = turn.then(task);
    turn = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  };

  const tick = (): void => {
    gatheringSinceMs = undefined;
    settleQueued = true;
    inTurn(async () => {
      settleQueued = false;
      await settleNow(work);
    })
      .catch(options.onError)
      .finally(() => armTimer());
  };

  const tickSoon = (): void => {
    if (settleQueued) return;
    const wallMs = performance.now();
    gatheringSinceMs ??= wallMs;
    clearTimeout(timer);
    timer = setTimeout(tick, Math.min(gatherMs, gatheringSinceMs + gatherMaxMs - wallMs));
  };

  const armTimer = (): void => {
    if (!ticking || settleQueued || gatheringSinceMs !== undefined) return;
    clearTimeout(timer);
    nextDue(work)
      .catch(() => undefined)
      .then((dueMs) => {
        if (!ticking || settleQueued || gatheringSinceMs !== undefined) return;
        const waitMs = dueMs === undefined ? idleLookMs : Math.max(1, dueMs - clock.nowMs());
        clearTimeout(timer);
        timer = setTimeout(tick, Math.min(waitMs, idleLookMs));
      })
      .catch(options.onError);
  };

  return {
    settle: () => inTurn(() => settleNow(work)),
    advanceTo: (epochMs) => inTurn(() => advance(clock, work, epochMs)),
    advanceToNext: () =>
      inTurn(async () => {
        await settleNow(work);
        const dueMs = await nextDue(work);
        if (dueMs === undefined) return false;
        clock.moveTo(dueMs);
        await settleNow(work);
        return true;
      }),
    poke: () => {
      if (ticking) tickSoon();
    },
    startTicking: () => {
      ticking = true;
      tick();
    },
    stop: async () => {
      ticking = false;
      clearTimeout(timer);
      await turn;
    },
  };
}

async function advance(clock: MovableClock, work: readonly DueWork[], targetMs: number): Promise<void> {
  for (;;) {
    await settleNow(work);
    const dueMs = await nextDue(work);
    if (dueMs === undefined || dueMs > targetMs) break;
    clock.moveTo(dueMs);
  }
  clock.moveTo(targetMs);
  await settleNow(work);
}

async function settleNow(work: readonly DueWork[]): Promise<void> {
  for (let round = 0; round < roundsPerMomentMax; round += 1) {
    let done = 0;
    for (const part of work) done += await part.runDue();
    if (done === 0) return;
  }
  throw new Error(
    `work stays due after ${roundsPerMomentMax} rounds: ${work.map((part) => part.name).join(', ')}`,
  );
}

async function nextDue(work: readonly DueWork[]): Promise<number | undefined> {
  let earliest: number | undefined;
  for (const part of work) {
    const dueMs = await part.nextDueMs();
    if (dueMs !== undefined && (earliest === undefined || dueMs < earliest)) earliest = dueMs;
  }
  return earliest;
}
