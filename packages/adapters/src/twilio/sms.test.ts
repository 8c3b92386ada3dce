import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SystemSecrets } from '@aftercare/usecases/ports';
import { afterEach, describe, expect, it } from 'vitest';
import { createTwilioSms } from './sms.ts';

const accountSid = `AC${'0'.repeat(32)}`;
const systemSecrets: SystemSecrets = {
  twilioAccountSid: accountSid,
  twilioAuthTokens: ['newest', 'older'],
  phonePepper: '',
  dataKeys: [],
};
const text = {
  to: '+13055550123',
  from: '+13055550100',
  body: 'Today 1 better 2 same?',
  ref: 'S~abc.01J',
  validityPeriodSeconds: 3600,
};
type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void;
const servers: Server[] = [];

/** An HTTP server that answers as told, and the requests it saw. */
async function serve(answer: Answer) {
  const seen: { method: string | undefined; url: string | undefined; user: string; form: URLSearchParams }[] =
    [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      const basic = request.headers.authorization?.replace('Basic ', '') ?? '';
      const user = Buffer.from(basic, 'base64').toString();
      seen.push({ method: request.method, url: request.url, user, form: new URLSearchParams(body) });
      answer(request, body, response);
    });
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { seen, port, baseUrl: `http://127.0.0.1:${port}` };
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const sms = (baseUrl: string, options: { totalMs?: number; messagingServiceSid?: string } = {}) =>
  createTwilioSms({
    secrets: { current: async () => systemSecrets },
    publicBaseUrl: 'https://texts.example.com/',
    baseUrl,
    ...options,
  });
