import { randomUUID } from 'node:crypto';
import { twilioSignature } from '@aftercare/adapters/twilio/signature';
import { signedPayload, signWebhook } from '@aftercare/contract/request-signature';
import { httpEvent } from '@aftercare/local/runtime/http-event';
import { phoneKey } from '@aftercare/sms/phone-key';
import { addHours, epochMs, type Instant } from '@aftercare/time/instant';
import { sessionKeyOf } from '@aftercare/usecases/keys';
import type { Item } from '@aftercare/usecases/ports';
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import type { EmulatedServices } from './emulated-services.ts';
import { publicBaseUrl } from './recorded-functions.ts';

/** Events as the functions get them, for patient number `n` of the sample clinic. Everyone is fictional. */

export const phoneOf = (n: number): string => `+1305${2 + (n % 7)}${String(1_000_000 + n).slice(1)}`;
export const sessionIdOf = (n: number): string => `visit-${n}`;

export const sessionBody = (n: number, now: Instant, timeZone = 'America/New_York') => ({
  sessionId: sessionIdOf(n),
  patient: {
    patientId: `p-${n}`,
    firstName: 'Ana',
    phone: phoneOf(n),
    language: 'en',
    timeZone,
    consent: { givenAt: addHours(now, -2), method: 'written' },
  },
  treatment: { endedAt: addHours(now, -1), device: 'pen', needleDepthMm: 1, areas: ['face'] },
});

export function intakeEvent(
  services: EmulatedServices,
  n: number,
  now: Instant,
  timeZone?: string,
): APIGatewayProxyEventV2 {
  const { clinicId, webhookSecret } = services.info;
  const path = `/v1/clinics/${clinicId}/sessions`;
  const rawBody = JSON.stringify(sessionBody(n, now, timeZone));
  const signature = signWebhook({
    webhookId: `msg_${n}`,
    at: now,
    payload: signedPayload({ method: 'POST', path, rawBody }),
    secrets: [webhookSecret],
  });
  const headers = { ...signature, 'content-type': 'application/json', host: 'api.example.com' };
  return apiEvent(path, '', headers, rawBody, now);
}

function apiEvent(
  path: string,
  rawQuery: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  now: Instant,
): APIGatewayProxyEventV2 {
  const request = { method: 'POST', rawPath: path, rawQuery, headers, body: Buffer.from(body) };
  return httpEvent(request, { routeKey: `ANY ${path}`, pathParameters: {} }, epochMs(now));
}

export function queueEvent(body: string): SQSEvent {
  return {
    Records: [
      {
        messageId: randomUUID(),
        receiptHandle: 'handle',
        body,
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: '0',
          SenderId: 'sender',
          ApproximateFirstReceiveTimestamp: '0',
        },
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:queue',
        awsRegion: 'us-east-1',
      },
    ],
  };
}

export const sidOf = (n: number): string => `SM${n.toString(16).padStart(32, '0')}`;

export function inboundEvent(
  services: EmulatedServices,
  n: number,
  text: string,
  now: Instant,
): APIGatewayProxyEventV2 {
  return carrierEvent(services, '/twilio/inbound', '', now, {
    MessageSid: sidOf(n),
    From: phoneOf(n),
    To: services.info.clinicPhone,
    Body: text,
    NumMedia: '0',
  });
}

export function receiptEvent(
  services: EmulatedServices,
  receipt: { readonly ref: string; readonly sid: string; readonly status: 'sent' | 'delivered' },
  now: Instant,
): APIGatewayProxyEventV2 {
  const { ref, sid, status } = receipt;
  const query = `ref=${encodeURIComponent(ref)}`;
  return carrierEvent(services, '/twilio/status', query, now, { MessageSid: sid, MessageStatus: status });
}

/** As Twilio posts and the gateway hands over: a signed form in base64. */
function carrierEvent(
  services: EmulatedServices,
  path: string,
  query: string,
  now: Instant,
  fields: Readonly<Record<string, string>>,
): APIGatewayProxyEventV2 {
  const { twilioAccountSid: AccountSid = '', twilioAuthToken } = services.info;
  const form = { AccountSid, ...fields };
  const url = `${publicBaseUrl}${path}${query === '' ? '' : `?${query}`}`;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': twilioSignature(twilioAuthToken, url, new Map(Object.entries(form))),
  };
  return apiEvent(path, query, headers, new URLSearchParams(form).toString(), now);
}

export const sessionKeyOfPatient = (services: EmulatedServices, n: number): string =>
  sessionKeyOf(services.info.clinicId, sessionIdOf(n));

export const phoneKeyOfPatient = (services: EmulatedServices, n: number): string =>
  phoneKey(phoneOf(n), Buffer.from(services.secrets.phonePepper, 'base64'));

export function inboundCommand(services: EmulatedServices, n: number): Item {
  const { clinicId } = services.info;
  return { clinicId, phoneKey: phoneKeyOfPatient(services, n), messageSid: sidOf(n) };
}
