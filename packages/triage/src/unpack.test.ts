import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packStreams, streamsOf, type Unpackable } from '../training/pack-bytes.ts';
import { unpack } from './unpack.ts';

const nothing: Unpackable = { text: {}, wide: {}, narrow: {}, tiny: {} };
const numbersBelow = (limit: number) => fc.array(fc.integer({ min: 0, max: limit - 1 }), { maxLength: 60 });

describe('what was packed', () => {
  it('comes back text by text and number by number, whatever the lengths', () => {
    const [wides, narrows, tinies] = [numbersBelow(65_536), numbersBelow(256), numbersBelow(16)];
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        wides,
        wides,
        narrows,
        tinies,
        (words, first, second, small, least) => {
          const text = { words };
          const packed = packStreams(
            streamsOf({ text, wide: { first, second }, narrow: { small }, tiny: { least } }),
          );
          const found = unpack<{ words: string }>(packed);
          expect(found.text).toEqual(text);
          expect([...found.wide('first')]).toEqual(first);
          expect([...found.wide('second')]).toEqual(second);
          expect([...found.narrow('small')]).toEqual(small);
          expect([...found.tiny('least')]).toEqual(least.length % 2 === 0 ? least : [...least, 0]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuses a number that would be cut short', () => {
    expect(() => streamsOf({ ...nothing, wide: { big: [65_536] } })).toThrow('big has 65536');
    expect(() => streamsOf({ ...nothing, narrow: { small: [-1] } })).toThrow('small has -1');
    expect(() => streamsOf({ ...nothing, tiny: { least: [3, 16] } })).toThrow('least has 16');
  });

  it('says which list is missing', () => {
    expect(() => unpack(packStreams(streamsOf(nothing))).wide('none')).toThrow('none');
  });
});
