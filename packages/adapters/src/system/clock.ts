import { instantFromEpochMs } from '@aftercare/time/instant';
import type { Clock } from '@aftercare/usecases/ports';

/** The machine's clock. */
export const systemClock: Clock = { now: () => instantFromEpochMs(Date.now()) };
