import { signedPayload, signWebhook } from '@aftercare/contract/request-signature';
import type { Instant } from '@aftercare/time/instant';
import * as z from 'zod';

/** The API that the console talks to, and the secret it holds so that the page never needs one. */
export type ConsoleTarget = {
  /** Without a slash at the end: `http://127.0.0.1:8787`. */
  readonly apiUrl: string;
  readonly clinicId: string;
  readonly secret: string;
  /** True for the system on this machine: only there may the console post, amend and cancel sessions. */
  readonly emulated: boolean;
};

export const consoleCall = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
  path: z.string().max(400),
  body: z.string().max(70_000).optional(),
});
export type ConsoleCall = z.output<typeof consoleCall>;

/** What went over the wire and what came back, for the page's list of calls. */
export type ConsoleCallAnswer = {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly curl: string;
};

const shownHeaders = ['content-type', 'idempotent-replayed', 'allow', 'retry-after'];
const person = z.looseObject({ by: z.string().trim().min(1) });

/**
 * Why a call may not be forwarded, in a sentence; undefined when it may. Against a deployed API only reads,
 * acknowledge, close and pause pass, and those that act name the person (issue 7, point 1).
 */
export function refusalOf(target: ConsoleTarget, call: ConsoleCall): string | undefined {
  const base = `/v1/clinics/${target.clinicId}/`;
  const [path = ''] = call.path.split('?');
  const wellFormed = /^\/[A-Za-z0-9._/-]+(\?[A-Za-z0-9._~=&%:-]*)?$/.test(call.path);
  if (!wellFormed || path.includes('..') || !path.startsWith(base)) {
    return `The console calls paths under ${base} only.`;
  }
  if (call.method === 'GET') return undefined;
  const rest = path.slice(base.length);
  if (/^sessions(\/[^/]+)?$/.test(rest)) {
    return target.emulated ? undefined : 'Sessions of a deployed system come from the clinic’s own software.';
  }
  const acts = /^(alerts\/[^/]+\/(ack|done)|tasks\/[^/]+\/done|pause|resume)$/.test(rest);
  if (call.method !== 'POST' || !acts) return 'The console reads, acknowledges, closes and pauses only.';
  if (!namesPerson(call.body)) return 'Say who does it: the body needs "by".';
  return undefined;
}

function namesPerson(body: string | undefined): boolean {
  try {
    return person.safeParse(JSON.parse(body ?? '')).success;
  } catch {
    return false;
  }
}

export type SignedRequest = ConsoleCallAnswer['request'];

/** The request with its three headers. Signed with the wall clock, so that moving the clock ages nothing. */
export function signCall(
  target: ConsoleTarget,
  call: ConsoleCall,
  webhookId: string,
  wallNow: Instant,
): SignedRequest {
  const [path = '', query = ''] = call.path.split('?');
  const payload = signedPayload({
    method: call.method,
    path,
    query,
    ...(call.body === undefined ? {} : { rawBody: call.body }),
  });
  const signature = signWebhook({ webhookId, at: wallNow, payload, secrets: [target.secret] });
  return {
    method: call.method,
    url: `${target.apiUrl}${call.path}`,
    headers: {
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...signature,
    },
    ...(call.body === undefined ? {} : { body: call.body }),
  };
}

/** Sends it and reads the whole answer. Rejects when the API cannot be reached. */
export async function forwardCall(request: SignedRequest): Promise<ConsoleCallAnswer> {
  const response = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    redirect: 'error',
    signal: AbortSignal.timeout(20_000),
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  const headers = shownHeaders.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return {
    request,
    status: response.status,
    headers: Object.fromEntries(headers),
    body: await response.text(),
    curl: curlOf(request),
  };
}

/** The same request for a shell. */
export function curlOf(request: SignedRequest): string {
  const lines = [
    `curl -sS -X ${request.method} ${quoted(request.url)}`,
    ...Object.entries(request.headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(request.body === undefined ? [] : [`--data-binary ${quoted(request.body)}`]),
  ];
  return lines.join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
