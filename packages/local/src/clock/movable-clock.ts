import { type Instant, instantFromEpochMs } from '@aftercare/time/instant';

/** Where the clock keeps its lead over the wall clock between two runs. */
export type OffsetMemory = {
  readonly setting: (name: string) => string | undefined;
  readonly saveSetting: (name: string, value: string) => void;
};

export type MovableClock = {
  readonly now: () => Instant;
  readonly nowMs: () => number;
  /** The base this clock leads: the wall clock, or a frozen moment. */
  readonly wallMs: () => number;
  /** Moves forward to that moment and persists it first; a moment already passed changes nothing. */
  readonly moveTo: (epochMs: number) => void;
};

const settingName = 'clock-offset-ms';

/**
 * Design 6.3: now = wall clock + a persisted offset, never backwards, not even when the wall clock is.
 *
 * @param wallMs milliseconds since 1970; a constant function gives a frozen clock
 */
export function createMovableClock(wallMs: () => number, memory: OffsetMemory): MovableClock {
  let offsetMs = Number(memory.setting(settingName) ?? 0);
  let latestMs = 0;
  const nowMs = (): number => {
    latestMs = Math.max(latestMs, wallMs() + offsetMs);
    return latestMs;
  };
  return {
    nowMs,
    now: () => instantFromEpochMs(nowMs()),
    wallMs,
    moveTo: (epochMs) => {
      if (epochMs <= nowMs()) return;
      offsetMs = epochMs - wallMs();
      memory.saveSetting(settingName, String(offsetMs));
      latestMs = epochMs;
    },
  };
}
