import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateText, epochOfIsoText, isoText, midnightMs } from './iso-text.ts';

const dayMs = 86_400_000;
const first = Date.UTC(1900, 0, 1);
const end = Date.UTC(10_000, 0, 1);
const anyMs = fc.integer({ min: first, max: end - 1 });

describe('an instant as text', () => {
  it('is what Date makes of it, every millisecond from 1900 to 9999', () => {
    fc.assert(
      fc.property(anyMs, (ms) => isoText(ms) === new Date(ms).toISOString()),
      { numRuns: 5000 },
    );
  });

  it('is right around every midnight of ten years, when days are forgotten and learnt again', () => {
    for (let day = 20_454; day < 24_200; day += 1) {
      for (const ms of [day * dayMs - 1, day * dayMs]) {
        expect(isoText(ms)).toBe(new Date(ms).toISOString());
        expect(epochOfIsoText(new Date(ms).toISOString())).toBe(ms);
      }
      expect(dateText(day)).toBe(new Date(day * dayMs).toISOString().slice(0, 10));
    }
  });

  it('is read as Date reads it', () => {
    fc.assert(
      fc.property(anyMs, (ms) => epochOfIsoText(new Date(ms).toISOString()) === ms),
      { numRuns: 5000 },
    );
  });

  it('is left to Date when it is shaped in any other way', () => {
    const shaped = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
    const change = fc.tuple(anyMs, fc.nat(23), fc.constantFrom('', '0', '9', ':', 'T', 'Z', ' ', '-', '٣'));
    fc.assert(
      fc.property(change, ([ms, position, put]) => {
        const iso = new Date(ms).toISOString();
        const text = `${iso.slice(0, position)}${put}${iso.slice(position + 1)}`;
        const read = epochOfIsoText(text);
        const byDate = Date.parse(text);
        // Date also reads 24:00, which is no instant that we ever write.
        if (read === undefined) return !shaped.test(text) || Number.isNaN(byDate) || text.includes('T24:');
        return read === byDate;
      }),
      { numRuns: 5000 },
    );
    for (const text of ['', '2026-13-01T00:00:00.000Z', '2026-01-01T24:00:00.000Z'])
      expect(epochOfIsoText(text)).toBeUndefined();
  });

  it('has no midnight when it is no date', () => {
    expect(midnightMs('2026-13-01')).toBeNaN();
    expect(midnightMs('2028-02-29')).toBe(Date.UTC(2028, 1, 29));
  });
});
