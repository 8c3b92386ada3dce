import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountSid, clinic, patient, refusal, startTwilioBench, type TwilioBench } from './twilio-bench.ts';

let bench: TwilioBench;
beforeEach(async () => {
  bench = await startTwilioBench();
});
afterEach(() => bench.end());

describe('texts from phones', () => {
  const text = (body: string, extra: object = {}) => {
    const received = bench.emulator.receive({ from: patient, to: clinic, body, ...extra });
    if (!received.ok) throw new Error(received.message);
    return received.sid;
  };
  const sentBodies = () =>
    bench.emulator
      .messagesAfter(0)
      .filter((message) => message.direction !== 'inbound')
      .map((message) => message.body);

  it('reach the webhook once, signed, with the fields Twilio sends', async () => {
    const sid = text(' ¿Puedo ir a la playa? & más ', { mediaUrls: ['https://api.twilio.com/m/1'] });
    await bench.pass(0);
    expect(bench.posted).toHaveLength(1);
    expect(bench.posted[0]).toMatchObject({
      path: '/inbound',
      signed: true,
      form: {
        MessageSid: sid,
        From: patient,
        To: clinic,
        Body: ' ¿Puedo ir a la playa? & más ',
        NumMedia: '1',
        AccountSid: accountSid,
        SmsStatus: 'received',
      },
    });
    expect((await bench.client.messages(sid).fetch()).direction).toBe('inbound');
  });

  it('leave the connection overrides out of what is called and signed, and follow them', async () => {
    bench.set.inboundUrl = `${bench.appUrl}/inbound#rc=2&rp=5xx`;
    bench.set.appStatus = (path) => (path === '/inbound' ? 503 : 200);
    text('hi');
    await bench.pass(0);
    expect(bench.posted.map((call) => call.path)).toEqual(['/inbound', '/inbound', '/inbound', '/fallback']);
    expect(bench.posted.every((call) => call.signed)).toBe(true);
    expect(new Set(bench.posted.slice(0, 3).map((call) => call.token)).size).toBe(1);
    expect(bench.posted[3]?.form).toMatchObject({ Body: 'hi', ErrorCode: '11200' });
  });

  it('are posted once when the first attempt is answered well, whatever retries are allowed', async () => {
    bench.set.inboundUrl = `${bench.appUrl}/inbound#rc=3&rp=all`;
    text('hi');
    await bench.pass(0);
    expect(bench.posted.map((call) => call.path)).toEqual(['/inbound']);
  });

  it('are not repeated after an answered failure, and are lost when the fallback fails too', async () => {
    bench.set.appStatus = () => 500;
    text('hi');
    await bench.pass(0);
    expect(bench.posted.map((call) => call.path)).toEqual(['/inbound', '/fallback']);
    expect(bench.failedCalls).toEqual(['status 500']);
    expect((await bench.client.messages.list({ to: clinic })).map((message) => message.body)).toEqual(['hi']);
  });

  it('fall back when nobody answers at all', async () => {
    bench.set.inboundUrl = 'http://127.0.0.1:1/inbound';
    text('hi');
    await bench.pass(0);
    expect(bench.posted.map((call) => call.path)).toEqual(['/fallback']);
  });

  it('are answered by Twilio itself for STOP, once, and sending is refused until START', async () => {
    text(' stop ');
    text('STOP');
    await bench.pass(10);
    expect(sentBodies()).toEqual(['No more.']);
    expect(
      bench.posted.filter((call) => call.path === '/inbound').map((call) => call.form.OptOutType),
    ).toEqual([undefined, undefined]);
    expect(await refusal(bench.send())).toEqual([400, 21610]);
    text('START');
    await bench.pass(10);
    expect(sentBodies()).toEqual(['No more.', 'Back.']);
    expect((await bench.send()).status).toBe('queued');
  });

  it('get no answer for YES from someone who never left, nor for words inside a sentence', async () => {
    text('Yes');
    text('please stop');
    text('help me');
    text('HELP');
    await bench.pass(10);
    expect(sentBodies()).toEqual(['Help!']);
  });

  it('carry OptOutType with Advanced Opt-Out', async () => {
    bench.set.advancedOptOut = true;
    text('stop');
    text('hello');
    await bench.pass(0);
    expect(bench.posted.map((call) => call.form.OptOutType)).toEqual(['STOP', undefined]);
  });

  it('to a number that is not ours go nowhere', () => {
    expect(bench.emulator.receive({ from: patient, to: '+13055550177', body: 'x' }).ok).toBe(false);
  });
});
