import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, packBytes } from '../training/pack-bytes.ts';
import { unpack } from './unpack.ts';

describe('what was packed', () => {
  it('comes back text by text and number by number, whatever the lengths', () => {
    const wides = fc.array(fc.integer({ min: 0, max: 65_535 }), { maxLength: 60 });
    const narrows = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), wides, wides, narrows, (words, first, second, small) => {
        const text = { words };
        const packed = packBytes(bytesOf({ text, wide: { first, second }, narrow: { small } }));
        const found = unpack<{ words: string }>(packed);
        expect(found.text).toEqual(text);
        expect([...found.wide('first')]).toEqual(first);
        expect([...found.wide('second')]).toEqual(second);
        expect([...found.narrow('small')]).toEqual(small);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses a number that would be cut short', () => {
    expect(() => bytesOf({ text: {}, wide: { big: [65_536] }, narrow: {} })).toThrow('big has 65536');
    expect(() => bytesOf({ text: {}, wide: {}, narrow: { small: [-1] } })).toThrow('small has -1');
  });

  it('says which list is missing', () => {
    expect(() => unpack(packBytes(bytesOf({ text: {}, wide: {}, narrow: {} }))).wide('none')).toThrow('none');
  });
});
