import {
  type LocalRequest,
  type LoopbackServer,
  startLoopbackServer,
} from '@aftercare/local/http/loopback-server';
import { openEmulatorStore } from '@aftercare/local/store/emulator-store';
import { createTwilioEmulator, type TwilioEmulator } from '@aftercare/local/twilio-emulator/twilio-emulator';
import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const accountSid = `AC${'0'.repeat(32)}`;
const authToken = 'primary-token';
const clinic = '+13055550100';
const patient = '+13055550123';
const serviceSid = `MG${'1'.repeat(32)}`;

let nowMs: number;
let api: LoopbackServer;
let app: LoopbackServer;
let emulator: TwilioEmulator;
let client: ReturnType<typeof twilio>;
let posted: { path: string; form: Record<string, string>; signed: boolean; token: string | undefined }[];
let appStatus: (path: string) => number;
let failedCalls: string[];
let advancedOptOut: boolean;
let inboundUrl: string;
let closeStore: () => void;

/** The official client, pointed at the emulator. */
class LoopbackClient extends twilio.RequestClient {
  override request<T>(options: RequestClient.RequestOptions<T>) {
    const url = new URL(options.uri);
    return super.request<T>({ ...options, uri: `${api.url}${url.pathname}${url.search}` });
  }
}

async function serve(
  answer: (
    request: LocalRequest,
  ) => Promise<{ status: number } | Awaited<ReturnType<TwilioEmulator['answer']>>>,
) {
  const started = await startLoopbackServer({ port: 0, answer });
  if (!started.ok) throw new Error(started.message);
  return started.server;
}

beforeEach(async () => {
  nowMs = Date.parse('2026-11-21T16:00:00Z');
  posted = [];
  failedCalls = [];
  appStatus = () => 200;
  advancedOptOut = false;
  app = await serve(async (request) => {
    const form = Object.fromEntries(new URLSearchParams(request.body.toString()));
    const url = `${app.url}${request.rawPath}${request.rawQuery === '' ? '' : `?${request.rawQuery}`}`;
    const signature = request.headers['x-twilio-signature'] ?? '';
    const token = request.headers['i-twilio-idempotency-token'];
    posted.push({
      path: request.rawPath,
      form,
      signed: twilio.validateRequest(authToken, signature, url, form),
      token,
    });
    return { status: appStatus(request.rawPath) };
  });
  inboundUrl = `${app.url}/inbound`;
  const opened = openEmulatorStore(':memory:');
  if (!opened.ok) throw new Error(opened.message);
  closeStore = opened.store.close;
  emulator = createTwilioEmulator({
    store: opened.store,
    nowMs: () => nowMs,
    onFailedCall: (_, outcome) => failedCalls.push(outcome),
    account: {
      accountSid,
      authTokens: [authToken, 'secondary-token'],
      apiKeys: [{ sid: `SK${'0'.repeat(32)}`, secret: 'key-secret' }],
      services: new Map([[serviceSid, [clinic]]]),
      get advancedOptOut() {
        return advancedOptOut;
      },
      numbers: () =>
        new Map([
          [
            clinic,
            {
              inboundUrl,
              fallbackUrl: `${app.url}/fallback`,
              keywordAnswers: { stop: 'No more.', start: 'Back.', help: 'Help!' },
            },
          ],
        ]),
    },
  });
  api = await serve(emulator.answer);
  client = twilio(accountSid, authToken, { httpClient: new LoopbackClient({ timeout: 3_000 }) });
});

afterEach(async () => {
  await api.close();
  await app.close();
  closeStore();
});

/** Lets that many seconds pass, event by event. */
async function pass(seconds: number): Promise<void> {
  const endMs = nowMs + seconds * 1000;
  for (;;) {
    while ((await emulator.work.runDue()) > 0);
    const dueMs = await emulator.work.nextDueMs();
    if (dueMs === undefined || dueMs > endMs) break;
    nowMs = Math.max(nowMs, dueMs);
  }
  nowMs = endMs;
}

const send = (to = patient, extra: object = {}) =>
  client.messages.create({
    to,
    from: clinic,
    body: 'Day 1',
    statusCallback: `${app.url}/status?ref=S~1.M`,
    ...extra,
  });
const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof twilio.RestException)) throw new Error('it was not refused');
  return [error.status, error.code];
};
const statuses = () => posted.map((call) => call.form.MessageStatus);

