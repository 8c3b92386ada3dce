import { execFileSync } from 'node:child_process';
import { verifyWebhook } from '@aftercare/contract/request-signature';
import { describe, expect, it } from 'vitest';
import { type ConsoleCall, type ConsoleTarget, curlOf, refusalOf, signCall } from './api-call.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const here: ConsoleTarget = { apiUrl: 'http://127.0.0.1:1', clinicId: 'glow', secret, emulated: true };
const deployed: ConsoleTarget = { ...here, apiUrl: 'https://api.example', emulated: false };
const by = JSON.stringify({ by: 'nurse' });

describe('what the console forwards', () => {
  it.each<[string, ConsoleCall]>([
    ['reads', { method: 'GET', path: '/v1/clinics/glow/alerts?status=open' }],
    ['acknowledgements', { method: 'POST', path: '/v1/clinics/glow/alerts/a1/ack', body: by }],
    ['closings', { method: 'POST', path: '/v1/clinics/glow/tasks/t1/done', body: by }],
    ['a pause', { method: 'POST', path: '/v1/clinics/glow/pause', body: by }],
  ])('passes %s to a deployed API', (_name, call) => {
    expect(refusalOf(deployed, call)).toBeUndefined();
  });

  it.each<[string, ConsoleCall]>([
    ['posts a session', { method: 'POST', path: '/v1/clinics/glow/sessions', body: '{}' }],
    ['cancels a session', { method: 'DELETE', path: '/v1/clinics/glow/sessions/v1' }],
    ['reads another clinic', { method: 'GET', path: '/v1/clinics/other/alerts' }],
    ['climbs out of the clinic', { method: 'GET', path: '/v1/clinics/glow/../other/alerts' }],
    ['climbs out of the host', { method: 'GET', path: '//elsewhere/v1/clinics/glow/alerts' }],
    ['hides a line break', { method: 'GET', path: '/v1/clinics/glow/alerts\n' }],
    ['acts without a name', { method: 'POST', path: '/v1/clinics/glow/alerts/a1/ack', body: '{"by":" "}' }],
    ['acts without a body', { method: 'POST', path: '/v1/clinics/glow/alerts/a1/done' }],
    ['deletes an alert', { method: 'DELETE', path: '/v1/clinics/glow/alerts/a1/ack', body: by }],
  ])('refuses a deployed API what %s', (_name, call) => {
    expect(refusalOf(deployed, call)).toMatch(/\.$/);
  });

  it('posts, amends and cancels sessions on this machine only', () => {
    const calls: ConsoleCall[] = [
      { method: 'POST', path: '/v1/clinics/glow/sessions', body: '{}' },
      { method: 'PUT', path: '/v1/clinics/glow/sessions/v1', body: '{}' },
      { method: 'DELETE', path: '/v1/clinics/glow/sessions/v1' },
    ];
    expect(calls.map((call) => refusalOf(here, call))).toEqual([undefined, undefined, undefined]);
  });
});

describe('the curl command behind a step', () => {
  const body = JSON.stringify({ line: `it's "quoted" $HOME \\ and\nbroken` });
  const wallNow = '2026-11-21T16:00:00.000Z';
  const call: ConsoleCall = { method: 'POST', path: '/v1/clinics/glow/sessions?x=1', body };

  it('carries a signature that our verifier accepts', () => {
    const request = signCall(here, call, 'console_1', wallNow);
    const verdict = verifyWebhook({
      headers: request.headers,
      payload: body,
      secrets: [secret],
      clocks: [wallNow],
    });
    expect(verdict).toEqual({ ok: true, webhookId: 'console_1' });
  });

  it('signs method, path and query of a request without a body', () => {
    const read: ConsoleCall = { method: 'GET', path: '/v1/clinics/glow/alerts?status=open' };
    const { headers } = signCall(here, read, 'console_2', wallNow);
    const verdict = (payload: string) =>
      verifyWebhook({ headers, payload, secrets: [secret], clocks: [wallNow] }).ok;
    expect(verdict('GET /v1/clinics/glow/alerts?status=open')).toBe(true);
    expect(verdict('GET /v1/clinics/glow/alerts')).toBe(false);
  });

  it('survives the shell, whatever the body holds', () => {
    const command = curlOf(signCall(here, call, 'console_3', wallNow));
    const script = `curl() { for last; do :; done; printf %s "$last"; }\n${command}`;
    expect(execFileSync('sh', ['-c', script]).toString()).toBe(body);
  });
});
