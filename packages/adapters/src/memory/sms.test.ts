import type { Instant } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
import { createMemoryClock } from './clock.ts';
import { createMemorySms } from './sms.ts';

const start: Instant = '2026-11-21T10:00:00.000Z';
const text = {
  to: '+13055550123',
  from: '+13055550100',
  body: 'How is your skin?',
  ref: 'S~a.m1',
  validityPeriodSeconds: 3600,
};

describe('the memory carrier', () => {
  it('keeps sending to somebody who opted out at the carrier from being accepted', async () => {
    const sms = createMemorySms({ clock: createMemoryClock(start) });
    sms.optOut(text.to, text.from);
    expect(await sms.send(text)).toEqual({ kind: 'rejected', code: 21610, httpStatus: 400 });
    expect(sms.accepted()).toEqual([]);
    sms.optIn(text.to, text.from);
    expect(await sms.send(text)).toMatchObject({ kind: 'accepted' });
  });

  it('lists an accepted text only after the lag, with its latest status, and inbound texts too', async () => {
    const clock = createMemoryClock(start);
    const sms = createMemorySms({ clock, listLagSeconds: () => 30 });
    const outcome = await sms.send(text);
    if (outcome.kind !== 'accepted') throw new Error('the carrier accepts');
    expect(await sms.list({ since: start })).toEqual({ kind: 'listed', messages: [] });
    clock.advanceSeconds(30);
    sms.setStatus(outcome.providerSid, 'undelivered', 30003);
    sms.noteInbound({ providerSid: 'SM9', from: text.to, to: text.from, body: 'ok' });
    const all = await sms.list({ since: start });
    expect(all).toMatchObject({
      kind: 'listed',
      messages: [
        { direction: 'outbound', to: text.to, status: 'undelivered', errorCode: 30003, createdAt: start },
        { direction: 'inbound', from: text.to, status: 'received' },
      ],
    });
    expect(await sms.list({ since: start, to: text.from })).toMatchObject({
      messages: [{ providerSid: 'SM9' }],
    });
  });
});