describe('the official Twilio SDK against the emulator: texts', () => {
  it('creates a text and reports its way by signed callbacks', async () => {
    const created = await send();
    expect(created).toMatchObject({
      to: patient,
      from: clinic,
      status: 'queued',
      direction: 'outbound-api',
      numSegments: '1',
    });
    expect(created.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(created.dateCreated).toEqual(new Date(nowMs));
    expect(created.dateSent).toBeNull();
    await pass(10);
    expect(statuses()).toEqual(['sent', 'delivered']);
    expect(posted.every((call) => call.signed)).toBe(true);
    expect(posted[1]?.form).toMatchObject({
      MessageSid: created.sid,
      To: patient,
      From: clinic,
      RawDlrDoneDate: '2611211600',
    });
    const fetched = await client.messages(created.sid).fetch();
    expect(fetched).toMatchObject({
      status: 'delivered',
      errorCode: null,
      dateSent: new Date('2026-11-21T16:00:01Z'),
    });
  });

  it('accepts a text for a service without naming the sender yet', async () => {
    const created = await client.messages.create({ to: patient, messagingServiceSid: serviceSid, body: 'x' });
    expect(created).toMatchObject({
      status: 'accepted',
      from: null,
      numSegments: '0',
      messagingServiceSid: serviceSid,
    });
    await pass(10);
    expect((await client.messages(created.sid).fetch()).from).toBe(clinic);
  });

  it('schedules with a service only, and lets a scheduled text be cancelled', async () => {
    const sendAt = new Date(nowMs + 3_600_000);
    const scheduled = await client.messages.create({
      to: patient,
      messagingServiceSid: serviceSid,
      body: 'x',
      scheduleType: 'fixed',
      sendAt,
    });
    expect(scheduled.status).toBe('scheduled');
    await client.messages(scheduled.sid).update({ status: 'canceled' });
    await pass(7_200);
    expect((await client.messages(scheduled.sid).fetch()).status).toBe('canceled');
    expect(await refusal(send(patient, { scheduleType: 'fixed', sendAt }))).toEqual([400, 35118]);
  });

  it('redacts and deletes what is finished, not what is under way', async () => {
    const { sid } = await send();
    expect(await refusal(client.messages(sid).update({ body: '' }))).toEqual([409, 20009]);
    expect(await refusal(client.messages(sid).remove())).toEqual([409, 20009]);
    await pass(10);
    expect((await client.messages(sid).update({ body: '' })).body).toBe('');
    expect(await client.messages(sid).remove()).toBe(true);
    expect(await refusal(client.messages(sid).fetch())).toEqual([404, 20404]);
  });

  it('lists newest first, filters by number and date, and pages', async () => {
    for (let i = 1; i <= 5; i += 1) {
      await send(patient, { body: `text ${i}` });
      await pass(3_600);
    }
    await send('+13055550124');
    const bodies = (list: { body: string }[]) => list.map((message) => message.body);
    expect(bodies(await client.messages.list({ to: patient, pageSize: 2 }))).toEqual([
      'text 5',
      'text 4',
      'text 3',
      'text 2',
      'text 1',
    ]);
    expect(bodies(await client.messages.list({ from: clinic, limit: 1 }))).toEqual(['Day 1']);
    const after = new Date('2026-11-21T18:30:00Z');
    expect(bodies(await client.messages.list({ dateSentAfter: after }))).toEqual(['text 5', 'text 4']);
    expect(bodies(await client.messages.list({ dateSentBefore: after, pageSize: 1 }))).toEqual([
      'text 3',
      'text 2',
      'text 1',
    ]);
    expect(await client.messages.list({ dateSent: new Date('2026-11-20') })).toEqual([]);
  });

  it('takes API keys and the older token, and nobody else', async () => {
    const httpClient = new LoopbackClient({});
    const options = { httpClient, accountSid };
    await twilio(`SK${'0'.repeat(32)}`, 'key-secret', options).messages.list();
    await twilio(accountSid, 'secondary-token', options).messages.list();
    expect(await refusal(twilio(accountSid, 'wrong', options).messages.list())).toEqual([401, 20003]);
    const other = twilio(accountSid, authToken, { httpClient, accountSid: `AC${'9'.repeat(32)}` });
    expect(await refusal(other.messages.list())).toEqual([404, 20404]);
  });
});

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
    expect(await refusal(send(patient, extra))).toEqual([400, code]);
    expect(emulator.messagesAfter(0)).toEqual([]);
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
    expect(await refusal(send(to))).toEqual([status, code]);
    expect(emulator.messagesAfter(0)).toEqual([]);
  });

  it('lets a first request fail and the next pass where the number says so', async () => {
    expect(await refusal(send('+19865550121'))).toEqual([429, 20429]);
    expect((await send('+19865550121')).status).toBe('queued');
  });

  it.each(['+19865550130', '+19865550131', '+19865550132'])(
    'has accepted the text to %s although the caller heard otherwise',
    async (to) => {
      await expect(send(to)).rejects.toThrow();
      expect(await client.messages.list({ to })).toHaveLength(1);
      await pass(10);
      expect(statuses()).toEqual(['sent', 'delivered']);
    },
  );

  it.each<[string, string, string | undefined]>([
    ['+19865550141', 'failed', '30001'],
    ['+19865550143', 'undelivered', '30003'],
    ['+19865550146', 'undelivered', '30006'],
    ['+19865550147', 'undelivered', '30007'],
    ['+19865550160', 'sent', undefined],
  ])('ends the text to %s as %s with code %s', async (to, status, code) => {
    const { sid } = await send(to);
    await pass(10);
    expect(posted.at(-1)?.form).toMatchObject({ MessageStatus: status });
    expect(posted.at(-1)?.form.ErrorCode).toBe(code);
    expect((await client.messages(sid).fetch()).errorCode).toBe(code === undefined ? null : Number(code));
  });

  it('can lose, double and re-order callbacks', async () => {
    await send('+19865550161');
    await pass(10);
    expect(posted).toEqual([]);
    await send('+19865550162');
    await pass(10);
    expect(statuses()).toEqual(['delivered', 'delivered', 'sent', 'sent']);
  });
});

