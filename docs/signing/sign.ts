// Signs and sends one request with nothing but Node (22.18 or newer runs it as it is).
// usage: AFTERCARE_SECRET=whsec_... node sign.ts METHOD URL [body.json]
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

export type SignedHeaders = Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>;

/** `body`: exactly the bytes that will be sent. Without one, METHOD path?query is signed in its place. */
export function sign(
  secret: string,
  method: string,
  url: URL,
  body: string | undefined,
  now: Date,
): SignedHeaders {
  const id = `msg_${randomUUID()}`;
  const timestamp = Math.floor(now.getTime() / 1000);
  const payload = body ?? `${method} ${url.pathname}${url.search}`;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${payload}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}

const [, , method, address, file] = process.argv;
const secret = process.env.AFTERCARE_SECRET;
if (method === undefined || address === undefined || secret === undefined) {
  console.error('usage: AFTERCARE_SECRET=whsec_... node sign.ts METHOD URL [body.json]');
  process.exit(2);
}
const url = new URL(address);
const body = file === undefined ? undefined : readFileSync(file, 'utf8');
const headers = sign(secret, method, url, body, new Date());
const response = await fetch(url, {
  method,
  headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
  ...(body === undefined ? {} : { body }),
});
console.log(await response.text());
