import { analyse } from '@aftercare/sms/encoding';
import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';

const PIECES = [
  ...'abc XYZ 019 @£$¥éñü¿¡àèìòùÇ€[]{}~^\\|',
  ...'áíóúÁÍÓÚç“”‘’–—…°ºª«»·`´•',
  '\n',
  '\r\n',
  '\t',
  '\f',
  '\u00a0',
  'e\u0301',
  '😀',
  '👍🏽',
  '🇺🇸',
  '❤️',
  '👨‍👩‍👧',
];

function oracle(body: string): { encoding: string; segments: number } {
  const message = new SegmentedMessage(body);
  return { encoding: message.encodingName, segments: message.segmentsCount };
}

function ours(body: string): { encoding: string; segments: number } {
  const { encoding, segments } = analyse(body);
  return { encoding, segments };
}

describe("our segment count is Twilio's, so price and split are known before sending", () => {
  it('on texts built from every kind of character', () => {
    const body = fc.array(fc.constantFrom(...PIECES), { maxLength: 420 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(body, (text) => {
        expect(ours(text)).toEqual(oracle(text));
      }),
      { numRuns: 1500 },
    );
  });

  it('on plain texts around each limit, with one expensive character anywhere', () => {
    const body = fc
      .tuple(
        fc.constantFrom(67, 70, 134, 153, 160, 306, 459),
        fc.integer({ min: -3, max: 3 }),
        fc.constantFrom(...PIECES),
        fc.nat(),
      )
      .map(([limit, off, piece, place]) => {
        const plain = 'a'.repeat(limit + off);
        const at = place % (plain.length + 1);
        return plain.slice(0, at) + piece + plain.slice(at);
      });
    fc.assert(
      fc.property(body, (text) => {
        expect(ours(text)).toEqual(oracle(text));
      }),
      { numRuns: 600 },
    );
  });

  it('for each single character of the basic plane', () => {
    for (let unit = 0; unit < 0xd800; unit += 1) {
      const character = String.fromCharCode(unit);
      if (ours(character).encoding !== oracle(character).encoding) expect.fail(`U+${unit.toString(16)}`);
    }
    expect(ours('\ufeff')).toEqual(oracle('\ufeff'));
  });
});
