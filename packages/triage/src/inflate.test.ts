import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inflate } from './inflate.ts';

describe('content that was deflated', () => {
  it.each([0, 1, 9])('comes back byte by byte at compression level %i', (level) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 0, 0, 7, 65, 255), { maxLength: 3000 }), (bytes) => {
        const deflated = deflateRawSync(Uint8Array.from(bytes), { level });
        expect([...inflate(deflated)]).toEqual(bytes);
      }),
      { numRuns: 40 },
    );
  });

  it('is refused when it ends early', () => {
    const whole = deflateRawSync('a text that is long enough to be cut in the middle of it');
    expect(() => inflate(whole.subarray(0, 18))).toThrow('ends early');
  });
});
