import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { twilioSignature } from '@aftercare/adapters/twilio/signature';
import { signedPayload, signWebhook } from '@aftercare/contract/request-signature';
import { freePort } from '@aftercare/local/embedded-dynamodb/embedded-dynamodb';
import type { LocalInfo } from '@aftercare/local/runtime/control-api';
import type { ShownMessage } from '@aftercare/local/runtime/message-log';
import { parseInstant } from '@aftercare/time/instant';

/** The real local runtime as a process of its own, to be killed and started again on one folder. */
export type LocalProcess = {
  /**
   * Wall-clock ms until the first answer. With a limit, no file grows beyond so many KiB: a disk that is
   * full.
   */
  start(limitKib?: number): Promise<number>;
  kill(): Promise<void>;
  /** The processes it started itself: the database. */
  childPids(): readonly number[];
  /** Undefined when the process died on the way. */
  post(path: string, body: object): Promise<Answer | undefined>;
  get(path: string): Promise<unknown>;
  /** A signed call of the clinic's software. */
  clinicCall(method: string, path: string, body?: object): Promise<Answer | undefined>;
  /** A text through the carrier's signed webhook: the HTTP status of our answer. */
  inbound(from: string, number: number, body: string): Promise<number | undefined>;
  info(): Promise<LocalInfo>;
  messages(): Promise<readonly ShownMessage[]>;
  now(): Promise<string>;
};
export type Answer = { readonly status: number; readonly body: unknown };

const startScript = fileURLToPath(new URL('../../packages/cli/src/start.ts', import.meta.url));

export async function createLocalProcess(folder: string): Promise<LocalProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let requests = 0;

  async function call(path: string, init: RequestInit): Promise<Answer | undefined> {
    try {
      const response = await fetch(`${url}${path}`, init);
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    } catch {
      return undefined;
    }
  }
  const get = async (path: string) => (await call(path, {}))?.body;
  const info = async (): Promise<LocalInfo> => (await get('/local/info')) as LocalInfo;
  const now = async (): Promise<string> => ((await get('/local/clock')) as { now: string }).now;

  return {
    get,
    info,
    now,
    post: (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) }),
    messages: async () => (await get('/local/messages')) as ShownMessage[],
    async start(limitKib) {
      const began = performance.now();
      const env = { ...process.env, PORT: String(port), LOCAL_DATA: folder };
      const stdio: ['ignore', 'ignore', 'pipe'] = ['ignore', 'ignore', 'pipe'];
      const started =
        limitKib === undefined
          ? spawn(process.execPath, [startScript], { env, stdio })
          : spawn('bash', ['-c', limited(limitKib), process.execPath, startScript], { env, stdio });
      child = started;
      let complaint = '';
      started.stderr?.on('data', (chunk: Buffer) => {
        complaint = (complaint + chunk.toString()).slice(-2000);
      });
      while ((await call('/health', {}))?.status !== 200) {
        if (started.exitCode !== null) throw new Error(`start failed: ${complaint}`);
        await wait(20);
      }
      return performance.now() - began;
    },
    childPids() {
      const pid = child?.pid;
      if (pid === undefined) return [];
      const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
      return text === '' ? [] : text.split(' ').map(Number);
    },
    async kill() {
      const dying = child;
      child = undefined;
      if (dying === undefined || dying.exitCode !== null || dying.signalCode !== null) return;
      const gone = new Promise((resolve) => dying.once('exit', resolve));
      dying.kill('SIGKILL');
      await gone;
    },
    inbound: async (from, number, body) => postInbound(url, await info(), { from, number, body }),
    async clinicCall(method, path, body) {
      const known = await info().catch(() => undefined);
      if (known === undefined) return undefined;
      requests += 1;
      const { target, init } = signedCall(known, requests, { method, path, body });
      return call(target, init);
    },
  };
}

/** Writing past the limit is an error, as on a full disk, instead of a signal that ends the process. */
const limited = (kib: number): string => `trap '' XFSZ; ulimit -f ${kib}; exec "$0" "$1"`;

/** A session for the walk and the load: patients and ids by number. */
export function sessionOf(number: number, endedAt: Date): object {
  const at = (ms: number): string => new Date(ms - (ms % 1000)).toISOString();
  return {
    sessionId: `s-${number}`,
    patient: {
      patientId: `p-${number}`,
      firstName: 'Ana',
      phone: `+1786555${String(1000 + number)}`,
      language: number % 2 === 0 ? 'en' : 'es',
      timeZone: 'America/New_York',
      consent: { givenAt: at(endedAt.getTime() - 3_600_000), method: 'written' },
    },
    treatment: { endedAt: at(endedAt.getTime()), device: 'pen', needleDepthMm: 1, areas: ['face'] },
  };
}

async function postInbound(
  url: string,
  info: LocalInfo,
  text: { readonly from: string; readonly number: number; readonly body: string },
): Promise<number | undefined> {
  const { from, number, body } = text;
  const { clinicPhone, twilioAccountSid, twilioAuthToken, endpoints } = info;
  const fields = new Map([
    ['AccountSid', twilioAccountSid],
    ['MessageSid', `SM${String(number).padStart(32, '0')}`],
    ['From', from],
    ['To', clinicPhone],
    ['Body', body],
    ['NumMedia', '0'],
  ]);
  const signature = twilioSignature(twilioAuthToken, `${endpoints.api}/twilio/inbound`, fields);
  const answer = await fetch(`${url}/twilio/inbound`, {
    method: 'POST',
    headers: { 'x-twilio-signature': signature, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams([...fields]),
  }).catch(() => undefined);
  await answer?.text();
  return answer?.status;
}

function signedCall(
  info: LocalInfo,
  number: number,
  request: { readonly method: string; readonly path: string; readonly body: object | undefined },
): { readonly target: string; readonly init: RequestInit } {
  const { method, path, body } = request;
  const text = body === undefined ? '' : JSON.stringify(body);
  const target = `/v1/clinics/${info.clinicId}${path}`;
  const at = parseInstant(new Date().toISOString());
  if (at === undefined) throw new Error('no time');
  const signature = signWebhook({
    webhookId: `request_${number}`,
    at,
    payload: signedPayload({ method, path: target, rawBody: text }),
    secrets: [info.webhookSecret],
  });
  const type = text === '' ? {} : { 'content-type': 'application/json' };
  return {
    target,
    init: { method, headers: { ...signature, ...type }, ...(text === '' ? {} : { body: text }) },
  };
}
