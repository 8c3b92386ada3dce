import { createHmac, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type ConnectionPlan, connectionPlan } from './connection-overrides.ts';

export type FormFields = Readonly<Record<string, string>>;

export type CallOutcome =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'ct' | 'rt' };

/**
 * X-Twilio-Signature: HMAC-SHA1 of the URL followed by every field name and value in name order
 * (docs/usage/security). `url` is without fragment.
 */
export function twilioSignature(authToken: string, url: string, fields: FormFields): string {
  const names = Object.keys(fields).sort();
  const signed = names.reduce((text, name) => `${text}${name}${fields[name] ?? ''}`, url);
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}

/**
 * Posts a signed form as Twilio does, with the retries its URL asks for, each carrying the same idempotency
 * token.
 *
 * @param configuredUrl may end in a connection-override fragment
 * @returns the last attempt's outcome
 */
export async function callWebhook(
  configuredUrl: string,
  authToken: string,
  fields: FormFields,
): Promise<CallOutcome> {
  const plan = connectionPlan(configuredUrl);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'x-twilio-signature': twilioSignature(authToken, plan.url, fields),
    'i-twilio-idempotency-token': randomUUID(),
    'user-agent': 'TwilioProxy/1.1',
  };
  const body = new URLSearchParams(fields).toString();
  const deadlineMs = performance.now() + plan.totalTimeoutMs;
  let outcome = await post(plan, headers, body, deadlineMs);
  for (let retry = 0; retry < plan.retries && performance.now() < deadlineMs; retry += 1) {
    if (succeeded(outcome) || !plan.retryOn.has(failureOf(outcome))) break;
    outcome = await post(plan, headers, body, deadlineMs);
  }
  return outcome;
}

/** Twilio takes any 2xx; redirects would lose the form, so they count as failures here. */
export function succeeded(outcome: CallOutcome): boolean {
  return outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300;
}

function failureOf(outcome: CallOutcome): '4xx' | '5xx' | 'ct' | 'rt' {
  if (outcome.kind !== 'answered') return outcome.kind;
  return outcome.status >= 500 ? '5xx' : '4xx';
}

function post(
  plan: ConnectionPlan,
  headers: Readonly<Record<string, string>>,
  body: string,
  deadlineMs: number,
): Promise<CallOutcome> {
  return new Promise((resolve) => {
    const send = plan.url.startsWith('https:') ? httpsRequest : httpRequest;
    let connected = false;
    const request = send(plan.url, { method: 'POST', headers, agent: false }, (response) => {
      response.resume();
      response.once('end', () => finish({ kind: 'answered', status: response.statusCode ?? 0 }));
      response.once('error', () => finish({ kind: 'rt' }));
    });
    const finish = (outcome: CallOutcome): void => {
      clearTimeout(connectTimer);
      clearTimeout(readTimer);
      resolve(outcome);
      request.destroy();
    };
    const leftMs = Math.max(1, deadlineMs - performance.now());
    const connectTimer = setTimeout(
      () => {
        if (!connected) finish({ kind: 'ct' });
      },
      Math.min(plan.connectTimeoutMs, leftMs),
    );
    const readTimer = setTimeout(
      () => finish({ kind: 'rt' }),
      Math.min(plan.connectTimeoutMs + plan.readTimeoutMs, leftMs),
    );
    request.once('socket', (socket) =>
      socket.once('connect', () => {
        connected = true;
      }),
    );
    request.once('error', () => finish({ kind: connected ? 'rt' : 'ct' }));
    request.end(body);
  });
}
