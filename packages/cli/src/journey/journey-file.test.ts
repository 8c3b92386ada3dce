import { describe, expect, it } from 'vitest';
import { parseJourney, readJourneyFile } from './journey-file.ts';

const session = {
  sessionId: 'v1',
  patient: { phone: '+13055550123' },
  treatment: { endedAt: '2026-11-21T16:30:00Z' },
};

describe('a journey file', () => {
  it('needs no replies and keeps what only the API checks', () => {
    const read = parseJourney({ session: { ...session, extra: 1 } }, 'x.json');
    expect(read).toMatchObject({ ok: true, endedAt: '2026-11-21T16:30:00.000Z', journey: { replies: [] } });
  });

  it('names every wrong field at once', () => {
    const replies = [{ at: '2 days', body: 'hi' }, { at: 'P1D' }];
    const read = parseJourney({ session: { ...session, sessionId: 5 }, replies, clinc: {} }, 'x.json');
    expect(read).toMatchObject({ ok: false });
    const message = read.ok ? '' : read.message;
    for (const field of ['session.sessionId', 'replies[0].at', 'replies[1].body', 'clinc']) {
      expect(message).toContain(field);
    }
  });

  it('says which file cannot be read', () => {
    expect(readJourneyFile('no-such-file.json')).toMatchObject({
      ok: false,
      message: 'The file no-such-file.json cannot be read.',
    });
  });
});
