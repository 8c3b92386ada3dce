import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signedPayload, signWebhook } from '@aftercare/contract/request-signature';
import { type PhoneText, textFromPhone } from '@aftercare/local/runtime/control-api';
import { type LocalRuntime, startLocalRuntime } from '@aftercare/local/runtime/local-runtime';
import type { ShownMessage } from '@aftercare/local/runtime/message-log';
import { parseDuration } from '@aftercare/time/duration';
import { addSeconds, epochMs, type Instant, latest } from '@aftercare/time/instant';
import { readClinic } from '@aftercare/usecases/clinics';
import type { JourneyFile } from './journey-file.ts';

export type JourneyMessage = Omit<ShownMessage, 'sid' | 'sessionId' | 'timeZone'>;

/** What `journey --json` prints (design 6.2). Alerts and events as the API answers them. */
export type Transcript = {
  readonly messages: readonly JourneyMessage[];
  readonly alerts: readonly unknown[];
  readonly events: readonly unknown[];
};

export type Walked =
  | { readonly ok: true; readonly transcript: Transcript }
  | { readonly ok: false; readonly message: string };

const walkDaySeconds = 86_400;
const walkSeconds = 15 * walkDaySeconds;

/**
 * The whole course of one session on a frozen clock: posted at the moment the treatment ended, every reply
 * at its time, to the end of day 15, or a day past the last reply. Runs the real system in a folder that is
 * deleted after, also when the process is told to end.
 *
 * @param onDay hears when another day has passed: long walks show where they are
 */
export async function walkJourney(
  journey: JourneyFile,
  endedAt: Instant,
  onDay: (at: Instant) => void = () => undefined,
): Promise<Walked> {
  const folder = mkdtempSync(join(temporaryRoot(), 'aftercare-journey-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const startMs = epochMs(endedAt);
  try {
    const started = await startLocalRuntime({
      folder,
      port: 0,
      wallMs: () => startMs,
      ticking: false,
      ...(journey.clinic === undefined ? {} : { clinic: journey.clinic }),
    });
    if (!started.ok) return started;
    try {
      return await walk(started.runtime, journey, endedAt, onDay);
    } finally {
      await started.runtime.stop();
    }
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/**
 * Nothing of a walk outlives it, so it stays in memory where the system has a folder for that: no write
 * waits.
 */
function temporaryRoot(): string {
  const inMemory = '/dev/shm';
  try {
    accessSync(inMemory, constants.W_OK);
    return inMemory;
  } catch {
    return tmpdir();
  }
}

async function walk(
  runtime: LocalRuntime,
  journey: JourneyFile,
  endedAt: Instant,
  onDay: (at: Instant) => void,
): Promise<Walked> {
  const advanceTo = async (to: Instant): Promise<void> => {
    for (
      let at = addSeconds(runtime.clock.now(), walkDaySeconds);
      at < to;
      at = addSeconds(at, walkDaySeconds)
    ) {
      await runtime.timekeeper.advanceTo(epochMs(at));
      onDay(at);
    }
    await runtime.timekeeper.advanceTo(epochMs(to));
  };
  const posted = await call(runtime, 'POST', '/sessions', JSON.stringify(journey.session));
  if (posted.status !== 201) {
    return { ok: false, message: `The session was not accepted (HTTP ${posted.status}): ${posted.text}` };
  }
  await runtime.timekeeper.settle();
  const replies = journey.replies
    .map((reply) => ({ ...reply, at: addSeconds(endedAt, parseDuration(reply.at) ?? 0) }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const phones = await phonesOf(runtime);
  for (const reply of replies) {
    await advanceTo(reply.at);
    const text: PhoneText = {
      from: reply.from === undefined ? journey.session.patient.phone : (phones.get(reply.from) ?? reply.from),
      body: reply.body,
      ...(reply.to === undefined ? {} : { to: phones.get(reply.to) ?? reply.to }),
      ...(reply.mediaUrls === undefined ? {} : { mediaUrls: reply.mediaUrls }),
    };
    const answered = await textFromPhone(runtime.control, text);
    if (!answered.ok) return { ok: false, message: `A reply could not be sent: ${answered.message}` };
  }
  const lastReplyAt = replies.at(-1)?.at ?? endedAt;
  const endsAt = latest(addSeconds(endedAt, walkSeconds), addSeconds(lastReplyAt, walkDaySeconds));
  await advanceTo(endsAt);
  return { ok: true, transcript: await transcriptOf(runtime, journey.session.sessionId) };
}

/** Staff by staffId, and the alert line by its name. */
async function phonesOf(runtime: LocalRuntime): Promise<ReadonlyMap<string, string>> {
  const clinic = await readClinic(runtime.system, runtime.info.clinicId);
  const staff = clinic?.config.staff ?? [];
  return new Map([
    ['alert', runtime.info.alertPhone],
    ...staff.map((person): [string, string] => [person.staffId, person.phone]),
  ]);
}

async function transcriptOf(runtime: LocalRuntime, sessionId: string): Promise<Transcript> {
  const messages = await runtime.control.messageLog.after(0);
  const [session, alerts] = await Promise.all([
    call(runtime, 'GET', `/sessions/${sessionId}`),
    call(runtime, 'GET', '/alerts'),
  ]);
  return {
    messages: messages.map(({ sid: _sid, sessionId: _session, timeZone: _zone, ...message }) => message),
    alerts: listIn(alerts.text, 'alerts'),
    events: listIn(session.text, 'events'),
  };
}

/** One signed call of the API. */
async function call(
  runtime: LocalRuntime,
  method: 'GET' | 'POST',
  path: string,
  body?: string,
): Promise<{ status: number; text: string }> {
  const { endpoints, clinicId, webhookSecret } = runtime.info;
  const url = new URL(`/v1/clinics/${clinicId}${path}`, endpoints.api);
  const payload = signedPayload({
    method,
    path: url.pathname,
    query: url.search.slice(1),
    ...(body === undefined ? {} : { rawBody: body }),
  });
  const signature = signWebhook({
    webhookId: `msg_${crypto.randomUUID()}`,
    at: runtime.clock.now(),
    payload,
    secrets: [webhookSecret],
  });
  const response = await fetch(url, {
    method,
    headers: { ...signature, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

function listIn(text: string, name: string): readonly unknown[] {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) return [];
  const value: unknown = Object.entries(parsed).find(([key]) => key === name)?.[1];
  return Array.isArray(value) ? value : [];
}
