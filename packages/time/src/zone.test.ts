import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs, type Instant, instantFromEpochMs } from './instant.ts';
import { addDays, type LocalDate } from './local-date.ts';
import { instantAt, isTimeZone, localDateOf, localDateTimeOf, localTimeOf } from './zone.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const FIRST_ON: LocalDate = '2026-01-01';
const DAYS_2026_TO_2030 = 1826;

/** The oracle: Intl itself, without any of our caching. */
function intlReading(zone: string): (instant: Instant) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (instant) => {
    const parts = Object.fromEntries(format.formatToParts(epochMs(instant)).map((p) => [p.type, p.value]));
    return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
  };
}

const anyZone = fc.constantFrom(...ZONES);
const anyMoment = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2030, 11, 31, 23, 59, 59) })
  .map(instantFromEpochMs);

describe('every IANA zone, 2026 to 2030', () => {
  it('puts 10:00 on every date exactly there, so no clock change moves a reminder', () => {
    const dates = Array.from({ length: DAYS_2026_TO_2030 }, (_, day) => addDays(FIRST_ON, day));
    for (const zone of ZONES) {
      for (const date of dates) {
        const reading = localDateTimeOf(instantAt(date, '10:00', zone), zone);
        if (reading !== `${date}T10:00`) expect.fail(`${zone} ${date}: ${reading}`);
      }
    }
    expect(ZONES.length).toBeGreaterThan(400);
  }, 60_000);

  it('agrees with Intl at any moment, so the day cache never serves a stale offset', () => {
    fc.assert(
      fc.property(anyZone, anyMoment, (zone, instant) => {
        expect(localDateTimeOf(instant, zone)).toBe(intlReading(zone)(instant));
      }),
      { numRuns: 1500 },
    );
  }, 60_000);

  it('reads a moment and finds it again, at most one repeated hour earlier', () => {
    fc.assert(
      fc.property(anyZone, anyMoment, (zone, instant) => {
        const found = instantAt(localDateOf(instant, zone), localTimeOf(instant, zone), zone);
        expect(localDateTimeOf(found, zone)).toBe(localDateTimeOf(instant, zone));
        const minute = Math.floor(epochMs(instant) / 60_000) * 60_000;
        expect(minute - epochMs(found)).toBeGreaterThanOrEqual(0);
        expect(minute - epochMs(found)).toBeLessThanOrEqual(2 * 3_600_000);
      }),
      { numRuns: 3000 },
    );
  });

  it('orders two wall times of a date as their moments, also on the day of a change', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
    fc.assert(
      fc.property(anyZone, fc.integer({ min: 0, max: 1825 }), time, time, (zone, day, a, b) => {
        const date = addDays(FIRST_ON, day);
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(instantAt(date, low, zone) <= instantAt(date, high, zone)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('clock changes', () => {
  it.each([
    ['New York', 'America/New_York', '2027-03-14', '02:30', '2027-03-14T07:00:00.000Z', '03:00'],
    [
      'Lord Howe, half an hour',
      'Australia/Lord_Howe',
      '2026-10-04',
      '02:15',
      '2026-10-03T15:30:00.000Z',
      '02:30',
    ],
    [
      'Beirut, midnight itself is skipped',
      'Asia/Beirut',
      '2027-03-28',
      '00:00',
      '2027-03-27T22:00:00.000Z',
      '01:00',
    ],
  ] as const)(
    'a time the clock skips becomes the first moment after it: %s',
    (_, zone, date, time, at, reads) => {
      expect(instantAt(date, time, zone)).toBe(at);
      expect(localTimeOf(at, zone)).toBe(reads);
    },
  );

  it.each([
    ['New York', 'America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
    ['Lord Howe, half an hour', 'Australia/Lord_Howe', '2027-04-04', '01:45', '2027-04-03T14:45:00.000Z'],
  ] as const)('a time shown twice is the first of the two: %s', (_, zone, date, time, at) => {
    expect(instantAt(date, time, zone)).toBe(at);
  });

  it('a whole date a zone left out (Samoa 2011) lands on the moment after it', () => {
    expect(instantAt('2011-12-30', '12:00', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z');
    expect(localDateOf('2011-12-30T10:00:00.000Z', 'Pacific/Apia')).toBe('2011-12-31');
  });

  it('the last millisecond before a change still has the old offset', () => {
    expect(localTimeOf('2027-03-14T06:59:59.999Z', 'America/New_York')).toBe('01:59');
    expect(localTimeOf('2027-03-14T07:00:00.000Z', 'America/New_York')).toBe('03:00');
  });
});

describe('isTimeZone', () => {
  it.each(['America/New_York', 'Pacific/Honolulu', 'America/Argentina/Buenos_Aires', 'UTC', 'US/Eastern'])(
    'takes %s',
    (name) => expect(isTimeZone(name)).toBe(true),
  );
  it.each([
    '',
    '-05:00',
    '+0530',
    'EST5EDT4',
    'New York',
    'America/Miami',
    'America/New_York ',
    '../etc',
    'A'.repeat(80),
  ])('refuses %j, which would otherwise fail at send time', (name) => expect(isTimeZone(name)).toBe(false));
  it('an unknown zone throws instead of being read as UTC', () => {
    expect(() => localDateOf('2026-11-21T00:00:00.000Z', 'America/Miami')).toThrow(RangeError);
  });
});
