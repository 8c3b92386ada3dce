import { describe, expect, it } from 'vitest';
import { readLiveAccount } from './live-mode.ts';
import { checkClinicConfig, liveClinic } from './sample-clinic.ts';

const whole = {
  TWILIO_ACCOUNT_SID: `AC${'a'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'secret-token',
  TWILIO_PATIENT_NUMBER: '+13055550100',
  TWILIO_ALERT_NUMBER: '+13055550101',
  PUBLIC_BASE_URL: 'https://tunnel.example.com',
  LIVE_ALLOWED_NUMBERS: '+13055550123, +13055550124',
};

describe('a live run', () => {
  it('names every missing or malformed variable at once and none of their values', () => {
    const read = readLiveAccount({ ...whole, TWILIO_AUTH_TOKEN: undefined, PUBLIC_BASE_URL: 'http://plain' });
    expect(read).toEqual({
      ok: false,
      message: expect.stringMatching(/TWILIO_AUTH_TOKEN, PUBLIC_BASE_URL\.$/),
    });
    expect(JSON.stringify(read)).not.toMatch(/plain|secret-token/);
  });

  it('needs two numbers, because a ladder has two people', () => {
    const read = readLiveAccount({ ...whole, LIVE_ALLOWED_NUMBERS: '+13055550123' });
    expect(read).toMatchObject({ ok: false, message: expect.stringMatching(/at least two/) });
  });

  it('makes a valid clinic whose draft texts reach the allowed numbers only', () => {
    const read = readLiveAccount(whole);
    if (!read.ok) throw new Error(read.message);
    const clinic = checkClinicConfig(liveClinic('2026-11-21T16:00:00.000Z', read.account.numbers));
    expect(clinic).toMatchObject({ ok: true, config: { testNumbers: ['+13055550123', '+13055550124'] } });
  });
});
