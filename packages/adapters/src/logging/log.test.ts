import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog } from './log.ts';

let lines: string[];

beforeEach(() => {
  lines = [];
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  for (const method of ['info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((line: string) => void lines.push(line));
  }
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
      function: 'aftercare-dev-send-reminder',
      requestId: 'request-1',
      sessionKey: 'abc',
      day: 3,
      reason: 'opted_out',
    });
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
