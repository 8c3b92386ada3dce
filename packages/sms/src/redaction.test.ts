import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, redactText } from './redaction.ts';

describe('redact', () => {
  it('a timed-out Twilio call leaks neither form nor credentials', () => {
    const error = Object.assign(new Error('timeout for +13055550123'), {
      code: 'ECONNABORTED',
      config: { headers: { Authorization: 'Basic QUM6c2VjcmV0' }, data: 'To=%2B13055550123&Body=Hi+Ana' },
    });
    const logged = JSON.stringify(redact({ error, clinicId: 'c1' }));
    expect(logged).toContain('ECONNABORTED');
    expect(logged).toContain('c1');
    for (const secret of ['3055550123', 'QUM6c2VjcmV0', 'Ana', 'Body=']) expect(logged).not.toContain(secret);
  });

  it.each([
    'body',
    'Body',
    'phone',
    'From',
    'to',
    'firstName',
    'first_name',
    'X-Twilio-Signature',
    'webhookSecret',
    'authToken',
  ])('hides whatever stands under %s', (key) =>
    expect(redact({ [key]: 'Ana has a fever' })).toEqual({ [key]: '[redacted]' }),
  );

  it.each([
    'call +13055550123 now',
    'call 305-555-0123 now',
    'call (305) 555-0123 now',
    'call 305.555.0123 now',
    'call 13055550123 now',
    '/twilio?To=%2B13055550123',
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'ana@example.com',
  ])('finds %j inside any text', (text) => {
    expect(redactText(text)).toContain('[redacted]');
    expect(redactText(text)).not.toMatch(/\d{4}|MfKQ|ana@/);
  });

  it('finds a number wherever it hides in nested data', () => {
    const digits = fc.integer({ min: 200, max: 999 }).map((area) => `${area}5550123`);
    const place = fc.constantFrom<(n: string) => unknown>(
      (n) => ({ deep: [{ note: `x +1${n} y` }] }),
      (n) => new Map([['k', new Set([`+1${n}`])]]),
      (n) => ({ [`+1${n}`]: 1 }),
      (n) => ({ value: Number(n) }),
      (n) => new Error('outer', { cause: new Error(`inner +1${n}`) }),
    );
    fc.assert(
      fc.property(digits, place, (number, put) => {
        expect(JSON.stringify(redact(put(number)))).not.toContain(number);
      }),
    );
  });

  it('keeps what an operator needs', () => {
    const line = {
      at: '2026-11-21T16:30:00.000Z',
      messageSid: 'SM0123456789abcdef0123456789abcdef',
      sessionKey: '01k2m3n4p5q6r7s8t9v0w1x2y3',
      errorCode: 30_003,
      latencyMs: 1234,
      epochMs: 1_795_000_000_000,
      delivered: false,
      day: 3,
    };
    expect(redact(line)).toEqual(line);
  });

  it('a cycle, a function or bytes never break the log line', () => {
    const loop: Record<string, unknown> = {
      run: () => 1,
      bytes: new Uint8Array(4),
      when: new Date(Number.NaN),
    };
    loop.self = loop;
    expect(redact(loop)).toEqual({ run: '[function]', bytes: '[bytes]', when: null, self: '[cycle]' });
  });

  it('always returns something JSON can write', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => JSON.stringify(redact(value) ?? null)).not.toThrow();
      }),
    );
  });
});
