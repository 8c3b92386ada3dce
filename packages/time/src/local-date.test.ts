import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, parseLocalDate, weekdayOf } from './local-date.ts';

describe('parseLocalDate', () => {
  it.each([
    '2026-02-30',
    '2027-02-29',
    '2100-02-29',
    '2026-00-10',
    '2026-11-31',
    '2026-1-1',
    '26-01-01',
    '2026-11-21T00:00',
  ])('refuses %s, a date no calendar has', (text) => expect(parseLocalDate(text)).toBeUndefined());
  it('takes the leap day', () => expect(parseLocalDate('2028-02-29')).toBe('2028-02-29'));
});

describe('calendar days', () => {
  it.each([
    ['2026-11-30', 1, '2026-12-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2027-02-28', 1, '2027-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2028-02-22', 14, '2028-03-07'],
    ['2027-03-01', -1, '2027-02-28'],
    ['2026-10-31', 3, '2026-11-03'],
  ] as const)('%s plus %i days is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });
  it('counting back what was added gives the same number, for every month end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: -5000, max: 5000 }),
        (start, days) => {
          const date = addDays('2026-01-01', start);
          expect(daysBetween(date, addDays(date, days))).toBe(days);
          expect(weekdayOf(addDays(date, 7 * days))).toBe(weekdayOf(date));
        },
      ),
    );
  });
  it('Sunday is 0', () => expect([weekdayOf('2026-11-22'), weekdayOf('2026-11-21')]).toEqual([0, 6]));
});
