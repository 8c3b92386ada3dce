import { twilioSignature } from '@aftercare/adapters/twilio/signature';
import { signedPayload, signWebhook } from '@aftercare/contract/request-signature';
import type { Instant } from '@aftercare/time/instant';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { testSecrets } from './outside.ts';

/** Requests as API Gateway hands them over, signed as their senders sign them. */

export const publicBaseUrl = 'https://api.example';
export const simulatedWebhookSecret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

function eventOf(request: {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}): APIGatewayProxyEventV2 {
  const { method, path, query = '', headers, body } = request;
  return {
    rawPath: path,
    rawQueryString: query,
    headers,
    requestContext: { http: { method } },
    isBase64Encoded: false,
    ...(body === undefined ? {} : { body }),
  } as unknown as APIGatewayProxyEventV2;
}

/** A call of the clinic's software (Standard Webhooks). */
export function clinicCall(
  at: Instant,
  call: { readonly method: string; readonly path: string; readonly body?: object },
): APIGatewayProxyEventV2 {
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const payload = signedPayload({
    method: call.method,
    path: call.path,
    ...(body === undefined ? {} : { rawBody: body }),
  });
  const signed = signWebhook({
    webhookId: `msg_${at}`.replaceAll('.', '_'),
    at,
    payload,
    secrets: [simulatedWebhookSecret],
  });
  return eventOf({
    method: call.method,
    path: call.path,
    headers: { ...signed, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  });
}

const formOf = (fields: { readonly [name: string]: string }): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

function twilioPost(
  path: string,
  query: string,
  fields: { readonly [name: string]: string },
): APIGatewayProxyEventV2 {
  const all = { AccountSid: testSecrets.twilioAccountSid, ...fields };
  const url = `${publicBaseUrl}${path}${query === '' ? '' : `?${query}`}`;
  const signature = twilioSignature(testSecrets.twilioAuthTokens[0] ?? '', url, new Map(Object.entries(all)));
  return eventOf({
    method: 'POST',
    path,
    query,
    headers: { 'x-twilio-signature': signature, 'content-type': 'application/x-www-form-urlencoded' },
    body: formOf(all),
  });
}

/** A text that somebody sent to one of our numbers. */
export function inboundPost(text: {
  readonly messageSid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
}): APIGatewayProxyEventV2 {
  return twilioPost('/twilio/inbound', '', {
    MessageSid: text.messageSid,
    From: text.from,
    To: text.to,
    Body: text.body,
    NumMedia: '0',
  });
}

/** A status callback: `ref` is ours, from the URL we gave with the text. */
export function statusPost(report: {
  readonly ref: string;
  readonly providerSid: string;
  readonly status: string;
  readonly errorCode?: number;
}): APIGatewayProxyEventV2 {
  return twilioPost('/twilio/status', formOf({ ref: report.ref }), {
    MessageSid: report.providerSid,
    MessageStatus: report.status,
    ...(report.errorCode === undefined ? {} : { ErrorCode: String(report.errorCode) }),
  });
}
