import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addHours,
  addMinutes,
  addSeconds,
  earliest,
  epochMs,
  hoursBetween,
  instantFromEpochMs,
  isBefore,
  latest,
  parseInstant,
  secondsBetween,
} from './instant.ts';

describe('parseInstant', () => {
  it.each([
    ['2026-11-21T16:30:00Z', '2026-11-21T16:30:00.000Z'],
    ['2026-11-21T16:30:00.123456Z', '2026-11-21T16:30:00.123Z'],
    ['2026-11-21T16:30:00.5+00:00', '2026-11-21T16:30:00.500Z'],
    ['2026-11-21T23:30:00-05:00', '2026-11-22T04:30:00.000Z'],
    ['2028-02-29T00:00:00+05:30', '2028-02-28T18:30:00.000Z'],
  ])('writes %s in the one form that sorts', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    '2026-02-30T10:00:00Z',
    '2027-02-29T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T23:60:00Z',
    '2026-11-21T23:59:60Z',
    '2026-11-21T10:00:00',
    '2026-11-21 10:00:00Z',
    '2026-11-21',
    '2026-11-21T10:00Z',
    '2026-11-21T10:00:00+25:00',
    '1600-01-01T00:00:00Z',
    '+012026-01-01T00:00:00Z',
    'yesterday',
    '',
  ])('refuses %j rather than guessing a moment', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(9999, 0, 1) }), (epoch) => {
        const instant = instantFromEpochMs(epoch);
        expect(parseInstant(instant)).toBe(instant);
        expect(epochMs(instant)).toBe(epoch);
      }),
    );
  });
});

describe('order and arithmetic', () => {
  it('text order is time order', () => {
    const moment = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2200, 0, 1) });
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        expect(isBefore(instantFromEpochMs(a), instantFromEpochMs(b))).toBe(a < b);
      }),
    );
  });
  it('adds real time and measures it back', () => {
    const start = '2026-11-21T16:30:00.000Z';
    expect(addSeconds(start, 1.5)).toBe('2026-11-21T16:30:01.500Z');
    expect(addMinutes(start, -31)).toBe('2026-11-21T15:59:00.000Z');
    expect(addHours(start, 26)).toBe('2026-11-22T18:30:00.000Z');
    expect(secondsBetween(start, addMinutes(start, 2))).toBe(120);
    expect(hoursBetween(start, addMinutes(start, -90))).toBe(-1.5);
  });
  it('picks the first and the last of several', () => {
    const a = '2026-11-21T16:30:00.000Z';
    const b = '2026-11-21T16:30:00.001Z';
    expect([latest(a, b), latest(b, a), earliest(a, b), earliest(b, a), latest(a)]).toEqual([b, b, a, a, a]);
  });
  it('a year beyond 9999 throws: its text would sort before today', () => {
    expect(() => instantFromEpochMs(Date.UTC(10_000, 0, 1))).toThrow(RangeError);
    expect(() => instantFromEpochMs(Number.NaN)).toThrow(RangeError);
  });
});
