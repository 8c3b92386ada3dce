import { createMemoryClock } from '@aftercare/adapters/memory/clock';
import { createMemorySms } from '@aftercare/adapters/memory/sms';
import { readDeliveryReport } from '@aftercare/adapters/twilio/forms';
import { createTwilioSms } from '@aftercare/adapters/twilio/sms';
import { type LoopbackServer, startLoopbackServer } from '@aftercare/local/http/loopback-server';
import { addSeconds, type Instant, instantFromEpochMs } from '@aftercare/time/instant';
import type { Sms } from '@aftercare/usecases/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accountSid,
  authToken,
  clinic,
  patient,
  startTwilioBench,
  type TwilioBench,
} from '../twilio-emulator/twilio-bench.ts';

const start: Instant = '2026-11-21T16:00:00.000Z';
const text = (body: string, to = patient) => ({
  to,
  from: clinic,
  body,
  ref: 'S~abc.01KAKQ0000000000000000000A',
  validityPeriodSeconds: 3600,
});

type Harness = {
  readonly sms: Sms;
  readonly now: () => Instant;
  readonly pass: (seconds: number) => Promise<void>;
  /** The patient texts to the clinic; `stop` opts out at the carrier. */
  readonly textIn: (body: string) => Promise<void>;
};

/** What every adapter of the Sms port must do. */
function smsContract(harness: () => Harness): void {
  it('accepts a text and finds it on its list, with the words and numbers that were sent', async () => {
    const { sms, now, pass } = harness();
    const since = now();
    const outcome = await sms.send(text('Day 1: how is it? Día'));
    expect(outcome).toMatchObject({ kind: 'accepted', providerSid: expect.stringMatching(/^SM/) });
    await pass(1);
    const listed = await sms.list({ to: patient, since });
    expect(listed).toMatchObject({
      kind: 'listed',
      messages: [
        {
          providerSid: outcome.kind === 'accepted' ? outcome.providerSid : '',
          direction: 'outbound',
          to: patient,
          from: clinic,
          body: 'Day 1: how is it? Día',
        },
      ],
    });
  });

  it('lists neither what is older nor what went to somebody else', async () => {
    const { sms, now, pass } = harness();
    await sms.send(text('before'));
    await pass(60);
    const since = now();
    await sms.send(text('to another', '+13055550124'));
    await sms.send(text('after'));
    await pass(1);
    const listed = await sms.list({ to: patient, since });
    expect(listed.kind === 'listed' ? listed.messages.map((message) => message.body) : []).toEqual(['after']);
  });

  it('lists what patients sent', async () => {
    const { sms, now, textIn, pass } = harness();
    const since = now();
    await textIn('my cheek is hot');
    await pass(1);
    const listed = await sms.list({ to: clinic, since: addSeconds(since, -1) });
    expect(listed).toMatchObject({
      kind: 'listed',
      messages: [{ direction: 'inbound', status: 'received', from: patient, body: 'my cheek is hot' }],
    });
  });

  it('is told that somebody opted out at the carrier', async () => {
    const { sms, textIn } = harness();
    await textIn('STOP');
    expect(await sms.send(text('Day 3'))).toEqual({ kind: 'rejected', code: 21610, httpStatus: 400 });
  });
}

describe('the memory carrier', () => {
  smsContract(() => {
    const clock = createMemoryClock(start);
    const sms = createMemorySms({ clock });
    let inbound = 0;
    return {
      sms,
      now: clock.now,
      pass: async (seconds) => clock.advanceSeconds(seconds),
      textIn: async (body) => {
        inbound += 1;
        sms.noteInbound({ providerSid: `SMin${inbound}`, from: patient, to: clinic, body });
        if (body === 'STOP') sms.optOut(patient, clinic);
      },
    };
  });
});

describe('Twilio, on the emulator', () => {
  let bench: TwilioBench;
  let api: LoopbackServer;
  let sms: Sms;

  beforeEach(async () => {
    bench = await startTwilioBench();
    const started = await startLoopbackServer({ port: 0, answer: bench.emulator.answer });
    if (!started.ok) throw new Error(started.message);
    api = started.server;
    const secrets = {
      twilioAccountSid: accountSid,
      twilioAuthTokens: [authToken],
      phonePepper: '',
      dataKeys: [],
    };
    sms = createTwilioSms({
      secrets: { current: async () => secrets },
      publicBaseUrl: bench.appUrl,
      baseUrl: api.url,
    });
  });
  afterEach(async () => {
    await api.close();
    await bench.end();
  });

  smsContract(() => ({
    sms,
    now: () => instantFromEpochMs(bench.nowMs()),
    pass: bench.pass,
    textIn: async (body) => {
      bench.emulator.receive({ from: patient, to: clinic, body });
      await bench.pass(1);
    },
  }));

  it('gets signed status callbacks that name our reference, in words that we read', async () => {
    const outcome = await sms.send(text('Day 1'));
    await bench.pass(60);
    const callbacks = bench.posted.filter((posted) => posted.path === '/twilio/status');
    expect(callbacks.length).toBeGreaterThan(0);
    expect(callbacks.every((posted) => posted.signed)).toBe(true);
    const reports = callbacks.map((posted) => readDeliveryReport(new Map(Object.entries(posted.form))));
    expect(reports.at(-1)).toEqual({
      providerSid: outcome.kind === 'accepted' ? outcome.providerSid : '',
      status: 'delivered',
    });
  });
});
