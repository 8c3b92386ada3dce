import { describe, expect, it } from 'vitest';
import { httpAnswer, httpEvent } from './http-event.ts';

const request = (extra: object = {}) => ({
  method: 'POST',
  rawPath: '/v1/clinics/c1/sessions/a%20b',
  rawQuery: '',
  headers: { host: 'localhost:8787', 'content-type': 'application/json' },
  body: Buffer.from('{"a":1}'),
  ...extra,
});
const route = {
  routeKey: 'ANY /v1/clinics/{clinicId}/sessions/{sessionId}',
  pathParameters: { clinicId: 'c1' },
};

describe('requests as API Gateway events', () => {
  it('hand a form over in base64 and JSON as text, so that signatures see what was sent', () => {
    const form = request({
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
      body: Buffer.from('Body=%C2%BFs%C3%AD%3F'),
    });
    expect(httpEvent(form, route, 0)).toMatchObject({
      body: Buffer.from('Body=%C2%BFs%C3%AD%3F').toString('base64'),
      isBase64Encoded: true,
    });
    expect(httpEvent(request(), route, 0)).toMatchObject({ body: '{"a":1}', isBase64Encoded: false });
  });

  it('keep path and query as they stood on the request line', () => {
    const event = httpEvent(request({ rawQuery: 'a=1&a=2&b=%20' }), route, 0);
    expect(event).toMatchObject({
      rawPath: '/v1/clinics/c1/sessions/a%20b',
      rawQueryString: 'a=1&a=2&b=%20',
      queryStringParameters: { a: '1,2', b: ' ' },
      pathParameters: { clinicId: 'c1' },
    });
  });

  it('leave out what was not sent', () => {
    const event = httpEvent(
      request({ body: Buffer.alloc(0) }),
      { routeKey: '$default', pathParameters: {} },
      0,
    );
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['body']));
    expect(event.isBase64Encoded).toBe(false);
    expect(event.pathParameters).toBeUndefined();
  });

  it('move cookies to where payload format 2.0 has them', () => {
    const event = httpEvent(request({ headers: { cookie: 'a=1; b=2' } }), route, 0);
    expect(event.cookies).toEqual(['a=1', 'b=2']);
    expect(event.headers.cookie).toBeUndefined();
  });
});

describe('answers of functions as HTTP', () => {
  it('pass status, headers and bytes on', () => {
    expect(
      httpAnswer({
        statusCode: 201,
        headers: { 'X-A': 1 },
        body: Buffer.from('hé').toString('base64'),
        isBase64Encoded: true,
      }),
    ).toEqual({ status: 201, headers: { 'x-a': '1' }, body: Buffer.from('hé') });
    expect(httpAnswer({ statusCode: 204 })).toEqual({ status: 204, headers: {}, body: '' });
  });

  it('turn a bare value into JSON with 200', () => {
    expect(httpAnswer('"x"')).toMatchObject({ status: 200, body: '"x"' });
  });
});
