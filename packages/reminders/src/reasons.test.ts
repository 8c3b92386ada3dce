import { describe, expect, it } from 'vitest';
import { isSkipReason, reasonText } from './reasons.ts';

describe('reasonText', () => {
  it('tells a receptionist what happened, without our own words', () => {
    expect(reasonText('window_over', 'en')).toMatch(/^Not sent: /);
    expect(reasonText('clinic_paused', 'en')).not.toMatch(/claim|ledger|revision|DLQ|queue/i);
  });
  it('knows its own words from those of a newer release', () => {
    expect(isSkipReason('cap_week')).toBe(true);
    expect(isSkipReason('toString')).toBe(false);
    expect(isSkipReason('later_invention')).toBe(false);
  });
});
