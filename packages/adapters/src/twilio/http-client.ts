import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** What the SDK's `Version` asks of a client. */
export type TwilioRequest = {
  readonly method: string;
  readonly uri: string;
  readonly headers?: { readonly [name: string]: string };
  readonly params?: { readonly [name: string]: unknown };
  readonly data?: { readonly [name: string]: unknown };
};
export type TwilioResponse = { statusCode: number; body: string; headers: IncomingMessage['headers'] };

/**
 * The call ended without an answer. `processed: 'no'` only when no connection was made, so that no byte of
 * the request can have reached Twilio. Carries nothing of the request: that holds a phone number, a text and
 * a token.
 */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  readonly processed: 'no' | 'perhaps';
  readonly reason: string;
  constructor(processed: 'no' | 'perhaps', reason: string) {
    super(reason);
    this.processed = processed;
    this.reason = reason;
  }
}

export type TwilioHttpOptions = {
  /** `https://api.twilio.com`, or the emulator on loopback. Requests elsewhere are refused. */
  readonly baseUrl: string;
  readonly connectMs: number;
  /** From the first byte out to the last byte in, connecting included. */
  readonly totalMs: number;
};

const mostAnswerBytes = 8 * 1024 * 1024;

/**
 * A client of node:https instead of the SDK's axios: a tenth of the bundle and 10 ms instead of 65 ms at cold
 * start (design 5.11). Sends HTTP Basic credentials and form bodies; never retries, never follows a redirect.
 */
export function createTwilioHttpClient(options: TwilioHttpOptions) {
  const base = new URL(options.baseUrl);
  const secure = base.protocol === 'https:';
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });

  return (credentials: { user: string; password: string }, call: TwilioRequest): Promise<TwilioResponse> => {
    const url = new URL(call.uri);
    if (url.origin !== base.origin) return Promise.reject(new TransportFailure('no', 'foreign_origin'));
    for (const [name, value] of formEntries(call.params)) url.searchParams.append(name, value);
    const body = call.data === undefined ? undefined : new URLSearchParams(formEntries(call.data)).toString();
    const basic = Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64');
    const headers = {
      ...call.headers,
      Accept: 'application/json',
      Authorization: `Basic ${basic}`,
      ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
    };
    return exchange({ url, method: call.method.toUpperCase(), headers, body, secure, agent }, options);
  };
}

type Exchange = {
  readonly url: URL;
  readonly method: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | undefined;
  readonly secure: boolean;
  readonly agent: HttpAgent | HttpsAgent;
};

function exchange(call: Exchange, limits: TwilioHttpOptions): Promise<TwilioResponse> {
  return new Promise((resolve, reject) => {
    const send = call.secure ? httpsRequest : httpRequest;
    const request = send(call.url, { method: call.method, headers: call.headers, agent: call.agent });
    let connected = false;
    const fail = (reason: string): void => {
      clearTimeout(connecting);
      clearTimeout(whole);
      reject(new TransportFailure(connected ? 'perhaps' : 'no', reason));
      request.destroy();
    };
    const connecting = setTimeout(() => fail('connect_timeout'), limits.connectMs);
    const whole = setTimeout(() => fail('timeout'), limits.totalMs);
    const onConnected = (): void => {
      connected = true;
      clearTimeout(connecting);
    };
    request.on('socket', (socket) => {
      if (request.reusedSocket || !socket.connecting) onConnected();
      else socket.once(call.secure ? 'secureConnect' : 'connect', onConnected);
    });
    request.on('error', (error) => fail(codeOf(error)));
    request.on('response', (response) => {
      onConnected();
      readBody(response).then(
        (body) => {
          clearTimeout(whole);
          resolve({ statusCode: response.statusCode ?? 0, body, headers: response.headers });
        },
        (error: unknown) => fail(codeOf(error)),
      );
    });
    request.end(call.body);
  });
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > mostAnswerBytes) throw new Error('answer_too_large');
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return error.code.toLowerCase();
  return error instanceof Error && error.message === 'answer_too_large'
    ? 'answer_too_large'
    : 'connection_failed';
}

/** Arrays repeat their key; what is undefined is left out. */
function formEntries(values: { readonly [name: string]: unknown } = {}): [string, string][] {
  return Object.entries(values).flatMap(([name, value]): [string, string][] => {
    if (value === undefined || value === null) return [];
    return (Array.isArray(value) ? value : [value]).map((entry): [string, string] => [name, String(entry)]);
  });
}
