import type { Instant } from '@aftercare/time/instant';
import type { SystemSecrets } from '@aftercare/usecases/ports';
import { describe, expect, it } from 'vitest';
import { cachedSecrets } from './cached-secrets.ts';

const startMs = Date.parse('2026-11-21T16:00:00Z');

function setUp() {
  const state = { seconds: 0, reads: 0, broken: false };
  const clock = { now: () => new Date(startMs + state.seconds * 1000).toISOString() as Instant };
  const secrets = cachedSecrets(clock, async (): Promise<SystemSecrets> => {
    if (state.broken) throw new Error('throttled');
    state.reads += 1;
    const twilioAuthTokens = [`token ${state.reads}`];
    return { twilioAccountSid: 'AC', twilioAuthTokens, phonePepper: '', dataKeys: [] };
  });
  return { state, token: async () => (await secrets.current()).twilioAuthTokens[0] };
}

describe('cached secrets', () => {
  it('reads once a minute, so that a rotation is seen without a deployment', async () => {
    const { state, token } = setUp();
    expect([await token(), await token()]).toEqual(['token 1', 'token 1']);
    state.seconds = 59;
    expect(await token()).toBe('token 1');
    state.seconds = 60;
    expect(await token()).toBe('token 2');
  });

  it('serves the copy at hand for an hour while the store is down, then fails loudly', async () => {
    const { state, token } = setUp();
    await token();
    state.broken = true;
    state.seconds = 3599;
    expect(await token()).toBe('token 1');
    state.seconds = 3600;
    await expect(token()).rejects.toThrow('throttled');
    state.broken = false;
    expect(await token()).toBe('token 2');
  });

  it('fails when the store is down from the first', async () => {
    const { state, token } = setUp();
    state.broken = true;
    await expect(token()).rejects.toThrow('throttled');
  });
});
