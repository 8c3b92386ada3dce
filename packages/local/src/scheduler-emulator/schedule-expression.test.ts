import { instantFromEpochMs } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
import { nextOccurrence, parseScheduleExpression } from './schedule-expression.ts';

const ms = (text: string) => Date.parse(text);

function next(text: string, from: string, timeZone = 'UTC', start = from): string | undefined {
  const expression = parseScheduleExpression(text);
  if (expression === undefined) throw new Error(`rejected: ${text}`);
  const at = nextOccurrence(expression, timeZone, ms(from), ms(start));
  return at === undefined ? undefined : instantFromEpochMs(at);
}

describe('schedule expressions', () => {
  // Recorded from AWS: scheduler-wire.md.
  it.each([
    'cron(0 1 * * * *)',
    'cron(7 20 * * NOT *)',
    'cron(INVALID)',
    'cron(0 dummy ? * MON-FRI *)',
    'cron(71 8 1 * ? *)',
    'cron()',
    'rate(10 seconds)',
    'rate(10 years)',
    'rate()',
    'rate(10)',
    'rate(10 minutess)',
    'rate(foo minutes)',
    'rate(-10 minutes)',
    'rate( 10 minutes )',
    ' rate(10 minutes)',
    'at(2021-12-31T23:59:59Z)',
    'at(2021-12-31)',
    'at(2021-02-30T10:00:00)',
    'at(2021-12-31T24:00:00)',
    'rate(0 minutes)',
    'cron(0 0 ? * ? *)',
    'cron(0 8 1 * ? 1969)',
    'cron(5-1 8 1 * ? *)',
    'cron(*/0 8 1 * ? *)',
    '',
    'every day',
  ])('rejects %s', (text) => {
    expect(parseScheduleExpression(text)).toBeUndefined();
  });

  it.each([
    'at(2022-12-31T23:59:59)',
    'rate(2 minute)',
    'rate(1 hours)',
    'cron(0-15/1 8-8 ? * 2,3,4,5,6,7 *)',
    'cron(0 18 ? * MON-FRI *)',
    'cron(*/15 * * * ? *)',
    'cron(0-59/10 0-23/2 ? * * *)',
    'cron(0 9 L * ? *)',
    'cron(0 9 15W * ? *)',
    'cron(0 9 ? * 6L *)',
    'cron(0 9 ? * 3#2 *)',
    'cron(0 9 1 JAN,jul ? 2026-2030)',
  ])('accepts %s', (text) => {
    expect(parseScheduleExpression(text)).toBeDefined();
  });

  it('reads at() as wall-clock time of the zone', () => {
    const from = '2026-01-01T00:00:00Z';
    expect(next('at(2027-03-15T10:00:30)', from, 'America/New_York')).toBe('2027-03-15T14:00:30.000Z');
    expect(next('at(2027-03-12T10:00:00)', from, 'America/New_York')).toBe('2027-03-12T15:00:00.000Z');
    expect(next('at(2025-03-12T10:00:00)', from)).toBeUndefined();
  });

  it('counts a rate from its start', () => {
    expect(next('rate(5 minutes)', '2026-01-01T00:07:00Z', 'UTC', '2026-01-01T00:00:00Z')).toBe(
      '2026-01-01T00:10:00.000Z',
    );
    expect(next('rate(5 minutes)', '2026-01-01T00:10:00Z', 'UTC', '2026-01-01T00:00:00Z')).toBe(
      '2026-01-01T00:10:00.000Z',
    );
  });

  it.each([
    ['cron(0 18 ? * MON-FRI *)', '2026-11-21T00:00:00Z', '2026-11-23T18:00:00.000Z'],
    ['cron(*/15 * * * ? *)', '2026-11-21T10:16:00Z', '2026-11-21T10:30:00.000Z'],
    ['cron(0 9 L * ? *)', '2028-02-01T00:00:00Z', '2028-02-29T09:00:00.000Z'],
    ['cron(0 9 LW * ? *)', '2026-05-01T00:00:00Z', '2026-05-29T09:00:00.000Z'],
    ['cron(0 9 15W * ? *)', '2026-11-01T00:00:00Z', '2026-11-16T09:00:00.000Z'],
    ['cron(0 9 1W * ? *)', '2026-08-01T00:00:00Z', '2026-08-03T09:00:00.000Z'],
    ['cron(0 9 ? * 6L *)', '2026-11-01T00:00:00Z', '2026-11-27T09:00:00.000Z'],
    ['cron(0 9 ? * 3#2 *)', '2026-11-01T00:00:00Z', '2026-11-10T09:00:00.000Z'],
    ['cron(0 0 29 2 ? *)', '2026-11-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('finds the next time of %s', (text, from, expected) => {
    expect(next(text, from)).toBe(expected);
  });

  it('never fires for a day that does not exist or a year that is over', () => {
    expect(next('cron(0 0 30 2 ? *)', '2026-11-01T00:00:00Z')).toBeUndefined();
    expect(next('cron(0 0 1 1 ? 2020)', '2026-11-01T00:00:00Z')).toBeUndefined();
  });

  it('skips a wall time that spring skips and runs a repeated one once', () => {
    const zone = 'America/New_York';
    expect(next('cron(30 2 * * ? *)', '2027-03-14T05:00:00Z', zone)).toBe('2027-03-15T06:30:00.000Z');
    expect(next('cron(30 1 * * ? *)', '2027-11-07T04:00:00Z', zone)).toBe('2027-11-07T05:30:00.000Z');
    expect(next('cron(30 1 * * ? *)', '2027-11-07T05:31:00Z', zone)).toBe('2027-11-08T06:30:00.000Z');
  });
});
