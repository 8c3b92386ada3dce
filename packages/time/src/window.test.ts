import { describe, expect, it } from 'vitest';
import { clampTime, intersectWindows, isDailyWindow, isInside, nextOpening, windowOn } from './window.ts';

const WINDOW = { opens: '09:00', closes: '20:00' };
const ZONE = 'America/New_York';

describe('isInside', () => {
  it.each([
    ['one millisecond before opening', '2026-11-21T13:59:59.999Z', false],
    ['the opening itself', '2026-11-21T14:00:00.000Z', true],
    ['the last millisecond', '2026-11-22T00:59:59.999Z', true],
    ['the closing itself', '2026-11-22T01:00:00.000Z', false],
    ['the middle of the night', '2026-11-21T07:00:00.000Z', false],
  ] as const)('%s', (_, instant, inside) => expect(isInside(instant, WINDOW, ZONE)).toBe(inside));

  it('keeps wall time across the change: 09:00 is 13:00Z in October and 14:00Z in November', () => {
    expect(windowOn('2026-10-31', WINDOW, ZONE).opensAt).toBe('2026-10-31T13:00:00.000Z');
    expect(windowOn('2026-11-01', WINDOW, ZONE).opensAt).toBe('2026-11-01T14:00:00.000Z');
  });
});

describe('nextOpening', () => {
  it.each([
    ['before opening: today', '2026-11-21T10:00:00.000Z', '2026-11-21T14:00:00.000Z'],
    ['at opening: now', '2026-11-21T14:00:00.000Z', '2026-11-21T14:00:00.000Z'],
    ['while open: tomorrow', '2026-11-21T18:00:00.000Z', '2026-11-22T14:00:00.000Z'],
    ['after closing, already the next date in UTC', '2026-11-22T02:00:00.000Z', '2026-11-22T14:00:00.000Z'],
    ['the evening before the clocks change', '2026-11-01T01:00:00.000Z', '2026-11-01T14:00:00.000Z'],
  ] as const)('%s', (_, from, expected) => expect(nextOpening(from, WINDOW, ZONE)).toBe(expected));
});

describe('the shape of a window', () => {
  it('a clinic window is never wider than the legal one', () => {
    expect(intersectWindows(WINDOW, { opens: '07:00', closes: '22:30' })).toEqual(WINDOW);
    expect(intersectWindows(WINDOW, { opens: '10:15', closes: '17:00' })).toEqual({
      opens: '10:15',
      closes: '17:00',
    });
    expect(intersectWindows(WINDOW, { opens: '20:00', closes: '22:00' })).toBeUndefined();
  });
  it('a reminder time outside the window moves to its nearest minute', () => {
    expect(clampTime('06:30', WINDOW)).toBe('09:00');
    expect(clampTime('11:30', WINDOW)).toBe('11:30');
    expect(clampTime('20:00', WINDOW)).toBe('19:59');
    expect(clampTime('23:10', WINDOW, 15)).toBe('19:45');
    expect(clampTime('23:10', { opens: '09:00', closes: '09:10' }, 15)).toBe('09:00');
  });
  it('refuses windows that are empty, reversed or not times', () => {
    expect(isDailyWindow(WINDOW)).toBe(true);
    expect(isDailyWindow({ opens: '20:00', closes: '09:00' })).toBe(false);
    expect(isDailyWindow({ opens: '09:00', closes: '09:00' })).toBe(false);
    expect(isDailyWindow({ opens: '9:00', closes: '20:00' })).toBe(false);
    expect(isDailyWindow({ opens: '09:00', closes: '24:00' })).toBe(false);
  });
});
