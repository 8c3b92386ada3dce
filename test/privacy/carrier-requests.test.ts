import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTwilioSms } from '@aftercare/adapters/twilio/sms';
import { statusRef } from '@aftercare/usecases/keys';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testSecrets } from '../simulation/outside.ts';
import { leaksIn, marked } from './leaks.ts';

let server: Server;
let base = '';
const seen: { url: string; form: URLSearchParams }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen.push({ url: request.url ?? '', form: new URLSearchParams(body) });
    response.writeHead(500, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

it('puts nothing about a patient into the address of a request or of its callback', async () => {
  const secrets = { current: async () => testSecrets };
  const sms = createTwilioSms({ secrets, publicBaseUrl: 'https://api.example', baseUrl: base });
  const outcome = await sms.send({
    to: marked.phone,
    from: '+13055550100',
    body: `GlowClinic: ${marked.text}`,
    ref: statusRef('P#glow#abcdefghijklmnopqrstuvwxyz', '01ARZ3NDEKTSV4RRFFQ69G5FAV'),
    validityPeriodSeconds: 600,
  });
  expect(outcome).toMatchObject({ kind: 'unknown' });
  const [request] = seen;
  expect(request?.form.get('Body')).toContain(marked.text);
  for (const address of [request?.url ?? 'none', request?.form.get('StatusCallback') ?? 'none']) {
    expect(address).not.toBe('none');
    expect(leaksIn(address)).toEqual([]);
  }
  expect(leaksIn(JSON.stringify(outcome))).toEqual([]);
});
