import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { marked } from './leaks.ts';
import { openWalkWorld, patientLine, type WalkWorld } from './walk-world.ts';

/** docs/runbook.md, "Following one text": each step finds the next id in a log line. */

type Line = { readonly [field: string]: unknown };
let lines: Line[];
let world: WalkWorld;

beforeEach(async () => {
  lines = [];
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    for (const text of String(chunk).split('\n')) if (text.startsWith('{')) lines.push(JSON.parse(text));
    return true;
  });
  world = await openWalkWorld(() => {});
  const posted = await world.call('POST', '/sessions', {
    sessionId: 'visit-1',
    patient: {
      patientId: 'p-881',
      firstName: marked.name,
      phone: marked.phone,
      timeZone: 'America/New_York',
      consent: { givenAt: '2026-11-21T15:00:00Z', method: 'written' },
    },
    treatment: { endedAt: '2026-11-21T16:30:00Z', device: 'pen', needleDepthMm: 1, areas: ['face'] },
  });
  expect(posted.status).toBe(201);
  await world.pass(24 * 60);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** The one line of this event that has these fields. */
function line(event: string, fields: Line): Line {
  const found = lines.filter(
    (candidate) =>
      candidate.event === event && Object.entries(fields).every(([name, value]) => candidate[name] === value),
  );
  expect(found.length, `${event} ${JSON.stringify(fields)}`).toBeGreaterThan(0);
  return found.at(-1) ?? {};
}

it('leads from a clinic’s request to the carrier’s receipt', () => {
  const route = 'ANY /v1/clinics/{clinicId}/sessions';
  const { apiRequestId, requestId } = line('http_request', { route });
  expect(apiRequestId).toMatch(/^api-/);
  const { sessionKey } = line('session_call', { requestId, outcome: 'created' });
  line('reminder_handled', { sessionKey, day: 1, outcome: 'sent' });
  const { messageId, messageSid } = line('text_handed_over', { sessionKey, day: 1, outcome: 'accepted' });
  expect(messageSid).toMatch(/^SM/);
  line('receipt', { messageId, messageSid, status: 'delivered', outcome: 'recorded' });
});

it('leads from a patient’s text to its answer, its alert, the page and their receipts', async () => {
  await world.text(marked.phone, patientLine, 'yellow pus and fever');
  const { messageSid } = line('text_received', { source: 'webhook', known: false });
  const { replyMessageId, alertId } = line('text_processed', { messageSid, readAs: 'emergency' });
  const reply = line('text_handed_over', { messageId: replyMessageId, inboundSid: messageSid });
  const page = line('text_handed_over', { kind: 'alert', alertId });
  for (const text of [reply, page])
    line('receipt', { messageId: text.messageId, messageSid: text.messageSid, status: 'delivered' });
});

it('leads from an event to what the clinic’s endpoint answered', () => {
  const { eventId, outcome } = line('webhook_attempt', { clinicId: 'glow', attempt: 1 });
  expect([typeof eventId, outcome]).toEqual(['string', '2xx']);
});

it('is told in the runbook in the words of the lines', () => {
  const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
  const section = /## Following one text\n([\s\S]*?)\n## /.exec(runbook)?.[1] ?? '';
  const named = [...section.matchAll(/`(\w+_\w+|receipt)`/g)].map(([, name]) => name);
  const events = new Set(lines.map((entry) => entry.event));
  expect(named.filter((name) => events.has(name)).length).toBeGreaterThan(5);
  for (const name of ['http_request', 'session_call', 'text_handed_over', 'receipt'])
    expect(named).toContain(name);
});
