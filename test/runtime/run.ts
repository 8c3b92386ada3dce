import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { twilioSignature } from '@aftercare/adapters/twilio/signature';
import { signedPayload, signWebhook } from '@aftercare/contract/request-signature';
import { startLocalRuntime } from '@aftercare/local/runtime/local-runtime';
import { instantFromEpochMs } from '@aftercare/time/instant';
import { type BootedFunction, bootFunction } from './booted-function.ts';
import { environmentOf, publicBaseUrl, startSecretStore } from './lambda-environment.ts';
import type { Invocation } from './runtime-api.ts';

/** Unmistakable: found in an output, it is a leak. */
const patient = { firstName: 'Zqxanna', phone: '+13055550177', text: 'Zqxsymptom fever and pus' };
const started = performance.now();
let passed = 0;
let failed = 0;
let written = '';

function check(what: string, holds: boolean, detail: unknown = ''): void {
  if (holds) passed += 1;
  else failed += 1;
  if (!holds) console.error(`FAILED ${what}: ${JSON.stringify(detail).slice(0, 900)}`);
}

function eventOf(file: string) {
  return JSON.parse(readFileSync(new URL(`events/${file}.json`, import.meta.url), 'utf8'));
}

const folder = mkdtempSync(join(tmpdir(), 'aftercare-runtime-'));
const local = await startLocalRuntime({ folder, port: 0, wallMs: () => Date.now(), ticking: false });
if (!local.ok) throw new Error(local.message);
const { runtime } = local;
const secretStore = await startSecretStore(readFileSync(join(folder, 'secrets.json'), 'utf8'));
const environment = environmentOf(runtime, secretStore.url);