const answerJson =
  (status: number, body: unknown): Answer =>
  (_request, _body, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
const created = {
  sid: `SM${'b'.repeat(32)}`,
  status: 'queued',
  num_segments: '2',
  date_created: 'Sat, 21 Nov 2026 15:00:00 +0000',
};

describe('sending through Twilio', () => {
  it('asks for exactly this text, and for callbacks that carry our reference', async () => {
    const { seen, baseUrl } = await serve(answerJson(201, created));
    const outcome = await sms(baseUrl, { messagingServiceSid: `MG${'c'.repeat(32)}` }).send(text);
    expect(outcome).toEqual({ kind: 'accepted', providerSid: created.sid, status: 'queued', segments: 2 });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: `/2010-04-01/Accounts/${accountSid}/Messages.json`,
      user: `${accountSid}:newest`,
    });
    expect(Object.fromEntries(seen[0]?.form ?? [])).toEqual({
      To: text.to,
      From: text.from,
      Body: text.body,
      ValidityPeriod: '3600',
      StatusCallback: 'https://texts.example.com/twilio/status?ref=S~abc.01J',
      RiskCheck: 'disable',
      MessagingServiceSid: `MG${'c'.repeat(32)}`,
    });
  });

  it('knows no segments when Twilio does not know them yet', async () => {
    const { baseUrl } = await serve(answerJson(201, { ...created, status: 'accepted', num_segments: '0' }));
    expect(await sms(baseUrl).send(text)).toEqual({
      kind: 'accepted',
      providerSid: created.sid,
      status: 'accepted',
    });
  });

  it.each([
    [400, { code: 21610, message: 'opted out' }, { kind: 'rejected', code: 21610, httpStatus: 400 }],
    [403, 'a proxy page', { kind: 'rejected', code: undefined, httpStatus: 403 }],
    [429, { code: 20429 }, { kind: 'not_processed', code: 20429 }],
    [429, 'too many', { kind: 'not_processed', code: 20429 }],
    [408, {}, { kind: 'unknown', cause: 'http_408' }],
    [500, { code: 20500 }, { kind: 'unknown', cause: 'http_500' }],
    [503, '<html>', { kind: 'unknown', cause: 'http_503' }],
    [302, {}, { kind: 'unknown', cause: 'http_302' }],
    [201, {}, { kind: 'unknown', cause: 'unreadable_answer' }],
  ])('reads the answer %i %j safely', async (status, body, expected) => {
    const { baseUrl, seen } = await serve((_request, _body, response) => {
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    expect(await sms(baseUrl).send(text)).toEqual(expected);
    expect(seen).toHaveLength(1);
  });

  it('does not know what became of a text whose answer is no JSON', async () => {
    const { baseUrl } = await serve(
      (_request, _body, response) => void response.writeHead(201).end('{"sid":'),
    );
    expect(await sms(baseUrl).send(text)).toEqual({ kind: 'unknown', cause: 'unreadable_answer' });
  });

  it('does not know after a time-out or a reset, for the bytes were out', async () => {
    const silent = await serve(() => undefined);
    expect(await sms(silent.baseUrl, { totalMs: 100 }).send(text)).toEqual({
      kind: 'unknown',
      cause: 'timeout',
    });
    const reset = await serve((request) => void request.socket.destroy());
    expect(await sms(reset.baseUrl).send(text)).toEqual({ kind: 'unknown', cause: 'econnreset' });
  });

  it('does not know after a reset on a connection that was open already', async () => {
    let requests = 0;
    const { baseUrl } = await serve((request, body, response) => {
      requests += 1;
      if (requests === 1) answerJson(201, created)(request, body, response);
      else request.socket.destroy();
    });
    const carrier = sms(baseUrl);
    expect(await carrier.send(text)).toMatchObject({ kind: 'accepted' });
    expect(await carrier.send(text)).toEqual({ kind: 'unknown', cause: 'econnreset' });
  });

  it('is sure that nothing was sent when no connection was made', async () => {
    const { port } = await serve(() => undefined);
    for (const server of servers.splice(0)) await new Promise((closed) => server.close(closed));
    expect(await sms(`http://127.0.0.1:${port}`).send(text)).toEqual({
      kind: 'not_processed',
      code: undefined,
    });
  });

  it('is sure that nothing was sent when it could not read the secrets', async () => {
    const carrier = createTwilioSms({
      secrets: { current: () => Promise.reject(new Error('throttled')) },
      publicBaseUrl: 'https://texts.example.com',
    });
    expect(await carrier.send(text)).toEqual({ kind: 'not_processed', code: undefined });
    expect(await carrier.list({ since: '2026-11-21T00:00:00.000Z' })).toEqual({
      kind: 'failed',
      cause: 'no_secrets',
    });
  });

  it('goes on with the older token while the newest is not accepted yet', async () => {
    const { baseUrl, seen } = await serve((request, body, response) => {
      const isOlder = Buffer.from(request.headers.authorization?.slice(6) ?? '', 'base64')
        .toString()
        .endsWith(':older');
      answerJson(isOlder ? 201 : 401, isOlder ? created : { code: 20003 })(request, body, response);
    });
    expect(await sms(baseUrl).send(text)).toMatchObject({ kind: 'accepted' });
    expect(seen.map((call) => call.user)).toEqual([`${accountSid}:newest`, `${accountSid}:older`]);
  });
});

describe('listing from Twilio', () => {
  const entry = (n: number, minute: number) => ({
    ...created,
    sid: `SM${String(n).padStart(32, '0')}`,
    to: text.to,
    from: text.from,
    body: text.body,
    direction: n % 2 === 0 ? 'inbound' : 'outbound-api',
    status: n % 2 === 0 ? 'received' : 'undelivered',
    error_code: n % 2 === 0 ? null : 30003,
    date_created: `Sat, 21 Nov 2026 15:${String(minute).padStart(2, '0')}:00 +0000`,
  });
  const nextUri = `/2010-04-01/Accounts/${accountSid}/Messages.json?Page=1`;

  it('reads every page and leaves out what is older than asked', async () => {
    const { baseUrl, seen } = await serve((request, body, response) => {
      const second = request.url?.includes('Page=1') === true;
      answerJson(200, {
        messages: second ? [entry(3, 5)] : [entry(1, 30), entry(2, 20)],
        ...(second ? { next_page_uri: null } : { next_page_uri: nextUri }),
      })(request, body, response);
    });
    const listed = await sms(baseUrl).list({ to: text.to, since: '2026-11-21T15:20:00.000Z' });
    expect(listed).toEqual({
      kind: 'listed',
      messages: [
        {
          providerSid: entry(1, 30).sid,
          direction: 'outbound',
          to: text.to,
          from: text.from,
          body: text.body,
          status: 'undelivered',
          errorCode: 30003,
          createdAt: '2026-11-21T15:30:00.000Z',
        },
        {
          providerSid: entry(2, 20).sid,
          direction: 'inbound',
          to: text.to,
          from: text.from,
          body: text.body,
          status: 'received',
          createdAt: '2026-11-21T15:20:00.000Z',
        },
      ],
    });
    expect(seen.map((call) => call.url)).toEqual([
      `/2010-04-01/Accounts/${accountSid}/Messages.json?To=%2B13055550123&PageSize=100`,
      nextUri,
    ]);
  });

  it('stops at a page that is all a day older, instead of reading years', async () => {
    const { baseUrl, seen } = await serve(
      answerJson(200, { messages: [entry(1, 0)], next_page_uri: nextUri }),
    );
    const listed = await sms(baseUrl).list({ since: '2026-11-22T16:00:00.000Z' });
    expect(listed).toEqual({ kind: 'listed', messages: [] });
    expect(seen).toHaveLength(1);
  });

  it('fails whole when one page fails, and when there is no end', async () => {
    const broken = await serve((request, body, response) => {
      const second = request.url?.includes('Page=1') === true;
      answerJson(second ? 503 : 200, { messages: [entry(1, 30)], next_page_uri: nextUri })(
        request,
        body,
        response,
      );
    });
    const since = '2026-11-21T15:00:00.000Z';
    expect(await sms(broken.baseUrl).list({ since })).toEqual({ kind: 'failed', cause: 'http_503' });
    const endless = await serve(answerJson(200, { messages: [entry(1, 30)], next_page_uri: nextUri }));
    expect(await sms(endless.baseUrl).list({ since })).toEqual({ kind: 'failed', cause: 'too_many_pages' });
    expect(endless.seen).toHaveLength(50);
  });
});
