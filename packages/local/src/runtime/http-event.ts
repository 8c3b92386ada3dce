import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from 'aws-lambda';
import type { LocalAnswer, LocalRequest } from '../http/loopback-server.ts';
import { accountId } from '../http/signature-scope.ts';

/** What API Gateway hands over as text; every other body, form posts too, travels as base64 (aws.md 5.1). */
const textTypes = /^(text\/|application\/(json|xml|javascript)\b)/i;

/**
 * A request as an HTTP API hands it to a function, payload format 2.0.
 *
 * @param routeKey `POST /v1/clinics/{clinicId}/sessions`, or `$default`
 */
export function httpEvent(
  request: LocalRequest,
  route: { readonly routeKey: string; readonly pathParameters: Readonly<Record<string, string>> },
  nowMs: number,
): APIGatewayProxyEventV2 {
  const { cookie, ...headers } = request.headers;
  const isText = textTypes.test(headers['content-type'] ?? '');
  const query = queryOf(request.rawQuery);
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: request.rawPath,
    rawQueryString: request.rawQuery,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(query === undefined ? {} : { queryStringParameters: query }),
    ...(Object.keys(route.pathParameters).length === 0
      ? {}
      : { pathParameters: { ...route.pathParameters } }),
    requestContext: {
      accountId,
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method,
        path: request.rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.routeKey,
      stage: '$default',
      time: new Date(nowMs).toISOString(),
      timeEpoch: nowMs,
    },
    ...(request.body.length === 0 ? {} : { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

/** Repeated names are joined with a comma, as API Gateway does. */
function queryOf(rawQuery: string): Record<string, string> | undefined {
  if (rawQuery === '') return undefined;
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    const before = joined[name];
    joined[name] = before === undefined ? value : `${before},${value}`;
  }
  return joined;
}

/** A function's answer as HTTP: a bare value becomes a 200 with JSON, as API Gateway infers it. */
export function httpAnswer(result: APIGatewayProxyResultV2): LocalAnswer {
  const json = { 'content-type': 'application/json' };
  if (typeof result === 'string') return { status: 200, headers: json, body: result };
  if (result.statusCode === undefined) return { status: 200, headers: json, body: JSON.stringify(result) };
  const headers: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(result.headers ?? {}))
    headers[name.toLowerCase()] = String(value);
  if (result.cookies !== undefined) headers['set-cookie'] = result.cookies;
  const { body = '' } = result;
  return {
    status: result.statusCode,
    headers,
    body: result.isBase64Encoded === true ? Buffer.from(body, 'base64') : body,
  };
}
