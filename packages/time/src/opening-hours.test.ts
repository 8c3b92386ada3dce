import { describe, expect, it } from 'vitest';
import { addOpenMinutes, isOpenAt, type OpeningHours, openFrom } from './opening-hours.ts';

const nineToSix = [{ opens: '09:00', closes: '18:00' }];
const place: OpeningHours = {
  timeZone: 'America/New_York',
  hours: { mon: nineToSix, tue: nineToSix, wed: nineToSix, thu: nineToSix, fri: nineToSix, sat: [], sun: [] },
  holidays: ['2026-11-26'],
};

describe('a due time that would fall when nobody is there', () => {
  it('moves to Monday when the text came on Friday evening', () => {
    expect(addOpenMinutes('2026-11-20T22:30:00.000Z', 120, place)).toBe('2026-11-23T15:30:00.000Z');
  });

  it('skips the holiday', () => {
    expect(openFrom('2026-11-26T15:00:00.000Z', place)).toBe('2026-11-27T14:00:00.000Z');
    expect(isOpenAt('2026-11-26T15:00:00.000Z', place)).toBe(false);
  });

  it('counts from the moment itself while open', () => {
    expect(addOpenMinutes('2026-11-20T15:00:00.000Z', 30, place)).toBe('2026-11-20T15:30:00.000Z');
  });

  it('treats the closing minute as closed', () => {
    expect(isOpenAt('2026-11-20T22:59:59.000Z', place)).toBe(true);
    expect(isOpenAt('2026-11-20T23:00:00.000Z', place)).toBe(false);
  });

  it('still gives a due time for a place that never opens', () => {
    const closed: OpeningHours = {
      ...place,
      hours: { ...place.hours, mon: [], tue: [], wed: [], thu: [], fri: [] },
    };
    expect(openFrom('2026-11-20T15:00:00.000Z', closed)).toBeUndefined();
    expect(addOpenMinutes('2026-11-20T15:00:00.000Z', 60, closed)).toBe('2026-11-20T16:00:00.000Z');
  });
});
