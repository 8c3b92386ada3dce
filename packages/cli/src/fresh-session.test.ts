import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { freshSession } from './fresh-session.ts';

const sample = readFileSync(new URL('../samples/session.json', import.meta.url), 'utf8');
const now = '2027-03-01T18:00:00.000Z';
const none = { endedAgoSeconds: undefined, phone: undefined, now, wall: now } as const;

function changed(change: object): ReturnType<typeof JSON.parse> {
  const fresh = freshSession(sample, { ...none, ...change });
  if (!fresh.ok) throw new Error(fresh.message);
  return JSON.parse(fresh.text);
}

describe('a session file that is older than today', () => {
  it('ends when it was asked to, with consent as long before as in the file', () => {
    const { sessionId, patient, treatment } = changed({ endedAgoSeconds: 3600 });
    expect(treatment).toMatchObject({ endedAt: '2027-03-01T17:00:00.000Z', device: 'pen' });
    expect(patient.consent).toMatchObject({ givenAt: '2027-03-01T15:30:00.000Z', method: 'written' });
    expect(sessionId).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
    expect(sessionId).not.toBe('visit-2026-0042');
  });

  it('goes to another phone, and to the same file’s text when nothing is asked for', () => {
    expect(changed({ phone: '+13055550123' }).patient.phone).toBe('+13055550123');
    expect(changed({ phone: '+13055550123' }).treatment.endedAt).toBe('2026-11-21T16:30:00.000Z');
    expect(freshSession(sample, none)).toEqual({ ok: true, text: sample });
  });

  it('keeps a long id within 64 characters', () => {
    const long = sample.replace('visit-2026-0042', 'v'.repeat(64));
    const fresh = freshSession(long, { ...none, phone: '+13055550123' });
    expect(fresh.ok && JSON.parse(fresh.text).sessionId).toMatch(/^v+-\d{17}$/);
    expect(fresh.ok && JSON.parse(fresh.text).sessionId.length).toBeLessThanOrEqual(64);
  });

  it('says what a file lacks that is no session', () => {
    for (const text of ['{}', 'no json', '{"sessionId":"a","patient":{},"treatment":{"endedAt":"soon"}}'])
      expect(freshSession(text, { ...none, phone: '+1' })).toMatchObject({
        ok: false,
        message: expect.stringContaining('no session'),
      });
  });
});
