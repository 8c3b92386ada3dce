import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Instant } from '@aftercare/time/instant';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { createClinicWebhook } from './clinic-webhook.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: (response: ServerResponse) => void) {
  const seen: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      seen.push({ headers: request.headers, body });
      answer(response);
    });
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { seen, url: `http://127.0.0.1:${port}/hooks` };
}

const secrets = [
  `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
  `whsec_${Buffer.alloc(24, 2).toString('base64')}`,
];
const sentAt: Instant = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString() as Instant;
const request = (url: string) => ({
  url,
  webhookId: 'evt_01J',
  sentAt,
  body: '{"type":"reminder.sent"}',
  secrets,
});

describe('posting an event to a clinic', () => {
  it('arrives signed by every active secret, as the official library checks it', async () => {
    const { seen, url } = await serve((response) => void response.writeHead(204).end());
    const outcome = await createClinicWebhook({ allowLoopback: true }).post(request(url));
    expect(outcome).toEqual({ kind: 'answered', httpStatus: 204 });
    const [{ headers, body } = { headers: {}, body: '' }] = seen;
    expect(headers['content-type']).toBe('application/json');
    for (const secret of secrets) {
      const verified = new Webhook(secret).verify(body, {
        'webhook-id': String(headers['webhook-id']),
        'webhook-timestamp': String(headers['webhook-timestamp']),
        'webhook-signature': String(headers['webhook-signature']),
      });
      expect(verified).toEqual({ type: 'reminder.sent' });
    }
  });

  it('does not follow a redirect, for it may lead inside', async () => {
    const inside = await serve((response) => void response.writeHead(200).end());
    const { url } = await serve((response) => void response.writeHead(307, { location: inside.url }).end());
    const outcome = await createClinicWebhook({ allowLoopback: true }).post(request(url));
    expect(outcome).toEqual({ kind: 'refused', cause: 'redirect' });
    expect(inside.seen).toEqual([]);
  });

  it('reads how long the clinic wants to be left alone', async () => {
    const later = new Date(Date.parse(sentAt) + 90_000).toUTCString();
    for (const [header, retryAfterSeconds] of [
      ['120', 120],
      [later, 90],
      ['9999999', 86_400],
    ] as const) {
      const { url } = await serve(
        (response) => void response.writeHead(503, { 'retry-after': header }).end(),
      );
      const outcome = await createClinicWebhook({ allowLoopback: true }).post(request(url));
      expect(outcome).toEqual({ kind: 'answered', httpStatus: 503, retryAfterSeconds });
    }
    const { url } = await serve((response) => void response.writeHead(429, { 'retry-after': 'soon' }).end());
    expect(await createClinicWebhook({ allowLoopback: true }).post(request(url))).toEqual({
      kind: 'answered',
      httpStatus: 429,
    });
  });

  it('gives up on a clinic that never answers, and on one that is not there', async () => {
    const { url } = await serve(() => undefined);
    const webhook = createClinicWebhook({ allowLoopback: true, totalMs: 100 });
    expect(await webhook.post(request(url))).toEqual({ kind: 'failed', cause: 'timeout' });
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
    expect(await webhook.post(request(url))).toEqual({ kind: 'failed', cause: 'econnrefused' });
  });

  it.each([
    ['http://clinic.example/hooks', ['8.8.8.8'], 'not_https'],
    ['ftp://clinic.example/hooks', ['8.8.8.8'], 'not_https'],
    ['https://clinic.example/hooks', ['8.8.8.8', '10.0.0.1'], 'private_address'],
    ['https://clinic.example/hooks', ['169.254.169.254'], 'private_address'],
    ['https://127.0.0.1/hooks', [], 'private_address'],
    ['https://2130706433/hooks', [], 'private_address'],
    ['https://[::1]/hooks', [], 'private_address'],
    ['https://[::ffff:169.254.169.254]/latest', [], 'private_address'],
    ['https://user:word@clinic.example/', ['8.8.8.8'], 'credentials_in_url'],
    ['clinic.example/hooks', ['8.8.8.8'], 'not_a_url'],
  ])('refuses %s at %j', async (url, addresses, cause) => {
    const webhook = createClinicWebhook({ allowLoopback: false, resolve: async () => addresses });
    expect(await webhook.post(request(url))).toEqual({ kind: 'refused', cause });
  });

  it('refuses a private network even beside this machine, when the carrier is emulated', async () => {
    const webhook = createClinicWebhook({
      allowLoopback: true,
      resolve: async () => ['127.0.0.1', '10.0.0.1'],
    });
    const outcome = await webhook.post(request('https://clinic.example/hooks'));
    expect(outcome).toEqual({ kind: 'refused', cause: 'private_address' });
  });

  it('connects to the address that was checked, not to what the name means a moment later', async () => {
    const { seen, url } = await serve((response) => void response.writeHead(200).end());
    const { port } = new URL(url);
    const webhook = createClinicWebhook({ allowLoopback: true, resolve: async () => ['127.0.0.1'] });
    const outcome = await webhook.post(request(`http://no-such-host.invalid:${port}/hooks`));
    expect(outcome).toEqual({ kind: 'answered', httpStatus: 200 });
    expect(seen[0]?.headers.host).toBe(`no-such-host.invalid:${port}`);
  });

  it('sends nothing unsigned', async () => {
    const { seen, url } = await serve((response) => void response.writeHead(200).end());
    const unsigned = { ...request(url), secrets: [] };
    expect(await createClinicWebhook({ allowLoopback: true }).post(unsigned)).toEqual({
      kind: 'refused',
      cause: 'no_secret',
    });
    expect(seen).toEqual([]);
  });

  it('reports a name that cannot be resolved as failed, so that it is tried again', async () => {
    const webhook = createClinicWebhook({
      allowLoopback: false,
      resolve: () => Promise.reject(new Error('ENOTFOUND')),
    });
    const outcome = await webhook.post(request('https://clinic.example/'));
    expect(outcome).toEqual({ kind: 'failed', cause: 'name_not_resolved' });
  });
});
