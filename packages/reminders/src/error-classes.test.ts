import { describe, expect, it } from 'vitest';
import { classifyError, knownErrorCodes } from './error-classes.ts';
import { errorRows } from './error-table.ts';

const read = (code: number | undefined, when: 'sync' | 'async' = 'async') => classifyError(code, { when });

describe('the error table', () => {
  it.each([
    ['bad credentials stop the sender instead of failing text by text', 20_003, 'config', 'none'],
    ['too many requests were never processed', 20_429, 'transient_not_processed', 'backoff'],
    ['a server error may have sent it', 20_500, 'ambiguous', 'none'],
    ['unavailable may have sent it', 20_503, 'ambiguous', 'none'],
    ['an invalid number', 21_211, 'permanent_number', 'none'],
    ['a landline', 21_614, 'permanent_number', 'none'],
    ['a stop at the carrier', 21_610, 'opted_out', 'none'],
    ['a full queue', 21_611, 'transient_not_processed', 'backoff'],
    ['an over-long body', 21_617, 'bug', 'none'],
    ['an overflow was not sent', 30_001, 'soft_retry', 'later_once'],
    ['an unreachable handset', 30_003, 'soft_retry', 'later_once'],
    ['a landline, told late', 30_006, 'permanent_number', 'none'],
    ['filtered: the same text again is filtered again', 30_007, 'permanent_text', 'none'],
    ['unknown to the carrier', 30_008, 'soft_retry', 'later_once'],
    ['the daily cap', 30_023, 'throttle_next_day', 'none'],
    ['an unregistered number', 30_034, 'config', 'none'],
    ['a carrier time-out may have delivered it', 30_410, 'ambiguous', 'none'],
    ['quiet hours are our fault', 30_610, 'bug', 'none'],
    ['our webhook is down', 11_200, 'config', 'none'],
  ] as const)('%s', (_, code, errorClass, retry) => {
    expect(read(code)).toMatchObject({ errorClass, retry: { kind: retry }, isUnknown: false });
  });

  it('holds every code of the reference, each once', () => {
    const reference = [
      20_003, 20_005, 90_010, 30_002, 30_037, 20_404, 20_429, 20_500, 20_503, 21_211, 21_614, 21_635, 21_612,
      21_606, 21_212, 21_408, 21_602, 21_603, 21_604, 21_617, 21_619, 21_624, 21_654, 21_656, 35_114, 35_115,
      35_116, 35_117, 35_118, 30_029, 30_030, 21_608, 21_610, 21_611, 30_001, 30_003, 30_004, 30_005, 30_006,
      30_007, 30_008, 30_017, 30_022, 30_023, 30_027, 30_024, 30_034, 30_035, 30_032, 30_040, 30_042, 30_036,
      30_410, 30_450, 30_453, 30_485, 30_454, 63_038, 30_500, 30_610, 30_047, 30_039, 14_107, 11_200, 11_205,
      12_100, 12_200, 12_300, 57_012,
    ];
    expect(reference.filter((code) => !knownErrorCodes.includes(code))).toEqual([]);
    const listed = errorRows.flatMap((row) => row.codes);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('an unknown or missing code is permanent, counted and shown, never retried', () => {
    for (const reading of [read(99_999), read(undefined, 'sync')]) {
      expect(reading).toMatchObject({ errorClass: 'unknown', isUnknown: true, alertsOperator: true });
      expect(reading.retry).toEqual({ kind: 'none' });
    }
  });

  it('says something to both readers, with the page it came from, and names nobody', () => {
    for (const code of knownErrorCodes) {
      const { operatorText, clinicText, source } = read(code);
      expect(operatorText.endsWith('.') && clinicText.endsWith('.')).toBe(true);
      expect(clinicText).not.toMatch(/twilio|\d{4,}/i);
      expect(source).toMatch(/^https:\/\/www\.twilio\.com\/docs\/api\/errors\/\d{5}$/);
    }
  });

  it('only a retry that cannot double a text is allowed', () => {
    for (const row of errorRows) {
      if (row.errorClass === 'ambiguous' || row.errorClass === 'opted_out') expect(row.retry).toBeUndefined();
    }
  });
});
