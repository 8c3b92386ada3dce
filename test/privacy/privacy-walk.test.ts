import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inboundPost } from '../simulation/http-events.ts';
import { leaksOf, marked, type Trace } from './leaks.ts';
import { alertLine, openWalkWorld, patientLine, type WalkWorld } from './walk-world.ts';

/**
 * Issue 6, "Done when": ten journeys with unmistakable patient data, and none of it in logs, metrics,
 * schedule names, queue bodies, references, URLs, answers, events for clinics or errors.
 */

let traces: Trace[];
let world: WalkWorld;
const day = 24 * 60;

beforeEach(async () => {
  traces = [];
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  vi.stubEnv('POWERTOOLS_DEV', 'false');
  const keep = (chunk: unknown): boolean => {
    traces.push({ where: 'stdout', text: String(chunk) });
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation(keep);
  world = await openWalkWorld((trace) => traces.push(trace));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Nothing leaked, and enough was looked at for that to mean something. */
function expectClean(...events: readonly string[]): void {
  const lines = traces.filter(({ where }) => where === 'stdout');
  for (const event of events)
    expect(
      lines.some(({ text }) => text.includes(`"event":"${event}"`)),
      event,
    ).toBe(true);
  expect(lines.filter(({ text }) => text.includes('reserved key'))).toEqual([]);
  expect(leaksOf(traces)).toEqual([]);
}

const treatment = (more: object = {}) => ({
  endedAt: '2026-11-21T16:30:00Z',
  device: 'pen',
  needleDepthMm: 1,
  areas: ['face'],
  practitioner: `Dr. ${marked.practitioner}`,
  ...more,
});
const patient = (more: object = {}) => ({
  patientId: 'p-881',
  firstName: marked.name,
  phone: marked.phone,
  language: 'en',
  timeZone: 'America/New_York',
  consent: { givenAt: '2026-11-21T15:00:00Z', method: 'written' },
  ...more,
});
const session = (more: object = {}) => ({
  sessionId: 'visit-1',
  patient: patient(),
  treatment: treatment(),
  ...more,
});

const post = async (body: object = session()): Promise<number> =>
  (await world.call('POST', '/sessions', body)).status;
const says = (body: string): Promise<void> => world.text(marked.phone, patientLine, `${body} ${marked.text}`);
const staffSays = (index: 0 | 1, body: string): Promise<void> =>
  world.text(marked.staffPhones[index], alertLine, body);
const sentTo = (phone: string): number => world.accepted().filter(({ to }) => to === phone).length;
const rowsOf = (row: string) => world.rows().filter((item) => item.row === row);

/** Errors as a library throws them: the request, the item, the token, all quoted. */
class ValidationException extends Error {
  override readonly name = 'ValidationException';
}
const quoting = `Zyxwvutsr +1 (305) 555-9876 "${marked.text}" simulated-token`;

describe('a walk with unmistakable patient data', () => {
  it('1: two weeks of reminders with ordinary replies and questions', async () => {
    expect(await post()).toBe(201);
    await world.pass(day);
    await says('my face is a bit red and warm');
    await says('can I wear makeup tomorrow?');
    await says('3');
    await world.pass(14 * day);
    await world.daily();
    expect(sentTo(marked.phone)).toBeGreaterThan(5);
    expectClean('session_call', 'text_handed_over', 'receipt', 'text_received', 'text_processed');
  }, 60_000);

  it('2: STOP by keyword and in words, START again, HELP', async () => {
    expect(await post()).toBe(201);
    await world.pass(day);
    await says('please do not text me any more');
    await world.text(marked.phone, patientLine, 'START');
    await world.text(marked.phone, patientLine, 'HELP');
    await world.text(marked.phone, patientLine, 'STOP');
    await world.pass(6 * day);
    expect(rowsOf('phone')[0]).toMatchObject({ optedOutBy: 'carrier' });
    expectClean('text_processed', 'reminder_handled');
  }, 60_000);

  it('3: an urgent reply, taken, asked about and closed by SMS', async () => {
    expect(await post()).toBe(201);
    await world.pass(2 * day);
    await says('yellow pus and fever');
    const [alert] = rowsOf('alert');
    await staffSays(0, `INFO ${alert?.code}`);
    await staffSays(0, `ACK ${alert?.code}`);
    await staffSays(0, `DONE ${alert?.code} real`);
    expect((await world.call('GET', '/alerts')).status).toBe(200);
    await world.pass(60);
    expect(rowsOf('alert')[0]).toMatchObject({ status: 'done' });
    expectClean('text_processed', 'alert_contact_sent');
  }, 60_000);

  it('4: an emergency that nobody takes climbs past the last rung', async () => {
    expect(await post()).toBe(201);
    await world.pass(60);
    world.weather.receipt = () => undefined;
    await says('I can not breathe, my throat is swelling');
    await world.pass(90);
    expect(sentTo(marked.staffPhones[1])).toBeGreaterThan(0);
    await world.text(marked.staffPhones[0], alertLine, 'STOP');
    await world.pass(60);
    expectClean('alert_past_last_rung', 'staff_unreachable');
  }, 60_000);

  it('5: requests that are wrong in every way', async () => {
    const wrong = [
      session({ patient: patient({ phone: `${marked.phone} ${marked.name}` }) }),
      session({ patient: patient({ phone: '+44 20 7946 0958', firstName: 7, nickname: marked.name }) }),
      session({ patient: patient({ consent: { givenAt: marked.name, method: marked.text } }) }),
      session({ treatment: treatment({ device: marked.name, areas: [marked.text], endedAt: marked.phone }) }),
      session({
        overrides: { extraAdvice: { 3: `Call ${marked.phone}, ${marked.name}: http://x.example` } },
      }),
      session({ sessionId: `${marked.name} ${marked.phone}` }),
      { name: marked.name, phone: marked.phone },
    ];
    for (const body of wrong) expect(await post(body)).toBe(422);
    expect(await post()).toBe(201);
    expect(await post(session({ treatment: treatment({ needleDepthMm: 2 }) }))).toBe(409);
    const path = `/sessions/${marked.name}`;
    expect((await world.call('GET', path)).status).toBe(404);
    expect((await world.call('DELETE', path)).status).toBe(404);
    const { name } = marked;
    expect((await world.call('POST', `/${name}`, { by: name })).status).toBe(404);
    expectClean('session_call', 'http_request');
  }, 60_000);

  it('6: signatures that are wrong, bodies that are no JSON, and too much of it', async () => {
    const good = inboundPost({ messageSid: 'SM1', from: marked.phone, to: patientLine, body: marked.text });
    const forged = { ...good, headers: { ...good.headers, 'x-twilio-signature': 'c2ltdWxhdGVk' } };
    expect((await world.request(forged)).status).toBe(403);
    const fallback = { ...good, rawPath: '/twilio/inbound-fallback' };
    expect((await world.request(fallback)).status).toBe(200);
    const sessions = { ...good, rawPath: '/v1/clinics/glow/sessions' };
    const json = { ...good.headers, 'content-type': 'application/json' };
    const bodies = [`{"firstName":"${marked.name}`, `{"a":"${marked.name.repeat(9000)}"}`];
    const answers = [];
    for (const body of bodies) answers.push(await world.request({ ...sessions, headers: json, body }));
    expect(answers.map(({ status }) => status)).toEqual([401, 413]);
    const elsewhere = { ...good, rawPath: `/v1/clinics/${marked.name}/sessions` };
    expect((await world.request(elsewhere)).status).toBe(404);
    expect((await world.request({ ...good, rawPath: `/${marked.name}` })).status).toBe(404);
    await world.text(marked.phone, '+13055550199', `fever ${marked.text}`);
    await world.pass(10);
    expectClean('http_request', 'inbound_not_ours');
  }, 60_000);

  it('7: a carrier that refuses, loses, and reports failures', async () => {
    expect(await post()).toBe(201);
    const codes = [30_003, 21_211, 21_610, 30_007, 20_003];
    world.weather.refuse = ({ to }) => {
      const code = to === marked.phone ? codes.pop() : undefined;
      return code === undefined ? undefined : { kind: 'rejected', code, httpStatus: 400 };
    };
    await world.pass(day);
    await says('fever and pus');
    world.weather.receipt = () => ({ status: 'undelivered', errorCode: 30_007 });
    await says('swollen and very red on one side');
    await world.pass(day);
    world.weather.refuse = () => ({ kind: 'not_processed', code: 20_429 });
    await says('what about sun?');
    await world.pass(day);
    await world.daily();
    expectClean('text_handed_over', 'receipt');
  }, 60_000);

  it('8: a carrier that throws and never answers', async () => {
    expect(await post()).toBe(201);
    const errors = [
      new TypeError(quoting, { cause: new Error(quoting) }),
      Object.assign(new Error(quoting), { code: 'ECONNRESET', request: { body: quoting } }),
      new SyntaxError(`Unexpected token in "${quoting}"`),
      quoting,
    ];
    world.weather.before = (call) => {
      if (call !== 'carrier') return;
      const error = errors.pop();
      if (error !== undefined) throw error;
    };
    await world.pass(day);
    await says('fever and pus');
    world.weather.refuse = () => ({ kind: 'unknown', cause: 'timeout' });
    await world.pass(day);
    await says('can I go running?');
    await world.pass(120);
    await world.daily();
    expect(errors).toEqual([]);
    expectClean('text_handed_over');
  }, 60_000);

  it('9: a database, queues and schedules that throw what they were given', async () => {
    let calls = 0;
    let transactions = 0;
    world.weather.before = (call) => {
      calls += 1;
      transactions += call === 'table.transact' ? 1 : 0;
      if (call === 'table.transact' && transactions < 3) throw new ValidationException(quoting);
      if (call === 'carrier' || call === 'endpoint' || calls % 7 !== 0) return;
      if (call === 'queues.enqueue') throw Object.assign(new Error(quoting), { code: 'EPIPE' });
      throw calls % 2 === 0 ? new ValidationException(quoting) : new SyntaxError(`in "${quoting}"`);
    };
    let status = 500;
    for (let tries = 0; tries < 9 && status !== 201 && status !== 200; tries += 1) status = await post();
    expect(status).toBeLessThan(202);
    await world.pass(day);
    await says('yellow pus and fever');
    await world.pass(120);
    await world.daily();
    expect(traces.filter(({ where }) => where === 'answer 500').length).toBeGreaterThan(0);
    expectClean('unhandled_error', 'record_failed');
  }, 60_000);

  it('10: a clinic’s endpoint that fails, throws, and is gone', async () => {
    expect(await post()).toBe(201);
    const answers = [
      { kind: 'answered', httpStatus: 410 },
      { kind: 'refused', cause: 'private_address' },
      { kind: 'failed', cause: 'timeout' },
      { kind: 'answered', httpStatus: 500, retryAfterSeconds: 30 },
    ] as const;
    const left = [...answers];
    world.weather.endpoint = () => left.pop() ?? { kind: 'answered', httpStatus: 410 };
    let thrown = 0;
    world.weather.before = (call, sent) => {
      if (call !== 'endpoint' || thrown > 2) return;
      thrown += 1;
      throw Object.assign(new Error(`${quoting} ${JSON.stringify(sent)}`), { code: 'ETIMEDOUT' });
    };
    await world.pass(day);
    await says('is this swelling normal?');
    await world.pass(2 * day);
    expect(thrown).toBe(3);
    expect(traces.some(({ where }) => where === 'event for a clinic')).toBe(true);
    expectClean('webhook_attempt', 'webhook_disabled', 'record_failed');
  }, 60_000);

  it('11: a minor, two patients on one phone, a wrong number, amended and cancelled', async () => {
    const guardian = { name: marked.guardian, relation: 'mother' };
    const consent = { givenAt: '2026-11-21T15:00:00Z', method: 'written', by: 'guardian' };
    const minor = {
      ...session({ sessionId: 'visit-2' }),
      patient: patient({ patientId: 'p-2', minor: true, guardian, consent }),
    };
    const statuses = [await post(), await post(minor)];
    expect(statuses[0]).toBe(201);
    await world.pass(day);
    await says('there is pus on her cheek');
    await world.text(marked.phone, patientLine, 'A');
    await world.text(marked.otherPhone, patientLine, `quien es? ${marked.text}`);
    const moved = session({ patient: patient({ phone: marked.otherPhone }) });
    await world.call('PUT', '/sessions/visit-1', moved);
    await world.text(marked.otherPhone, patientLine, `wrong number, I am not ${marked.name}`);
    await world.call('DELETE', '/sessions/visit-1');
    await world.pass(3 * day);
    expectClean('session_call', 'text_processed');
  }, 60_000);
});

describe('the search itself', () => {
  it('finds a log line that somebody adds with a name in it', async () => {
    const { createLog } = await import('@aftercare/adapters/logging/log');
    createLog('walk').info('planted', { note: `sent to ${marked.name}` });
    expect(leaksOf(traces)).toEqual([expect.stringContaining('stdout holds zyxwvutsr')]);
  });

  it('finds an error text that reaches the runtime', async () => {
    traces.push({ where: 'thrown to the runtime', text: quoting });
    expect(leaksOf(traces).length).toBeGreaterThan(2);
  });
});
