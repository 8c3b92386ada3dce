import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clinic, patient, refusal, startTwilioBench, type TwilioBench } from './twilio-bench.ts';

let bench: TwilioBench;
beforeEach(async () => {
  bench = await startTwilioBench();
});
afterEach(() => bench.end());

describe('the official Twilio SDK against the emulator: refusals', () => {
  it.each<[string, object, number]>([
    ['no recipient', { to: '' }, 21604],
    ['a recipient that is no number', { to: 'hello' }, 21211],
    ['a foreign recipient', { to: '+447700900123' }, 21408],
    ['no sender', { from: undefined }, 21603],
    ['a sender that is not ours', { from: '+13055550199' }, 21606],
    ['a sender that is no number', { from: 'Clinic' }, 21212],
    ['ourselves', { to: clinic }, 21266],
    ['no text', { body: '' }, 21602],
    ['a text too long', { body: 'x'.repeat(1601) }, 21617],
    ['a validity over ten hours', { validityPeriod: 36_001 }, 21624],
    ['a callback that is no URL', { statusCallback: 'somewhere' }, 21609],
    ['a callback host with an underscore', { statusCallback: 'https://my_host.example.com/x' }, 21609],
    ['an unknown service', { messagingServiceSid: `MG${'9'.repeat(32)}` }, 21701],
  ])('refuses %s', async (_, extra, code) => {
    expect(await refusal(bench.send(patient, extra))).toEqual([400, code]);
    expect(bench.emulator.messagesAfter(0)).toEqual([]);
  });

  it.each<[string, number, number]>([
    ['+15005550001', 400, 21211],
    ['+15005550004', 400, 21610],
    ['+15005550009', 400, 21614],
    ['+19865550108', 400, 21608],
    ['+19865550111', 400, 21611],
    ['+19865550120', 429, 20429],
    ['+19865550122', 500, 20500],
    ['+19865550123', 503, 20503],
  ])('answers the magic number %s with %i/%i and keeps no text', async (to, status, code) => {
    expect(await refusal(bench.send(to))).toEqual([status, code]);
    expect(bench.emulator.messagesAfter(0)).toEqual([]);
  });

  it('lets a first request fail and the next pass where the number says so', async () => {
    expect(await refusal(bench.send('+19865550121'))).toEqual([429, 20429]);
    expect((await bench.send('+19865550121')).status).toBe('queued');
  });

  it.each(['+19865550130', '+19865550131', '+19865550132'])(
    'has accepted the text to %s although the caller heard otherwise',
    async (to) => {
      await expect(bench.send(to)).rejects.toThrow();
      expect(await bench.client.messages.list({ to })).toHaveLength(1);
      await bench.pass(10);
      expect(bench.statuses()).toEqual(['sent', 'delivered']);
    },
  );

  it.each<[string, string, string | undefined]>([
    ['+19865550141', 'failed', '30001'],
    ['+19865550143', 'undelivered', '30003'],
    ['+19865550146', 'undelivered', '30006'],
    ['+19865550147', 'undelivered', '30007'],
    ['+19865550160', 'sent', undefined],
  ])('ends the text to %s as %s with code %s', async (to, status, code) => {
    const { sid } = await bench.send(to);
    await bench.pass(10);
    expect(bench.posted.at(-1)?.form).toMatchObject({ MessageStatus: status });
    expect(bench.posted.at(-1)?.form.ErrorCode).toBe(code);
    expect((await bench.client.messages(sid).fetch()).errorCode).toBe(
      code === undefined ? null : Number(code),
    );
  });

  it('can lose, double and re-order callbacks', async () => {
    await bench.send('+19865550161');
    await bench.pass(10);
    expect(bench.posted).toEqual([]);
    await bench.send('+19865550162');
    await bench.pass(10);
    expect(bench.statuses()).toEqual(['delivered', 'delivered', 'sent', 'sent']);
  });
});
