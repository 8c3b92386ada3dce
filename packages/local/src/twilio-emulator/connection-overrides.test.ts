import { describe, expect, it } from 'vitest';
import { connectionPlan } from './connection-overrides.ts';

describe('connection overrides', () => {
  it('retries once, on connection failure only, without a fragment', () => {
    const plan = connectionPlan('https://clinic.example/twilio/inbound?x=1');
    expect(plan).toMatchObject({
      url: 'https://clinic.example/twilio/inbound?x=1',
      retries: 1,
      readTimeoutMs: 15_000,
    });
    expect([...plan.retryOn]).toEqual(['ct']);
  });

  it('reads retry count, policies and time-outs from the fragment and cuts it off', () => {
    const plan = connectionPlan('https://clinic.example/in#rc=3&rp=all&rt=4000');
    expect(plan).toMatchObject({ url: 'https://clinic.example/in', retries: 3, readTimeoutMs: 4_000 });
    expect(plan.retryOn.size).toBe(4);
  });

  it('clamps what lies outside the documented ranges and ignores what is no number', () => {
    expect(connectionPlan('https://a.example#rc=99&rt=1&ct=x')).toMatchObject({
      retries: 5,
      readTimeoutMs: 100,
      connectTimeoutMs: 5_000,
    });
  });
});
