import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase85 } from '../training/to-base85.ts';
import { encodeWeights } from '../training/weight-encoder.ts';
import { fromBase85 } from './base85.ts';
import { decodeWeights } from './weight-code.ts';

describe('weights that were coded', () => {
  it('come back cell by cell, rare and frequent, to the largest size', () => {
    const cell = fc.oneof(
      { weight: 8, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.integer({ min: -7, max: 7 }) },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.array(cell, { maxLength: 4000 }), (classes, cells) => {
        const rows = Math.floor(cells.length / classes);
        const weights = Int8Array.from(cells.slice(0, rows * classes));
        expect(decodeWeights(encodeWeights(weights, classes), rows, classes)).toEqual(weights);
      }),
      { numRuns: 60 },
    );
  });
});

describe('bytes as text of base 85', () => {
  it('come back, whatever their number', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect([...fromBase85(toBase85(bytes), bytes.length)]).toEqual([...bytes]);
      }),
    );
  });

  it('need no escape in JSON', () => {
    const text = toBase85(Uint8Array.from({ length: 1024 }, (_, index) => (index * 151) & 255));
    expect(JSON.stringify(text)).toBe(`"${text}"`);
  });
});
