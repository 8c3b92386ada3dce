import { addSeconds, type Instant, isBefore } from '@aftercare/time/instant';
import type { Clock } from '@aftercare/usecases/ports';

export type MemoryClock = Clock & {
  /** Throws when `instant` lies before now: time never goes backwards. */
  moveTo(instant: Instant): void;
  advanceSeconds(seconds: number): void;
};

/** A clock that stands still until it is moved. */
export function createMemoryClock(start: Instant): MemoryClock {
  let now = start;
  const moveTo = (instant: Instant): void => {
    if (isBefore(instant, now)) throw new Error(`the clock is at ${now} and cannot go back to ${instant}`);
    now = instant;
  };
  return { now: () => now, moveTo, advanceSeconds: (seconds) => moveTo(addSeconds(now, seconds)) };
}
