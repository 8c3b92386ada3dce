import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog } from './log.ts';

let lines: string[];

beforeEach(() => {
  lines = [];
  vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-69221b2a-0a1b2c3d4e5f60718293a4b5;Sampled=0');
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('a log line', () => {
  it('says what happened, where, and in which request', () => {
    const log = createLog('send-reminder');
    log.withRequest({
      awsRequestId: 'request-1',
      functionName: 'aftercare-dev-send-reminder',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn',
      memoryLimitInMB: '512',
    } as never);
    log.warn('reminder_skipped', { sessionKey: 'abc', day: 3, reason: 'opted_out' });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'WARN',
      event: 'reminder_skipped',
      service: 'send-reminder',
      requestId: 'request-1',
      coldStart: true,
      traceId: '1-69221b2a-0a1b2c3d4e5f60718293a4b5',
      sessionKey: 'abc',
      day: 3,
      reason: 'opted_out',
    });
  });

  it('keeps its own members, whatever a field is called, and is one line', () => {
    const log = createLog('intake');
    log.info('first\nsecond', { level: 'mine', event: 'mine', requestId: 'mine' });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.indexOf('\n')).toBe((lines[0]?.length ?? 0) - 1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'INFO', event: 'first\nsecond' });
    expect(lines[0]).not.toContain('mine');
  });

  it('never carries a phone number, a text, a name or a secret, wherever it was put', () => {
    const log = createLog('send-reminder');
    log.error('send_failed', {
      body: 'Zqx pus everywhere',
      firstName: 'Zqxanna',
      detail: 'to +13055550123 with whsec_ZqxZqxZqx',
      phoneKey: 'abcdefghij',
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/Zqx|3055550123/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'send_failed', phoneKey: 'abcdefghij' });
  });
});
