import { tzOffset } from '@date-fns/tz';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitedStatesOffsetMs } from './united-states.ts';

const zones = [
  'America/New_York',
  'America/Detroit',
  'America/Indiana/Indianapolis',
  'America/Chicago',
  'America/Denver',
  'America/Boise',
  'America/Los_Angeles',
  'America/Anchorage',
  'America/Puerto_Rico',
  'America/Phoenix',
  'Pacific/Honolulu',
  'Pacific/Guam',
];
const hourMs = 3_600_000;
const first = Date.UTC(2007, 3, 1);
const last = Date.UTC(2038, 0, 1) - 1;
const byIntl = (epoch: number, zone: string): number => tzOffset(zone, new Date(epoch)) * 60_000;

describe('the clock of a zone in the United States', () => {
  it.each(zones)('%s changes when Intl says so, to the minute, in every year', (zone) => {
    for (let year = 2007; year < 2038; year += 1) {
      for (const month of [2, 10]) {
        for (let at = Date.UTC(year, month, 1); at < Date.UTC(year, month, 16); at += hourMs) {
          // Changes fall on Sundays; other days are left to the moments drawn below.
          if (new Date(at).getUTCDay() > 0) continue;
          for (const epoch of [at - 1, at]) {
            if (epoch < first) continue;
            expect(unitedStatesOffsetMs(epoch, zone), new Date(epoch).toISOString()).toBe(
              byIntl(epoch, zone),
            );
          }
        }
      }
    }
  });

  it('is what Intl says at any moment of the years it is written down for', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: first, max: last }), (zone, epoch) => {
        expect(unitedStatesOffsetMs(epoch, zone)).toBe(byIntl(epoch, zone));
      }),
      { numRuns: 2000 },
    );
  });

  it('is not told for other years and other zones', () => {
    expect(unitedStatesOffsetMs(first - 1, 'America/New_York')).toBeUndefined();
    expect(unitedStatesOffsetMs(last + 1, 'America/New_York')).toBeUndefined();
    expect(unitedStatesOffsetMs(first, 'Europe/Madrid')).toBeUndefined();
  });
});
