import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signedPayload, signWebhook } from '@aftercare/contract/request-signature';
import { type LocalRuntime, startLocalRuntime } from '@aftercare/local/runtime/local-runtime';
import type { ShownMessage } from '@aftercare/local/runtime/message-log';

export type LocalWorld = {
  readonly runtime: () => LocalRuntime;
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<{ status: number; headers: Headers; body: unknown }>;
  /** Moves the clock through the control endpoint. */
  readonly advance: (move: object) => Promise<{ status: number; body: unknown }>;
  readonly messages: () => Promise<ShownMessage[]>;
  /** Ends the runtime and starts it again on the same folder. */
  readonly restart: () => Promise<void>;
  readonly end: () => Promise<void>;
};

/** The real local runtime on a frozen clock, in a folder of its own. */
export async function startLocalWorld(startsAt: string, clinic: object = {}): Promise<LocalWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-world-'));
  const startMs = Date.parse(startsAt);
  const open = async (): Promise<LocalRuntime> => {
    const started = await startLocalRuntime({
      folder,
      port: 0,
      wallMs: () => startMs,
      ticking: false,
      clinic,
    });
    if (!started.ok) throw new Error(started.message);
    return started.runtime;
  };
  let runtime = await open();
  let requests = 0;
  const local = async (path: string, body?: object) => {
    const response = await fetch(`${runtime.info.endpoints.api}${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    runtime: () => runtime,
    call: async (method, path, body) => {
      const { endpoints, clinicId, webhookSecret } = runtime.info;
      const text = body === undefined ? '' : JSON.stringify(body);
      const target = `/v1/clinics/${clinicId}${path}`;
      requests += 1;
      const signature = signWebhook({
        webhookId: `request_${requests}`,
        at: runtime.clock.now(),
        payload: signedPayload({ method, path: target, rawBody: text }),
        secrets: [webhookSecret],
      });
      const response = await fetch(`${endpoints.api}${target}`, {
        method,
        headers: { ...signature, ...(text === '' ? {} : { 'content-type': 'application/json' }) },
        ...(text === '' ? {} : { body: text }),
      });
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    advance: (move) => local('/local/clock', move),
    messages: async () => (await local('/local/messages')).body as ShownMessage[],
    restart: async () => {
      await runtime.stop();
      runtime = await open();
    },
    end: async () => {
      await runtime.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The session of design 6.1. */
export const session = (overrides: { patient?: object; treatment?: object } = {}) => ({
  sessionId: 'visit-2026-0042',
  patient: {
    patientId: 'p-881',
    firstName: 'Ana',
    phone: '+13055550123',
    language: 'en',
    timeZone: 'America/New_York',
    consent: { givenAt: '2026-11-21T15:00:00Z', method: 'written' },
    ...overrides.patient,
  },
  treatment: {
    endedAt: '2026-11-21T16:30:00Z',
    device: 'pen',
    needleDepthMm: 1.0,
    areas: ['face'],
    practitioner: 'Dr. Example',
    ...overrides.treatment,
  },
});
