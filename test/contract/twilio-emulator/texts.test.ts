import twilio from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accountSid,
  apiKeySid,
  authToken,
  clinic,
  patient,
  refusal,
  serviceSid,
  startTwilioBench,
  type TwilioBench,
} from './twilio-bench.ts';

let bench: TwilioBench;
beforeEach(async () => {
  bench = await startTwilioBench();
});
afterEach(() => bench.end());

describe('the official Twilio SDK against the emulator: texts', () => {
  it('creates a text and reports its way by signed callbacks', async () => {
    const created = await bench.send();
    expect(created).toMatchObject({
      to: patient,
      from: clinic,
      status: 'queued',
      direction: 'outbound-api',
      numSegments: '1',
    });
    expect(created.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(created.dateCreated).toEqual(new Date(bench.nowMs()));
    expect(created.dateSent).toBeNull();
    await bench.pass(10);
    expect(bench.statuses()).toEqual(['sent', 'delivered']);
    expect(bench.posted.every((call) => call.signed)).toBe(true);
    expect(bench.posted[1]?.form).toMatchObject({
      MessageSid: created.sid,
      To: patient,
      From: clinic,
      RawDlrDoneDate: '2611211600',
    });
    const fetched = await bench.client.messages(created.sid).fetch();
    expect(fetched).toMatchObject({
      status: 'delivered',
      errorCode: null,
      dateSent: new Date('2026-11-21T16:00:01Z'),
    });
  });

  it('accepts a text for a service without naming the sender yet', async () => {
    const created = await bench.client.messages.create({
      to: patient,
      messagingServiceSid: serviceSid,
      body: 'x',
    });
    expect(created).toMatchObject({
      status: 'accepted',
      from: null,
      numSegments: '0',
      messagingServiceSid: serviceSid,
    });
    await bench.pass(10);
    expect((await bench.client.messages(created.sid).fetch()).from).toBe(clinic);
  });

  it('schedules with a service only, and lets a scheduled text be cancelled', async () => {
    const sendAt = new Date(bench.nowMs() + 3_600_000);
    const scheduled = await bench.client.messages.create({
      to: patient,
      messagingServiceSid: serviceSid,
      body: 'x',
      scheduleType: 'fixed',
      sendAt,
    });
    expect(scheduled.status).toBe('scheduled');
    await bench.client.messages(scheduled.sid).update({ status: 'canceled' });
    await bench.pass(7_200);
    expect((await bench.client.messages(scheduled.sid).fetch()).status).toBe('canceled');
    expect(await refusal(bench.send(patient, { scheduleType: 'fixed', sendAt }))).toEqual([400, 35118]);
  });

  it('redacts and deletes what is finished, not what is under way', async () => {
    const { sid } = await bench.send();
    expect(await refusal(bench.client.messages(sid).update({ body: '' }))).toEqual([409, 20009]);
    expect(await refusal(bench.client.messages(sid).remove())).toEqual([409, 20009]);
    await bench.pass(10);
    expect((await bench.client.messages(sid).update({ body: '' })).body).toBe('');
    expect(await bench.client.messages(sid).remove()).toBe(true);
    expect(await refusal(bench.client.messages(sid).fetch())).toEqual([404, 20404]);
  });

  it('lists newest first, filters by number and date, and pages', async () => {
    for (let i = 1; i <= 5; i += 1) {
      await bench.send(patient, { body: `text ${i}` });
      await bench.pass(3_600);
    }
    await bench.send('+13055550124');
    const bodies = (list: { body: string }[]) => list.map((message) => message.body);
    expect(bodies(await bench.client.messages.list({ to: patient, pageSize: 2 }))).toEqual([
      'text 5',
      'text 4',
      'text 3',
      'text 2',
      'text 1',
    ]);
    expect(bodies(await bench.client.messages.list({ from: clinic, limit: 1 }))).toEqual(['Day 1']);
    const after = new Date('2026-11-21T18:30:00Z');
    expect(bodies(await bench.client.messages.list({ dateSentAfter: after }))).toEqual(['text 5', 'text 4']);
    expect(bodies(await bench.client.messages.list({ dateSentBefore: after, pageSize: 1 }))).toEqual([
      'text 3',
      'text 2',
      'text 1',
    ]);
    expect(await bench.client.messages.list({ dateSent: new Date('2026-11-20') })).toEqual([]);
  });

  it('takes API keys and the older token, and nobody else', async () => {
    const { httpClient } = bench;
    const options = { httpClient, accountSid };
    await twilio(apiKeySid, 'key-secret', options).messages.list();
    await twilio(accountSid, 'secondary-token', options).messages.list();
    expect(await refusal(twilio(accountSid, 'wrong', options).messages.list())).toEqual([401, 20003]);
    const other = twilio(accountSid, authToken, { httpClient, accountSid: `AC${'9'.repeat(32)}` });
    expect(await refusal(other.messages.list())).toEqual([404, 20404]);
  });
});