describe('texts from phones', () => {
  const text = (body: string, extra: object = {}) => {
    const received = emulator.receive({ from: patient, to: clinic, body, ...extra });
    if (!received.ok) throw new Error(received.message);
    return received.sid;
  };
  const sentBodies = () =>
    emulator
      .messagesAfter(0)
      .filter((message) => message.direction !== 'inbound')
      .map((message) => message.body);

  it('reach the webhook once, signed, with the fields Twilio sends', async () => {
    const sid = text(' ¿Puedo ir a la playa? & más ', { mediaUrls: ['https://api.twilio.com/m/1'] });
    await pass(0);
    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatchObject({
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
    expect((await client.messages(sid).fetch()).direction).toBe('inbound');
  });

  it('leave the connection overrides out of what is called and signed, and follow them', async () => {
    inboundUrl = `${app.url}/inbound#rc=2&rp=5xx`;
    appStatus = (path) => (path === '/inbound' ? 503 : 200);
    text('hi');
    await pass(0);
    expect(posted.map((call) => call.path)).toEqual(['/inbound', '/inbound', '/inbound', '/fallback']);
    expect(posted.every((call) => call.signed)).toBe(true);
    expect(new Set(posted.slice(0, 3).map((call) => call.token)).size).toBe(1);
    expect(posted[3]?.form).toMatchObject({ Body: 'hi', ErrorCode: '11200' });
  });

  it('are not repeated after an answered failure, and are lost when the fallback fails too', async () => {
    appStatus = () => 500;
    text('hi');
    await pass(0);
    expect(posted.map((call) => call.path)).toEqual(['/inbound', '/fallback']);
    expect(failedCalls).toEqual(['status 500']);
    expect((await client.messages.list({ to: clinic })).map((message) => message.body)).toEqual(['hi']);
  });

  it('fall back when nobody answers at all', async () => {
    inboundUrl = 'http://127.0.0.1:1/inbound';
    text('hi');
    await pass(0);
    expect(posted.map((call) => call.path)).toEqual(['/fallback']);
  });

  it('are answered by Twilio itself for STOP, once, and sending is refused until START', async () => {
    text(' stop ');
    text('STOP');
    await pass(10);
    expect(sentBodies()).toEqual(['No more.']);
    expect(posted.filter((call) => call.path === '/inbound').map((call) => call.form.OptOutType)).toEqual([
      undefined,
      undefined,
    ]);
    expect(await refusal(send())).toEqual([400, 21610]);
    text('START');
    await pass(10);
    expect(sentBodies()).toEqual(['No more.', 'Back.']);
    expect((await send()).status).toBe('queued');
  });

  it('get no answer for YES from someone who never left, nor for words inside a sentence', async () => {
    text('Yes');
    text('please stop');
    text('help me');
    text('HELP');
    await pass(10);
    expect(sentBodies()).toEqual(['Help!']);
  });

  it('carry OptOutType with Advanced Opt-Out', async () => {
    advancedOptOut = true;
    text('stop');
    text('hello');
    await pass(0);
    expect(posted.map((call) => call.form.OptOutType)).toEqual(['STOP', undefined]);
  });

  it('to a number that is not ours go nowhere', () => {
    expect(emulator.receive({ from: patient, to: '+13055550177', body: 'x' }).ok).toBe(false);
  });
});
