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
  /**
   * Event by event to that moment: each event sees its own time. Resolves when all that fell due is done;
   * false when the system was stopped on the way.
   */
  readonly advanceTo: (epochMs: number) => Promise<boolean>;
  /** To the next event and through it; false when there is none. */
  readonly advanceToNext: () => Promise<boolean>;
  /** Says that something may have become due (a request was served, a message queued). */
  readonly poke: () => void;
  /** Says that a request is being served, which goes first; call the answer when it is done. */
  readonly hold: () => () => void;
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
const gatherMaxMs = 4_000;

/** @param options.onError hears of work that threw; ticking goes on, an asked-for advance rejects */
export function createTimekeeper(options: {
  readonly clock: MovableClock;
  readonly work: readonly DueWork[];
  readonly onError: (error: unknown) => void;
}): Timekeeper {
  const { clock, work } = options;
  const turns = createTurns();
  const running: Running = { stopped: false };
  const ticking = createTicking({ ...options, inTurn: turns.take, running });
  let waiting: Promise<void> | undefined;
  // One that has not begun covers whoever asks before it does: two hundred at once cost two, not two hundred.
  const settle = (): Promise<void> => {
    waiting ??= turns.take(() => {
      waiting = undefined;
      return settleNow(work, running);
    });
    return waiting;
  };
  return {
    settle,
    advanceTo: (epochMs) => turns.take(() => advance(clock, work, running, epochMs)),
    advanceToNext: () =>
      turns.take(async () => {
        await settleNow(work, running);
        const dueMs = await nextDue(work);
        if (dueMs === undefined) return false;
        clock.moveTo(dueMs);
        await settleNow(work, running);
        return true;
      }),
    poke: ticking.poke,
    hold: ticking.hold,
    startTicking: ticking.start,
    stop: async () => {
      running.stopped = true;
      ticking.stop();
      await turns.last();
    },
  };
}

/** A long advance looks here between two rounds, so that stopping does not wait for two weeks to pass. */
type Running = { stopped: boolean };
type Turns = {
  /** One thing at a time: an advance never runs into the ticking. */
  readonly take: <T>(task: () => Promise<T>) => Promise<T>;
  readonly last: () => Promise<void>;
};

function createTurns(): Turns {
  let turn: Promise<void> = Promise.resolve();
  return {
    take: (task) => {
      const result = turn.then(task);
      turn = result.then(
        () => undefined,
        () => undefined,
      );
      return result;
    },
    last: () => turn,
  };
}

/** Does work as its time comes: after a poke, at the next due moment, and now and then. */
function createTicking(options: {
  readonly clock: MovableClock;
  readonly work: readonly DueWork[];
  readonly onError: (error: unknown) => void;
  readonly inTurn: Turns['take'];
  readonly running: Running;
}): Pick<Timekeeper, 'poke' | 'hold'> & { readonly start: () => void; readonly stop: () => void } {
  const { clock, work, running } = options;
  let on = false;
  let timer: NodeJS.Timeout | undefined;
  let settleQueued = false;
  let gatheringSinceMs: number | undefined;
  let held = 0;
  const mayArm = (): boolean => on && !settleQueued && gatheringSinceMs === undefined;
  const tick = (): void => {
    gatheringSinceMs = undefined;
    settleQueued = true;
    options
      .inTurn(async () => {
        settleQueued = false;
        await settleNow(work, running);
      })
      .catch(options.onError)
      .finally(armTimer);
  };
  const gather = (): void => {
    if (!on || settleQueued) return;
    const wallMs = performance.now();
    gatheringSinceMs ??= wallMs;
    const late = wallMs >= gatheringSinceMs + gatherMaxMs;
    clearTimeout(timer);
    if (late) tick();
    else timer = setTimeout(() => (held > 0 ? gather() : tick()), gatherMs);
  };
  const armTimer = (): void => {
    if (!mayArm()) return;
    nextDue(work)
      .then((dueMs) => {
        if (!mayArm()) return;
        const waitMs = dueMs === undefined ? idleLookMs : Math.max(1, dueMs - clock.nowMs());
        clearTimeout(timer);
        timer = setTimeout(tick, Math.min(waitMs, idleLookMs));
      })
      .catch(options.onError);
  };
  return {
    poke: gather,
    hold: () => {
      held += 1;
      return () => {
        held -= 1;
      };
    },
    start: () => {
      on = true;
      tick();
    },
    stop: () => {
      on = false;
      clearTimeout(timer);
    },
  };
}

async function advance(
  clock: MovableClock,
  work: readonly DueWork[],
  running: Running,
  targetMs: number,
): Promise<boolean> {
  for (;;) {
    await settleNow(work, running);
    if (running.stopped) return false;
    const dueMs = await nextDue(work);
    if (dueMs === undefined || dueMs > targetMs) break;
    clock.moveTo(dueMs);
  }
  clock.moveTo(targetMs);
  await settleNow(work, running);
  return true;
}

async function settleNow(work: readonly DueWork[], running: Running): Promise<void> {
  for (let round = 0; round < roundsPerMomentMax; round += 1) {
    let done = 0;
    for (const part of work) done += await part.runDue();
    if (done === 0 || running.stopped) return;
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
