import { describe, expect, it } from 'vitest';
import { runMany } from './run-many.ts';
import { runSeed } from './run-seed.ts';

describe('the simulation', () => {
  it('holds every invariant of design 7 in 200 small worlds', async () => {
    const { failures, counts, faults } = await runMany({ first: 1, seeds: 200, workers: 2, mostFailures: 3 });
    expect(failures.map(({ seed, violation }) => ({ seed, violation }))).toEqual([]);
    // A world in which nothing happens and nothing goes wrong would hold them too.
    expect(counts.texts).toBeGreaterThan(3000);
    expect(Object.keys(faults).length).toBeGreaterThan(30);
  }, 240_000);

  it('runs one seed the same way to the last step every time', async () => {
    const [first, second] = [await runSeed(1, { trace: true }), await runSeed(1, { trace: true })];
    expect(first.trace.length).toBeGreaterThan(500);
    expect(second.trace).toEqual(first.trace);
    expect(second.counts).toEqual(first.counts);
  });
});
