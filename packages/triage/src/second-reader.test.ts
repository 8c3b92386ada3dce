import { describe, expect, it } from 'vitest';
import { packWeights } from '../training/weight-encoder.ts';
import { levels } from './assessment.ts';
import { buckets } from './feature-hash.ts';
import { readerOf } from './second-reader.ts';

/** Buckets that hold weights for all labels, for the last five of them, and for none. */
const full = 7;
const lastFive = 4095;
const empty = 30_001;

/** Weights of every size in scattered buckets, as a model of both heads. */
function scattered(): { levels: Int8Array; optOut: Int8Array } {
  const level = new Int8Array(buckets * levels.length);
  const optOut = new Int8Array(buckets);
  for (let label = 0; label < levels.length; label += 1) {
    level[full * levels.length + label] = label - 3 || 7;
    level[lastFive * levels.length + label] = label < levels.length - 4 ? 0 : label - 12;
  }
  optOut[full] = -6;
  optOut[lastFive] = 5;
  for (let index = 0; index < 4000; index += 1) {
    const spot = (index * 7919 * 31) % level.length;
    if (Math.floor(spot / levels.length) % 2 === 0) level[spot] = (index % 15) - 7;
    optOut[((index * 104_729) % buckets) & ~1] = ((index * 5) % 15) - 7;
  }
  return { levels: level, optOut };
}

describe('a packed model', () => {
  const cells = scattered();
  const scales = { levels: 0.31, optOut: 0.07 };
  const reader = readerOf(
    packWeights({ bytes: cells.levels, scale: scales.levels }, { bytes: cells.optOut, scale: scales.optOut }),
  );

  it.each([0, 1, 2, full, lastFive, 30_000, empty, buckets - 2, buckets - 1])(
    'gives bucket %i the weights it was given',
    (bucket) => {
      const opinion = reader({ at: Int32Array.of(bucket), value: Float32Array.of(1) });
      const own = cells.levels.subarray(bucket * levels.length, (bucket + 1) * levels.length);
      const raised = [...own].map((weight) => Math.exp(weight * scales.levels));
      const sum = raised.reduce((total, value) => total + value, 0);
      for (const [index, level] of levels.entries())
        expect(opinion.levels[level]).toBeCloseTo((raised[index] ?? 0) / sum, 12);
      const wish = (cells.optOut[bucket] ?? 0) * scales.optOut;
      expect(opinion.optOut).toBeCloseTo(1 / (1 + Math.exp(-2 * wish)), 12);
    },
  );

  it('adds up the buckets of a text', () => {
    const at = Int32Array.from({ length: 500 }, (_, index) => (index * 131) % buckets);
    const value = new Float32Array(500).fill(0.1);
    let wish = 0;
    for (const bucket of at) wish += (cells.optOut[bucket] ?? 0) * scales.optOut * 0.1;
    expect(reader({ at, value }).optOut).toBeCloseTo(1 / (1 + Math.exp(-2 * wish)), 6);
  });
});
