import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { signedPayload, verifyWebhook, webhookSecretOf } from '@aftercare/contract/request-signature';
import { parseInstant } from '@aftercare/time/instant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const samples = fileURLToPath(new URL('../../docs/signing/', import.meta.url));
const secret = webhookSecretOf(new Uint8Array(32).map((_, index) => index * 7));
const bodyFile = join(mkdtempSync(join(tmpdir(), 'aftercare-signing-')), 'session.json');
const body = '{ "sessionId": "v1", "firstName": "Zoë" }\n';
const run = promisify(execFile);

let server: Server;
let address: string;

/** Answers with what the verifier says and what it saw. */
beforeAll(async () => {
  writeFileSync(bodyFile, body);
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const rawBody = Buffer.concat(chunks);
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const payload = signedPayload({ method: request.method ?? '', path, query, rawBody });
    const now = parseInstant(new Date().toISOString());
    const verdict = verifyWebhook({
      headers: headersOf(request),
      payload,
      secrets: [secret],
      clocks: now === undefined ? [] : [now],
    });
    response.end(
      JSON.stringify({ ok: verdict.ok, seen: `${request.method} ${request.url} ${rawBody.length}` }),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
});

afterAll(() => {
  server.close();
});

function headersOf(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}

describe.each([
  ['sign.sh', 'sh'],
  ['sign.ts', process.execPath],
  ['sign.py', 'python3'],
])('the sample %s', (file, program) => {
  it.each([
    ['POST', '/v1/clinics/glow/sessions', true],
    ['PUT', '/v1/clinics/glow/sessions/v1', true],
    ['DELETE', '/v1/clinics/glow/sessions/v1', false],
    ['GET', '/v1/clinics/glow/alerts?status=open', false],
  ])('signs %s %s so that we accept it', async (method, path, withBody) => {
    const length = withBody ? Buffer.byteLength(body) : 0;
    const args = [join(samples, file), method, `${address}${path}`, ...(withBody ? [bodyFile] : [])];
    const { stdout } = await run(program, args, { env: { ...process.env, AFTERCARE_SECRET: secret } });
    expect(JSON.parse(stdout)).toEqual({ ok: true, seen: `${method} ${path} ${length}` });
  });

  it('is refused with another secret', async () => {
    const env = { ...process.env, AFTERCARE_SECRET: webhookSecretOf(new Uint8Array(32).fill(9)) };
    const args = [join(samples, file), 'GET', `${address}/v1/clinics/glow/alerts`];
    const { stdout } = await run(program, args, { env });
    expect(JSON.parse(stdout)).toMatchObject({ ok: false });
  });
});
