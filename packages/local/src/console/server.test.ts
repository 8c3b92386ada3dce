import { instantFromEpochMs } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
import type { LocalAnswer, LocalRequest } from '../http/loopback-server.ts';
import { readRemoteTarget, remoteConsole } from './remote-target.ts';
import { createConsole } from './server.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const target = { apiUrl: 'http://127.0.0.1:9', clinicId: 'glow', secret, emulated: true };
const wallNow = () => instantFromEpochMs(0);

const ownConsole = createConsole({
  target,
  clinic: async () => undefined,
  sessions: undefined,
  wallNow,
  live: false,
});

const request = (change: Partial<LocalRequest>): LocalRequest => ({
  method: 'GET',
  rawPath: '/',
  rawQuery: '',
  headers: { host: 'localhost:8787' },
  body: Buffer.alloc(0),
  ...change,
});

function statusOf(answer: LocalAnswer | undefined): LocalAnswer['status'] | undefined {
  return answer?.status;
}

describe('who may ask the console', () => {
  const call = (headers: Record<string, string>) =>
    ownConsole(
      request({
        method: 'POST',
        rawPath: '/local/console/sign',
        headers: { host: 'localhost:8787', 'content-type': 'application/json', ...headers },
        body: Buffer.from(JSON.stringify({ method: 'GET', path: '/v1/clinics/glow/alerts' })),
      }),
    );

  it('answers its own page', async () => {
    expect(statusOf(await call({}))).toBe(200);
    expect(statusOf(await call({ origin: 'http://localhost:8787' }))).toBe(200);
  });

  it('does not answer a page of another site, whatever name it points at this machine', async () => {
    expect(statusOf(await call({ origin: 'https://evil.example' }))).toBe(403);
    expect(statusOf(await call({ host: 'evil.example' }))).toBe(403);
    expect(statusOf(await call({ 'content-type': 'text/plain' }))).toBe(403);
  });

  it('never tells the secret', async () => {
    const answers = [
      await call({}),
      await ownConsole(request({ rawPath: '/local/console/setup' })),
      await ownConsole(request({})),
    ];
    expect(JSON.stringify(answers)).not.toContain(secret.slice(6));
  });

  it('says in words that the API does not answer', async () => {
    const answer = await ownConsole(
      request({
        method: 'POST',
        rawPath: '/local/console/call',
        headers: { host: 'localhost:8787', 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify({ method: 'GET', path: '/v1/clinics/glow/alerts' })),
      }),
    );
    expect(answer).toMatchObject({ status: 503, body: expect.stringContaining('does not answer') });
  });

  it('leaves every other path to the API', async () => {
    expect(await ownConsole(request({ rawPath: '/v1/clinics/glow/alerts' }))).toBeUndefined();
    expect(await ownConsole(request({ rawPath: '/local/clock' }))).toBeUndefined();
    expect(await ownConsole(request({ method: 'POST' }))).toBeUndefined();
  });
});

describe('what the console serves', () => {
  it.each([
    ['/', 'text/html'],
    ['/docs', 'text/html'],
    ['/docs/openapi.json', 'application/json'],
    ['/docs/signing/sign.py', 'text/plain'],
    ['/console/style.css', 'text/css'],
    ['/console/console.js', 'text/javascript'],
    ['/console/reference.js', 'text/javascript'],
  ])('%s as %s', async (rawPath, type) => {
    const answer = await ownConsole(request({ rawPath }));
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': expect.stringContaining(type) } });
  });

  it('serves nothing else of the repository', async () => {
    for (const rawPath of [
      '/docs/../package.json',
      '/console/console.tsx',
      '/docs/signing/../../package.json',
    ])
      expect(await ownConsole(request({ rawPath }))).toBeUndefined();
  });

  it('names no other machine in its pages, and forbids them to load from one', async () => {
    for (const rawPath of ['/', '/docs', '/console/style.css']) {
      const answer = await ownConsole(request({ rawPath }));
      if (answer === undefined || !('body' in answer)) throw new Error('it is served');
      expect(Buffer.from(answer.body ?? '').toString()).not.toMatch(/(src|href|url)\S{0,3}https?:/);
      expect(answer.headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'self'"),
      });
    }
  });
});

describe('the console of a deployed API', () => {
  const environment = {
    CONSOLE_API_URL: 'https://api.example/',
    CONSOLE_API_SECRET: secret,
    CONSOLE_CLINIC_ID: 'glow',
  };

  it('is asked for by its address', () => {
    expect(readRemoteTarget({})).toEqual({ kind: 'none' });
    expect(readRemoteTarget(environment)).toMatchObject({
      kind: 'remote',
      target: { apiUrl: 'https://api.example', emulated: false },
    });
  });

  it('names what is missing, and no value', () => {
    const read = readRemoteTarget({ CONSOLE_API_URL: 'http://api.example', CONSOLE_API_SECRET: 'hunter2' });
    expect(read).toMatchObject({ kind: 'wrong', message: expect.stringContaining('CONSOLE_CLINIC_ID') });
    expect(JSON.stringify(read)).not.toContain('hunter2');
  });

  it('lists no sessions and posts none', async () => {
    const read = readRemoteTarget(environment);
    if (read.kind !== 'remote') throw new Error('the environment is whole');
    const pages = remoteConsole(read.target, wallNow);
    const setup = await pages(request({ rawPath: '/local/console/setup' }));
    expect(setup).toMatchObject({ body: expect.stringContaining('"emulated":false') });
    const posted = await pages(
      request({
        method: 'POST',
        rawPath: '/local/console/call',
        headers: { host: 'localhost:8787', 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify({ method: 'POST', path: '/v1/clinics/glow/sessions', body: '{}' })),
      }),
    );
    expect(statusOf(posted)).toBe(403);
  });
});
