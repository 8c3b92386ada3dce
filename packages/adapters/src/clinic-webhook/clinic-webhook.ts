import { lookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { signWebhook } from '@aftercare/contract/request-signature';
import { epochMs, type Instant } from '@aftercare/time/instant';
import type { ClinicWebhook, WebhookOutcome } from '@aftercare/usecases/ports';
import { isLoopbackAddress, isPublicAddress } from './address.ts';

export type ClinicWebhookOptions = {
  /**
   * With the emulated carrier only: plain http to this machine, where the sample clinic's receiver listens.
   */
  readonly allowLoopback: boolean;
  /** All of one attempt. It must leave the function time to record the outcome. */
  readonly totalMs?: number;
  /** Every address of a host name; the machine's resolver when left out. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
};

/**
 * One signed attempt at a clinic's endpoint. The address is chosen by a clinic, so it must not lead into our
 * own network: https only, every resolved address public, the connection made to the very address that was
 * checked (a second resolution could answer differently), no redirect followed, no answer body read.
 */
export function createClinicWebhook(options: ClinicWebhookOptions): ClinicWebhook {
  const resolve = options.resolve ?? resolveAll;
  return {
    async post(request) {
      const target = await allowedTarget(request.url, options.allowLoopback, resolve);
      if (target.kind !== 'allowed') return target;
      if (request.secrets.length === 0) return { kind: 'refused', cause: 'no_secret' };
      const body = Buffer.from(request.body, 'utf8');
      const headers = {
        'content-type': 'application/json',
        'content-length': String(body.length),
        'user-agent': 'aftercare-webhook/1',
        ...signWebhook({
          webhookId: request.webhookId,
          at: request.sentAt,
          payload: request.body,
          secrets: request.secrets,
        }),
      };
      return attempt(target, { headers, body, sentAt: request.sentAt }, options.totalMs ?? 10_000);
    },
  };
}

type Target = { readonly kind: 'allowed'; readonly url: URL; readonly address: string };

async function allowedTarget(
  text: string,
  allowLoopback: boolean,
  resolve: (hostname: string) => Promise<readonly string[]>,
): Promise<Target | Exclude<WebhookOutcome, { kind: 'answered' }>> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return { kind: 'refused', cause: 'not_a_url' };
  if (url.username !== '' || url.password !== '') return { kind: 'refused', cause: 'credentials_in_url' };
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  let addresses: readonly string[];
  try {
    addresses = isIP(hostname) === 0 ? await resolve(hostname) : [hostname];
  } catch {
    return { kind: 'failed', cause: 'name_not_resolved' };
  }
  const address = addresses[0];
  if (address === undefined) return { kind: 'failed', cause: 'name_not_resolved' };
  if (allowLoopback && addresses.every(isLoopbackAddress) && /^https?:$/.test(url.protocol)) {
    return { kind: 'allowed', url, address };
  }
  if (url.protocol !== 'https:') return { kind: 'refused', cause: 'not_https' };
  if (!addresses.every(isPublicAddress)) return { kind: 'refused', cause: 'private_address' };
  return { kind: 'allowed', url, address };
}

async function resolveAll(hostname: string): Promise<readonly string[]> {
  const found = await lookup(hostname, { all: true });
  return found.map((entry) => entry.address);
}

function attempt(
  target: Target,
  call: { readonly headers: Record<string, string>; readonly body: Buffer; readonly sentAt: Instant },
  totalMs: number,
): Promise<WebhookOutcome> {
  return new Promise((settle) => {
    const send = target.url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(target.url, {
      method: 'POST',
      headers: call.headers,
      agent: false,
      lookup: (_hostname, options, found) => {
        const entry = { address: target.address, family: isIP(target.address) };
        if (options.all === true) found(null, [entry]);
        else found(null, entry.address, entry.family);
      },
    });
    const done = (outcome: WebhookOutcome): void => {
      clearTimeout(timer);
      settle(outcome);
      request.destroy();
    };
    const timer = setTimeout(() => done({ kind: 'failed', cause: 'timeout' }), totalMs);
    request.on('error', (error) => done({ kind: 'failed', cause: codeOf(error) }));
    request.on('response', (response) => done(outcomeOf(response, call.sentAt)));
    request.end(call.body);
  });
}

function outcomeOf(response: IncomingMessage, sentAt: Instant): WebhookOutcome {
  const httpStatus = response.statusCode ?? 0;
  if (httpStatus >= 300 && httpStatus < 400) return { kind: 'refused', cause: 'redirect' };
  const retryAfterSeconds = retryAfter(response.headers['retry-after'], sentAt);
  return { kind: 'answered', httpStatus, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
}

/** RFC 9110: seconds, or an HTTP date. At most a day, so that a wrong clock there does not silence events. */
function retryAfter(header: string | undefined, sentAt: Instant): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d+$/.test(header)
    ? Number(header)
    : Math.ceil((Date.parse(header) - epochMs(sentAt)) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 86_400) : undefined;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code.toLowerCase() : 'connection_failed';
}
