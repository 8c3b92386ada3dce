import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signWebhook } from '@aftercare/contract/request-signature';
import { readRemoteTarget, remoteConsole } from '@aftercare/local/console/remote-target';
import { type LoopbackServer, startLoopbackServer } from '@aftercare/local/http/loopback-server';
import { mountConsole } from '@aftercare/local/runtime/console-pages';
import { type LocalRuntime, startLocalRuntime } from '@aftercare/local/runtime/local-runtime';
import type { Instant } from '@aftercare/time/instant';

export type ConsoleSystem = {
  /** Without a slash at the end. */
  readonly url: string;
  /** Posts a session as the clinic's own software would, signed, past the console. */
  readonly postSession: (session: object) => Promise<number>;
  readonly now: () => Instant;
  /** The console of `CONSOLE_API_URL`, looking at this system as at a deployed one. */
  readonly openRemoteConsole: () => Promise<LoopbackServer>;
  readonly stop: () => Promise<void>;
};

/** A Monday morning in New York: office hours, and no daylight saving change within the two weeks. */
const startedAtMs = Date.parse('2026-11-09T15:00:00Z');

/** The whole system on a free port, as `start` runs it; its wall clock starts on that Monday. */
export async function startConsoleSystem(): Promise<ConsoleSystem> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-console-'));
  const beganMs = performance.now();
  const started = await startLocalRuntime({
    folder,
    port: 0,
    wallMs: () => Math.floor(startedAtMs + performance.now() - beganMs),
    ticking: true,
    pages: mountConsole,
  });
  if (!started.ok) throw new Error(started.message);
  const { runtime } = started;
  return {
    url: runtime.info.endpoints.api.replace('127.0.0.1', 'localhost'),
    now: runtime.clock.now,
    openRemoteConsole: () => openRemoteConsole(runtime),
    postSession: async (session) => {
      const { clinicId, webhookSecret, endpoints } = runtime.info;
      const body = JSON.stringify(session);
      const at = runtime.clock.now();
      const signature = signWebhook({
        webhookId: `test_${at}`.replaceAll('.', '_'),
        at,
        payload: body,
        secrets: [webhookSecret],
      });
      const response = await fetch(`${endpoints.api}/v1/clinics/${clinicId}/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signature },
        body,
      });
      return response.status;
    },
    stop: async () => {
      await runtime.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openRemoteConsole({ info, clock }: LocalRuntime): Promise<LoopbackServer> {
  const read = readRemoteTarget({
    CONSOLE_API_URL: info.endpoints.api,
    CONSOLE_API_SECRET: info.webhookSecret,
    CONSOLE_CLINIC_ID: info.clinicId,
  });
  if (read.kind !== 'remote') throw new Error('the environment is whole');
  const pages = remoteConsole(read.target, clock.now);
  const started = await startLoopbackServer({
    port: 0,
    answer: async (request) => (await pages(request)) ?? { status: 404 },
  });
  if (!started.ok) throw new Error(started.message);
  return started.server;
}
