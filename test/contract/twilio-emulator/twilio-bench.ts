import {
  type LocalAnswer,
  type LocalRequest,
  startLoopbackServer,
} from '@aftercare/local/http/loopback-server';
import { openEmulatorStore } from '@aftercare/local/store/emulator-store';
import { createTwilioEmulator, type TwilioEmulator } from '@aftercare/local/twilio-emulator/twilio-emulator';
import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';

export const accountSid = `AC${'0'.repeat(32)}`;
export const apiKeySid = `SK${'0'.repeat(32)}`;
export const authToken = 'primary-token';
export const clinic = '+13055550100';
export const patient = '+13055550123';
export const serviceSid = `MG${'1'.repeat(32)}`;

/** A webhook that arrived: `signed` is the verdict of the official library. */
export type Posted = {
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  readonly signed: boolean;
  readonly token: string | undefined;
};

export type TwilioBench = {
  readonly emulator: TwilioEmulator;
  /** The official client, pointed at the emulator. */
  readonly client: ReturnType<typeof twilio>;
  readonly httpClient: RequestClient;
  readonly appUrl: string;
  readonly posted: readonly Posted[];
  readonly failedCalls: readonly string[];
  /** What a test turns. */
  readonly set: {
    appStatus: (path: string) => number;
    advancedOptOut: boolean;
    inboundUrl: string;
  };
  readonly nowMs: () => number;
  /** Lets that many seconds pass, event by event. */
  readonly pass: (seconds: number) => Promise<void>;
  readonly send: (to?: string, extra?: object) => ReturnType<ReturnType<typeof twilio>['messages']['create']>;
  readonly statuses: () => (string | undefined)[];
  readonly end: () => Promise<void>;
};

async function serve(answer: (request: LocalRequest) => Promise<LocalAnswer>) {
  const started = await startLoopbackServer({ port: 0, answer });
  if (!started.ok) throw new Error(started.message);
  return started.server;
}

function clientFor(apiUrl: string): RequestClient {
  class LoopbackClient extends twilio.RequestClient {
    override request<T>(options: RequestClient.RequestOptions<T>) {
      const url = new URL(options.uri);
      return super.request<T>({ ...options, uri: `${apiUrl}${url.pathname}${url.search}` });
    }
  }
  return new LoopbackClient({ timeout: 3_000 });
}

function posting(request: LocalRequest, appUrl: string): Posted {
  const form = Object.fromEntries(new URLSearchParams(request.body.toString()));
  const url = `${appUrl}${request.rawPath}${request.rawQuery === '' ? '' : `?${request.rawQuery}`}`;
  const signature = request.headers['x-twilio-signature'] ?? '';
  return {
    path: request.rawPath,
    form,
    signed: twilio.validateRequest(authToken, signature, url, form),
    token: request.headers['i-twilio-idempotency-token'],
  };
}

/** The emulator, the official client in front of it, and an app behind it that notes what Twilio posts. */
export async function startTwilioBench(): Promise<TwilioBench> {
  let nowMs = Date.parse('2026-11-21T16:00:00Z');
  const posted: Posted[] = [];
  const failedCalls: string[] = [];
  const set: TwilioBench['set'] = { appStatus: () => 200, advancedOptOut: false, inboundUrl: '' };
  const app = await serve(async (request) => {
    posted.push(posting(request, app.url));
    return { status: set.appStatus(request.rawPath) };
  });
  set.inboundUrl = `${app.url}/inbound`;
  const opened = openEmulatorStore(':memory:');
  if (!opened.ok) throw new Error(opened.message);
  const keywordAnswers = { stop: 'No more.', start: 'Back.', help: 'Help!' };
  const emulator = createTwilioEmulator({
    store: opened.store,
    nowMs: () => nowMs,
    onFailedCall: (_, outcome) => failedCalls.push(outcome),
    account: {
      accountSid,
      authTokens: [authToken, 'secondary-token'],
      apiKeys: [{ sid: apiKeySid, secret: 'key-secret' }],
      services: new Map([[serviceSid, [clinic]]]),
      get advancedOptOut() {
        return set.advancedOptOut;
      },
      numbers: () =>
        new Map([
          [clinic, { inboundUrl: set.inboundUrl, fallbackUrl: `${app.url}/fallback`, keywordAnswers }],
        ]),
    },
  });
  const api = await serve(emulator.answer);
  const httpClient = clientFor(api.url);
  const client = twilio(accountSid, authToken, { httpClient });
  const statusCallback = `${app.url}/status?ref=S~1.M`;
  return {
    emulator,
    client,
    httpClient,
    appUrl: app.url,
    posted,
    failedCalls,
    set,
    nowMs: () => nowMs,
    pass: async (seconds) => {
      const endMs = nowMs + seconds * 1000;
      for (;;) {
        while ((await emulator.work.runDue()) > 0);
        const dueMs = await emulator.work.nextDueMs();
        if (dueMs === undefined || dueMs > endMs) break;
        nowMs = Math.max(nowMs, dueMs);
      }
      nowMs = endMs;
    },
    send: (to = patient, extra = {}) =>
      client.messages.create({ to, from: clinic, body: 'Day 1', statusCallback, ...extra }),
    statuses: () => posted.map((call) => call.form.MessageStatus),
    end: async () => {
      await api.close();
      await app.close();
      opened.store.close();
    },
  };
}

/** HTTP status and Twilio code of a refused call. */
export async function refusal(work: Promise<unknown>): Promise<unknown[]> {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof twilio.RestException)) throw new Error('it was not refused');
  return [error.status, error.code];
}
