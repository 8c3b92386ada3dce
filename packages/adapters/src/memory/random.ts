import { epochMs } from '@aftercare/time/instant';
import type { Random } from '@aftercare/usecases/ports';
import { ulid } from 'ulid';

/**
 * Reproducible randomness: the same seed gives the same ids, fractions and bytes. Never for secrets.
 * The generator is mulberry32, whose 32-bit state is enough for a simulation.
 */
export function createMemoryRandom(seed: number): Random {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    ulid: (at) => ulid(epochMs(at), fraction),
    fraction,
    bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(fraction() * 256)),
  };
}
