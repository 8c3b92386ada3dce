import { describe, expect, it } from 'vitest';
import { shortDate, spokenTime } from './format.ts';
import { addDays } from './local-date.ts';

describe('dates inside texts', () => {
  it('stay plain ASCII on every date of a year, so no date doubles the segments', () => {
    for (let day = 0; day < 366; day += 1) {
      const date = addDays('2028-01-01', day);
      for (const language of ['en', 'es'] as const)
        expect(shortDate(date, language)).toMatch(/^\d{1,2} [A-Za-z]{3}$/);
    }
  });
  it('read as people write them', () => {
    expect(shortDate('2026-11-28', 'en')).toBe('28 Nov');
    expect(shortDate('2027-01-05', 'es')).toBe('5 ene');
  });
  it.each([
    ['00:05', '12:05 AM'],
    ['12:00', '12:00 PM'],
    ['22:42', '10:42 PM'],
    ['10:42', '10:42 AM'],
  ])('%s never leaves morning and evening open', (time, spoken) => {
    expect(spokenTime(time, 'en')).toBe(spoken);
    expect(spokenTime(time, 'es')).toBe(spoken.toLowerCase());
  });
});
