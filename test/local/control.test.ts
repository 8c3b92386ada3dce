import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type LocalWorld, session, startLocalWorld } from './local-world.ts';

// Real processes and a real disk: slow when the machine is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: LocalWorld;
beforeAll(async () => {
  world = await startLocalWorld('2026-11-21T17:30:00Z');
});
afterAll(() => world.end());

const api = () => world.runtime().info.endpoints.api;
const post = async (path: string, body: string) => {
  const response = await fetch(`${api()}${path}`, { method: 'POST', body });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: (await response.json()) as { now: string },
  };
};

describe('the control endpoints', () => {
  it('tell what a program needs to use the system', async () => {
    const info = (await (await fetch(`${api()}/local/info`)).json()) as { endpoints: object };
    expect(info).toMatchObject({
      clinicId: 'glow',
      webhookSecret: expect.stringMatching(/^whsec_/),
      clinicPhone: '+13055550100',
      alertPhone: '+13055550101',
      onCallPhone: '+13055550111',
      twilioAuthToken: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(Object.keys(info.endpoints).sort()).toEqual([
      'api',
      'console',
      'dynamodb',
      'scheduler',
      'sqs',
      'twilio',
    ]);
  });

  it.each([
    '',
    '{}',
    '[]',
    '{"advanceBy": 5}',
    '{"advanceBy": "1 day"}',
    '{"advanceBy": "P1D", "toNext": true}',
    '{"advanceBy": "P9000D"}',
    '{"advanceTo": "2026-11-21T17:29:59Z"}',
    '{"advanceTo": "tomorrow"}',
    '{"toNext": false}',
  ])('refuse to move the clock by %s and leave it where it is', async (body) => {
    const before = world.runtime().clock.now();
    expect(await post('/local/clock', body)).toMatchObject({ status: 400, type: 'application/problem+json' });
    expect(world.runtime().clock.now()).toBe(before);
  });

  it.each([
    ['{"body": "hi"}', /from/],
    ['{"from": "+13055550123"}', /body/],
    ['{"from": "hello", "body": "hi"}', /from/],
    ['{"from": "+13055550123", "to": "+13055550188", "body": "hi"}', /not a number of this account/],
    ['{"from": "+13055550123", "body": "hi", "extra": 1}', /extra/],
  ])('refuse the text %s and say why', async (body, why) => {
    const answer = await post('/local/phone', body);
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringMatching(why) } });
  });

  it('do not answer a host name that somebody else points at this machine', async () => {
    const status = await new Promise((resolve, reject) => {
      const asked = request(`${api()}/local/info`, { headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.once('error', reject);
      asked.end();
    });
    expect(status).toBe(403);
  });

  it('do not let a page from elsewhere move the clock', async () => {
    const headers = { origin: 'https://evil.example' };
    const answer = await fetch(`${api()}/local/clock`, { method: 'POST', headers, body: '{"toNext":true}' });
    expect(answer.status).toBe(403);
  });

  it('step to the next event, and answer when what fell due is done', async () => {
    await world.call('POST', '/sessions', session());
    const steps: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      const { body } = await post('/local/clock', '{"toNext": true}');
      steps.push(body.now);
      if ((await world.messages()).some((message) => message.day === 1)) break;
    }
    expect(steps.at(-1)).toBe('2026-11-22T15:00:00.000Z');
    expect([...steps].sort()).toEqual(steps);
  });
});