try {
  const names = readdirSync(new URL('../../functions', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map((entry) => entry.name);
  const called = new Set<string>();
  for (const [name, walk] of Object.entries(walks())) {
    called.add(name);
    const booted = await bootFunction(name, join(folder, 'bundles'), environment);
    try {
      await walk(booted);
      check(`${name} wrote no patient data`, !leaks(booted.output()), booted.output());
      written += booted.output();
    } finally {
      await booted.stop();
    }
    console.log(`${name}: done after ${Math.round(performance.now() - started)} ms`);
  }
  const spoke = /"event":/.test(written) && /"_aws":/.test(written);
  check('log lines and metrics were written at all', spoke);
  check(
    'every function was booted',
    names.every((name) => called.has(name)),
    names,
  );
} finally {
  await secretStore.close();
  await runtime.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`runtime: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

type Walk = (booted: BootedFunction) => Promise<void>;

/** In this order: a text is stored before it is read. */
function walks(): Record<string, Walk> {
  return { ...clinicWalks(), ...carrierWalks(), ...workWalks() };
}

function clinicWalks(): Record<string, Walk> {
  return {
    intake: async (booted) => {
      const body = JSON.stringify(sampleSession());
      const accepted = await booted.invoke(signedCall('POST', '/v1/clinics/glow/sessions', body));
      check('intake accepts a session', statusOf(accepted) === 201, accepted);
      const again = await booted.invoke(signedCall('POST', '/v1/clinics/glow/sessions', body));
      check('intake knows it again', statusOf(again) === 200, again);
      const read = await booted.invoke(signedCall('GET', '/v1/clinics/glow/sessions/runtime-1', ''));
      check('intake reads it', statusOf(read) === 200, read);
      const unsigned = await booted.invoke(httpEvent('POST', '/v1/clinics/glow/sessions', body, {}));
      check('intake refuses it unsigned', statusOf(unsigned) === 401, unsigned);
      const health = await booted.invoke(httpEvent('GET', '/health', '', {}));
      check('intake is healthy', statusOf(health) === 200, health);
      const nowhere = await booted.invoke(httpEvent('GET', '/nowhere', '', {}));
      check('intake knows what is not there', statusOf(nowhere) === 404, nowhere);
    },
    'staff-api': async (booted) => {
      const alerts = await booted.invoke(signedCall('GET', '/v1/clinics/glow/alerts', ''));
      check('staff-api lists alerts', statusOf(alerts) === 200, alerts);
    },
  };
}

function carrierWalks(): Record<string, Walk> {
  const sid = `SM${'5'.repeat(32)}`;
  const caughtSid = `SM${'6'.repeat(32)}`;
  const { clinicPhone, twilioAccountSid } = runtime.info;
  const form = (messageSid: string) => ({
    AccountSid: twilioAccountSid,
    MessageSid: messageSid,
    From: patient.phone,
    To: clinicPhone,
    Body: patient.text,
    NumMedia: '0',
  });
  return {
    'inbound-message': async (booted) => {
      const stored = await booted.invoke(carrierCall('/twilio/inbound', form(sid)));
      check('inbound-message stores a text', statusOf(stored) === 200, stored);
      const forged = carrierCall('/twilio/inbound', form(sid));
      forged.headers['x-twilio-signature'] = 'AAAA';
      const refused = await booted.invoke(forged);
      check('inbound-message refuses a forged one', statusOf(refused) === 403, refused);
    },
    'process-inbound': async (booted) => {
      const row = await storedText(sid);
      check('the text is in the table', row !== undefined);
      const command = { clinicId: 'glow', phoneKey: row?.phoneKey ?? '', messageSid: sid };
      const read = await booted.invoke(sqsEvent(JSON.stringify(command)));
      check('process-inbound reads it', failuresOf(read) === 0, read);
      const after = await storedText(sid);
      check('the text is processed', after?.status === 'processed', after?.status);
    },
    'delivery-status': async (booted) => {
      const report = { AccountSid: twilioAccountSid, MessageSid: sid, MessageStatus: 'delivered' };
      const call = carrierCall(
        '/twilio/status',
        report,
        `ref=S~${'a'.repeat(26)}.01KAKQ0000000000000000000A`,
      );
      const recorded = await booted.invoke(call);
      check('delivery-status takes a receipt', statusOf(recorded) === 204, recorded);
    },
    'inbound-fallback': async (booted) => {
      const caught = await booted.invoke(carrierCall('/twilio/inbound-fallback', form(caughtSid)));
      check('inbound-fallback catches a text', statusOf(caught) === 200, caught);
    },
    'inbound-replay': async (booted) => {
      const call = carrierCall('/twilio/inbound-fallback', form(caughtSid));
      const body = {
        path: call.rawPath,
        query: '',
        signature: call.headers['x-twilio-signature'],
        form: Buffer.from(call.body, 'base64').toString(),
      };
      const replayed = await booted.invoke(sqsEvent(JSON.stringify(body)));
      check('inbound-replay takes it in', failuresOf(replayed) === 0, replayed);
      check('the caught text is in the table', (await storedText(caughtSid)) !== undefined);
    },
  };
}

function workWalks(): Record<string, Walk> {
  return {
    'send-reminder': async (booted) => {
      const due = { sessionKey: 'a'.repeat(26), revision: 1, day: 1, attempt: 1 };
      const sent = await booted.invoke(sqsEvent(JSON.stringify(due)));
      check('send-reminder takes a reminder that is gone', failuresOf(sent) === 0, sent);
      const bad = await booted.invoke(sqsEvent(patient.text));
      check('send-reminder gives a bad record back', failuresOf(bad) === 1, bad);
    },
    'alert-rung': async (booted) => {
      const due = { clinicId: 'glow', alertId: '01KAKQ0000000000000000000A', rung: 1 };
      const climbed = await booted.invoke(sqsEvent(JSON.stringify(due)));
      check('alert-rung takes an alert that is gone', failuresOf(climbed) === 0, climbed);
    },
    'publish-events': async (booted) => {
      const published = await booted.invoke(eventOf('dynamodb-stream'));
      check('publish-events takes a stream batch', failuresOf(published) === 0, published);
    },
    'deliver-webhook': async (booted) => {
      const due = { clinicId: 'glow', pk: 'S#none', eventId: '01KAKQ0000000000000000000A', attempt: 1 };
      const delivered = await booted.invoke(sqsEvent(JSON.stringify(due)));
      check('deliver-webhook takes an event that is gone', failuresOf(delivered) === 0, delivered);
    },
    sweep: async (booted) => {
      const report = await booted.invoke(eventOf('scheduler'));
      check('sweep runs', report.ok && 'looked' in Object(report.result), report);
    },
    reconcile: async (booted) => {
      const report = await booted.invoke(eventOf('scheduler'));
      check('reconcile compares one clinic', report.ok && Object(report.result).clinics === 1, report);
    },
    'test-pages': async (booted) => {
      const report = await booted.invoke(eventOf('scheduler'));
      check('test-pages looks at one clinic', report.ok && Object(report.result).clinics === 1, report);
    },
  };
}

function leaks(output: string): boolean {
  return [patient.firstName, patient.phone.slice(2), 'Zqxsymptom', runtime.info.webhookSecret].some(
    (secret) => output.includes(secret),
  );
}

function statusOf(invocation: Invocation): unknown {
  return invocation.ok ? Object(invocation.result).statusCode : undefined;
}

function failuresOf(invocation: Invocation): unknown {
  return invocation.ok ? Object(invocation.result).batchItemFailures?.length : undefined;
}

function httpEvent(method: string, path: string, body: string, headers: Record<string, string>) {
  const event = eventOf('http-api-v2');
  const http = { ...event.requestContext.http, method, path };
  return {
    ...event,
    rawPath: path,
    headers: { ...event.headers, ...headers },
    requestContext: { ...event.requestContext, http },
    body,
  };
}

function signedCall(method: string, path: string, body: string) {
  const headers = signWebhook({
    webhookId: `msg_${passed}`,
    at: instantFromEpochMs(Date.now()),
    payload: signedPayload({ method, path, rawBody: body }),
    secrets: [runtime.info.webhookSecret],
  });
  return httpEvent(method, path, body, { ...headers });
}

/** As Twilio posts: a form that the gateway hands over in base64. */
function carrierCall(path: string, fields: Record<string, string>, query = '') {
  const url = `${publicBaseUrl}${path}${query === '' ? '' : `?${query}`}`;
  const signature = twilioSignature(runtime.info.twilioAuthToken, url, new Map(Object.entries(fields)));
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature };
  const body = Buffer.from(new URLSearchParams(fields).toString()).toString('base64');
  return { ...httpEvent('POST', path, body, headers), rawQueryString: query, isBase64Encoded: true };
}

function sqsEvent(body: string) {
  const event = eventOf('sqs');
  return { Records: [{ ...event.Records[0], body }] };
}

function sampleSession() {
  const hourAgo = instantFromEpochMs(Date.now() - 3_600_000);
  const consent = { givenAt: hourAgo, method: 'written' };
  return {
    sessionId: 'runtime-1',
    patient: { patientId: 'p-1', firstName: patient.firstName, phone: patient.phone, consent },
    treatment: { endedAt: hourAgo, device: 'pen', needleDepthMm: 1, areas: ['face'] },
  };
}

async function storedText(messageSid: string): Promise<{ phoneKey: string; status: string } | undefined> {
  const { phoneKey } = await import('@aftercare/sms/phone-key');
  const { phonePepper } = await runtime.system.secrets.current();
  const key = phoneKey(patient.phone, Buffer.from(phonePepper, 'base64'));
  const row = await runtime.system.table.get({ pk: `P#glow#${key}`, sk: `IN#${messageSid}` });
  return row === undefined ? undefined : { phoneKey: key, status: String(row.status) };
}
