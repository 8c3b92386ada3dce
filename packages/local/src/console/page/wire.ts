import type { Problem } from '@aftercare/contract/problem';
import type { ConsoleCallAnswer } from '../api-call.ts';
import type { CallRecord, Store } from './state.ts';

/** A call of the API through the console's server part, or the reason why there is no answer. */
export type Reached<T> =
  | { readonly ok: true; readonly status: number; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

export type Wire = {
  /** Signed and forwarded. `label` names the step; none for what the page reads by itself. */
  readonly api: <T>(method: ApiMethod, path: string, body?: unknown, label?: string) => Promise<Reached<T>>;
  /** This machine's own control endpoints, unsigned. */
  readonly control: <T>(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    label?: string,
  ) => Promise<Reached<T>>;
  /** The same call as a curl command, signed now. */
  readonly freshCurl: (record: CallRecord) => Promise<string>;
};

export type ApiMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

const mostCalls = 40;

const unreachable: Problem = {
  type: 'about:blank',
  title: 'No answer',
  status: 503,
  code: 'unavailable',
  detail: 'The local runtime does not answer. Is `npx pnpm@12 start` still running?',
};

/** Talks to the machine the page came from, and keeps what was said. */
export function createWire(store: Store): Wire {
  let lastId = 0;
  const keep = (answer: ConsoleCallAnswer, label: string | undefined, signed: boolean): void => {
    lastId += 1;
    const automatic = label === undefined;
    const record: CallRecord = {
      ...answer,
      id: lastId,
      label: label ?? readLabel(answer.request.url),
      atMs: Date.now(),
      automatic,
      signed,
      times: 1,
    };
    const { calls } = store.get();
    const before = calls.find((call) => (automatic ? sameRead(call, record) : !call.automatic));
    const repeated = before !== undefined && sameStep(before, record);
    const shown = repeated ? { ...record, times: before.times + 1 } : record;
    const others = calls.filter((call) => call !== before || !(repeated || automatic));
    store.set({ calls: [shown, ...others].slice(0, mostCalls) });
  };
  return {
    api: async (method, path, body, label) => {
      const call = { method, path, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const response = await post('/local/console/call', call);
      if (response === undefined) return { ok: false, problem: unreachable };
      if (!response.ok) return { ok: false, problem: await response.json() };
      const answer: ConsoleCallAnswer = await response.json();
      keep(answer, label, true);
      return answer.status < 400
        ? { ok: true, status: answer.status, value: JSON.parse(answer.body) }
        : { ok: false, problem: JSON.parse(answer.body) };
    },
    control: async (method, path, body, label) => {
      const response = method === 'GET' ? await get(path) : await post(path, body);
      if (response === undefined) return { ok: false, problem: unreachable };
      const text = await response.text();
      if (label !== undefined) keep(controlAnswer(method, path, body, response.status, text), label, false);
      return response.ok
        ? { ok: true, status: response.status, value: JSON.parse(text) }
        : { ok: false, problem: JSON.parse(text) };
    },
    freshCurl: async ({ request, signed, curl }) => {
      if (!signed) return curl;
      const { pathname, search } = new URL(request.url);
      const call = { method: request.method, path: pathname + search };
      const response = await post('/local/console/sign', {
        ...call,
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      if (response === undefined || !response.ok) return curl;
      const fresh: { curl: string } = await response.json();
      return fresh.curl;
    },
  };
}

const sameRead = (a: CallRecord, b: CallRecord): boolean => a.automatic && a.label === b.label;

/** The same move of the clock again and again stands once, with how often. */
const sameStep = (a: CallRecord, b: CallRecord): boolean =>
  !a.signed && !b.signed && a.label === b.label && a.request.body === b.request.body;

async function get(path: string): Promise<Response | undefined> {
  return fetch(path).catch(() => undefined);
}

async function post(path: string, body: unknown): Promise<Response | undefined> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  return fetch(path, init).catch(() => undefined);
}

function readLabel(url: string): string {
  const path = new URL(url).pathname.replace(/^\/v1\/clinics\/[^/]+\//, '');
  return `Read ${path.replace(/^(\w+)\/.*$/, (_all, noun: string) => noun.replace(/s$/, ''))}`;
}

function controlAnswer(
  method: string,
  path: string,
  body: unknown,
  status: number,
  answer: string,
): ConsoleCallAnswer {
  const text = JSON.stringify(body);
  const url = `${window.location.origin}${path}`;
  return {
    request: { method, url, headers: { 'content-type': 'application/json' }, body: text },
    status,
    headers: {},
    body: answer,
    curl: `curl -sS -X ${method} '${url}' \\\n  --data-binary '${text.replaceAll("'", `'\\''`)}'`,
  };
}
