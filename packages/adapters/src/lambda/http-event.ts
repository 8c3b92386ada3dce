import type { HttpAnswer, HttpRequest } from '@aftercare/usecases/http/message';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/**
 * An HTTP API event (payload format 2.0) as a plain request. Form posts arrive in base64, header names in
 * lower case, `rawQueryString` as it was on the wire; the stage is `$default`, so `rawPath` has no prefix.
 */
export function httpRequestOf(event: APIGatewayProxyEventV2): HttpRequest {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(event.headers)) headers[name.toLowerCase()] = value;
  return {
    method: event.requestContext.http.method,
    path: event.rawPath,
    query: event.rawQueryString,
    headers,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  };
}

export function httpResultOf(answer: HttpAnswer): APIGatewayProxyStructuredResultV2 {
  return { statusCode: answer.status, headers: { ...answer.headers }, body: answer.body };
}
