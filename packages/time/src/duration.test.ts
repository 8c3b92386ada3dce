import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['P1DT2H', 93_600],
    ['PT0S', 0],
    ['P2W', 1_209_600],
    ['P3DT9H30M', 293_400],
    ['PT1.5H', 5400],
    ['PT36H', 129_600],
  ])('%s is %i seconds', (text, seconds) => expect(parseDuration(text)).toBe(seconds));

  it.each(['', 'P', 'PT', 'P1DT', 'P1', '1D', 'P1H', 'PT1D', 'P1M', 'P1Y', '-P1D', 'p1d', 'P1D ', 'PT1M1H'])(
    'refuses %j',
    (text) => expect(parseDuration(text)).toBeUndefined(),
  );

  it('reads what formatDuration writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 86_400 }), (seconds) => {
        expect(parseDuration(formatDuration(seconds))).toBe(seconds);
      }),
    );
  });
  it('writes the short form', () =>
    expect([0, 93_600, 86_400].map(formatDuration)).toEqual(['PT0S', 'P1DT2H', 'P1D']));
});
