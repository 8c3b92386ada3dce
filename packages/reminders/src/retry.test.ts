import { describe, expect, it } from 'vitest';
import { classifyError } from './error-classes.ts';
import { decideRetry, type FailedText, nextBackoff } from './retry.ts';

const failed: FailedText = {
  now: '2026-11-22T15:05:00.000Z',
  kind: 'reminder',
  attempt: 1,
  rule: { kind: 'later_once', minHours: 1, maxHours: 4 },
  onDate: '2026-11-22',
  timeZone: 'America/New_York',
  optedOut: false,
  ledger: [{ onDate: '2026-11-22', kind: 'reminder', day: 1, messageId: 'm1', counts: false }],
  fraction: 0,
};

describe('decideRetry', () => {
  it('one to four hours later on the same date', () => {
    expect(decideRetry(failed)).toEqual({ do: 'retry', at: '2026-11-22T16:05:00.000Z' });
    expect(decideRetry({ ...failed, fraction: 0.5 })).toEqual({
      do: 'retry',
      at: '2026-11-22T17:35:00.000Z',
    });
  });
  it.each([
    ['a second retry', { attempt: 2 }, 'already_retried'],
    ['an error that no retry helps', { rule: { kind: 'none' } }, 'no_retry'],
    ['the confirmation, whose words join the next text', { kind: 'confirmation' }, 'confirmation'],
    ['the patient opted out meanwhile', { optedOut: true }, 'opted_out'],
    [
      'the first text still counts against the date',
      { ledger: [{ ...failed.ledger[0], counts: true }] },
      'cap_date',
    ],
    ['too little of the window is left', { now: '2026-11-22T23:50:00.000Z' }, 'window_over'],
    ['the receipt came at night', { now: '2026-11-23T04:00:00.000Z' }, 'window_over'],
    ['the receipt came the next morning', { now: '2026-11-23T15:00:00.000Z' }, 'window_over'],
  ] as const)('gives up: %s', (_, change, why) => {
    expect(decideRetry({ ...failed, ...change } as FailedText)).toEqual({ do: 'give_up', why });
  });
  it('never later than a quarter of an hour before closing', () => {
    const late = { ...failed, now: '2026-11-22T23:30:00.000Z', fraction: 0.99 } as const;
    expect(decideRetry(late)).toEqual({ do: 'retry', at: '2026-11-23T00:45:00.000Z' });
  });
  it("a daily limit is not retried: the next day is another text's date", () => {
    const { retry } = classifyError(30_023, { when: 'async' });
    expect(decideRetry({ ...failed, rule: retry })).toEqual({ do: 'give_up', why: 'no_retry' });
  });
});

describe('nextBackoff', () => {
  const stopsAt = '2026-11-22T15:40:00.000Z';
  it('doubles from half a minute to a quarter of an hour', () => {
    const at = (done: number, fraction: number) =>
      nextBackoff({ done, now: '2026-11-22T15:00:00.000Z', stopsAt, fraction });
    expect(at(1, 0)).toBe('2026-11-22T15:00:15.000Z');
    expect(at(1, 0.999)).toBe('2026-11-22T15:00:30.000Z');
    expect(at(3, 0)).toBe('2026-11-22T15:01:00.000Z');
    expect(at(40, 0.999)).toBe('2026-11-22T15:15:00.000Z');
  });
  it('stops rather than sending after the end', () => {
    expect(nextBackoff({ done: 9, now: '2026-11-22T15:39:00.000Z', stopsAt, fraction: 0 })).toBeUndefined();
  });
});
