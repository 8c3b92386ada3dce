import { signedPayload, signWebhook } from '@aftercare/contract/request-signature';
import type { Instant } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
import type { Clinic } from '../clinics.ts';
import type { HttpRequest } from './message.ts';
import { admit } from './request-gate.ts';

const now: Instant = '2026-11-21T16:00:00.000Z';
const secretOf = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
const clinicOf = (clinicId: string, secrets: readonly string[]) =>
  ({ config: { clinicId }, webhookSecrets: secrets }) as unknown as Clinic;
const clinics = new Map([
  ['c1', clinicOf('c1', [secretOf(1), secretOf(2)])],
  ['c2', clinicOf('c2', [secretOf(3)])],
]);
const routes = [
  { name: 'accept', method: 'POST', pattern: '/v1/clinics/{clinicId}/sessions' },
  { name: 'read', method: 'GET', pattern: '/v1/clinics/{clinicId}/sessions/{sessionId}' },
  { name: 'cancel', method: 'DELETE', pattern: '/v1/clinics/{clinicId}/sessions/{sessionId}' },
] as const;

const system = (clocks: readonly Instant[] = [now]) => ({
  clinics: { load: async (clinicId: string) => clinics.get(clinicId) },
  metrics: { count: () => undefined, seconds: () => undefined },
  signatureClocks: () => clocks,
});

type Change = Partial<Omit<HttpRequest, 'body'>> & {
  body?: string | Uint8Array;
  secret?: string;
  at?: Instant;
};

function signed(change: Change = {}): HttpRequest {
  const { body = '{"sessionId":"v1"}', secret = secretOf(1), at = now, ...rest } = change;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const request = { method: 'POST', path: '/v1/clinics/c1/sessions', query: '', ...rest, body: bytes };
  const payload = signedPayload({ ...request, rawBody: bytes });
  const signature = signWebhook({ webhookId: 'msg_1', at, payload, secrets: [secret] });
  return { ...request, headers: { 'content-type': 'application/json', ...signature, ...rest.headers } };
}

const statusOf = async (request: HttpRequest, clocks?: readonly Instant[]) => {
  const outcome = await admit<string>(system(clocks), routes, request);
  return outcome.kind === 'admitted' ? outcome.call : outcome.answer.status;
};

describe('the gate before every signed call', () => {
  it('admits a signed body and hands over what it says', async () => {
    const outcome = await admit<string>(system(), routes, signed({ query: 'a=1' }));
    expect(outcome).toMatchObject({
      kind: 'admitted',
      call: 'accept',
      clinic: clinics.get('c1'),
      parameters: { clinicId: 'c1' },
      body: { sessionId: 'v1' },
    });
  });

  it('admits any active secret and a charset', async () => {
    expect(await statusOf(signed({ secret: secretOf(2) }))).toBe('accept');
    const headers = { 'content-type': 'application/json; charset=UTF-8' };
    expect(await statusOf(signed({ headers }))).toBe('accept');
  });

  it('admits a call without a body that is signed over its method and path', async () => {
    const path = '/v1/clinics/c1/sessions/v1';
    const headers = { 'content-type': undefined } as never;
    expect(await statusOf(signed({ method: 'DELETE', path, body: '', headers }))).toBe('cancel');
  });

  it('refuses a signature that was made for another request', async () => {
    const path = '/v1/clinics/c1/sessions/v1';
    const read = signed({ method: 'GET', path, body: '' });
    expect(await statusOf(read)).toBe('read');
    expect(await statusOf({ ...read, method: 'DELETE' })).toBe(401);
    expect(await statusOf({ ...read, path: `${path}2` })).toBe(401);
    expect(await statusOf({ ...read, query: 'full=1' })).toBe(401);
  });

  it('refuses another clinic’s secret, and none at all', async () => {
    expect(await statusOf(signed({ secret: secretOf(3) }))).toBe(401);
    expect(await statusOf({ ...signed(), headers: { 'content-type': 'application/json' } })).toBe(401);
  });

  it('refuses a stale signature, unless another clock of this machine agrees with it', async () => {
    const stale = signed({ at: '2026-11-21T15:54:59.000Z' });
    expect(await statusOf(stale)).toBe(401);
    expect(await statusOf(stale, ['2026-12-24T00:00:00.000Z', '2026-11-21T15:59:00.000Z'])).toBe('accept');
  });

  it('checks in the order of the contract, whatever else is wrong', async () => {
    const big = `"${'x'.repeat(64 * 1024)}"`;
    const worst = {
      method: 'PATCH',
      path: '/v1/nowhere',
      body: big,
      headers: { 'content-type': 'text/plain' },
    };
    const bad = (change: Change) => ({
      ...signed({ ...worst, ...change }),
      headers: { ...worst.headers, ...change.headers },
    });
    expect(await statusOf(bad({}))).toBe(404);
    expect(await statusOf(bad({ path: '/v1/clinics/c9/sessions' }))).toBe(404);
    expect(await statusOf(bad({ path: '/v1/clinics/c1/sessions' }))).toBe(405);
    expect(await statusOf(bad({ path: '/v1/clinics/c1/sessions', method: 'POST' }))).toBe(413);
    const path = { path: '/v1/clinics/c1/sessions', method: 'POST', body: '{' };
    expect(await statusOf(bad(path))).toBe(415);
    expect(await statusOf(bad({ ...path, headers: { 'content-type': 'application/json' } }))).toBe(401);
    expect(await statusOf(signed(path))).toBe(400);
  });

  it('names the methods that a path has', async () => {
    const outcome = await admit<string>(
      system(),
      routes,
      signed({ method: 'PUT', path: '/v1/clinics/c1/sessions/v1' }),
    );
    expect(outcome).toMatchObject({
      kind: 'refused',
      answer: { status: 405, headers: { allow: 'GET, DELETE' } },
    });
  });

  it('takes a body of exactly 64 KiB', async () => {
    expect(await statusOf(signed({ body: `"${'x'.repeat(64 * 1024 - 2)}"` }))).toBe('accept');
    expect(await statusOf(signed({ body: `"${'x'.repeat(64 * 1024 - 1)}"` }))).toBe(413);
  });

  it('does not guess at bytes that are not UTF-8', async () => {
    expect(await statusOf(signed({ body: Uint8Array.of(0x22, 0xff, 0x22) }))).toBe(400);
  });

  it('answers every refusal as problem+json that nobody may store', async () => {
    const outcome = await admit<string>(system(), routes, signed({ path: '/nowhere' }));
    if (outcome.kind !== 'refused') throw new Error('there is nothing at that path');
    expect(outcome.answer.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    });
    expect(JSON.parse(outcome.answer.body)).toMatchObject({ status: 404, code: 'path_not_found' });
  });
});
