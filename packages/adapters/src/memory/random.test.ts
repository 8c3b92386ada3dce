import { describe, expect, it } from 'vitest';
import { createMemoryRandom } from './random.ts';

describe('seeded randomness', () => {
  it('repeats itself for one seed and differs for another', () => {
    const draw = (seed: number) => {
      const random = createMemoryRandom(seed);
      return [random.fraction(), random.ulid('2026-11-21T10:00:00.000Z'), [...random.bytes(8)].join()];
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('gives ids that sort by time and never repeat within a run', () => {
    const random = createMemoryRandom(7);
    const ids = Array.from({ length: 500 }, () => random.ulid('2026-11-21T10:00:00.000Z'));
    const later = random.ulid('2026-11-21T10:00:00.001Z');
    expect(new Set(ids).size).toBe(500);
    expect(ids.every((id) => id < later && /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
  });

  it('spreads fractions over the whole range', () => {
    const random = createMemoryRandom(3);
    const tenths = new Set(Array.from({ length: 300 }, () => Math.floor(random.fraction() * 10)));
    expect(tenths.size).toBe(10);
  });
});
