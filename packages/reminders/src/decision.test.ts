import { addMinutes } from '@aftercare/time/instant';
import { isInside } from '@aftercare/time/window';
import { localDateOf } from '@aftercare/time/zone';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideSend, eventOfSkip, type SendFacts } from './decision.ts';
import { reminderStatuses, transition } from './state-machine.ts';

const ZONE = 'America/New_York';
const due: SendFacts = {
  now: '2026-11-22T15:00:10.000Z',
  reminder: {
    day: 1,
    revision: 2,
    status: 'scheduled',
    onDate: '2026-11-22',
    dueAt: '2026-11-22T15:00:00.000Z',
    timeZone: ZONE,
  },
  session: { status: 'active', revision: 2, superseded: false, hasConsent: true },
  phone: { optedOut: false },
  ledger: [],
  clinic: { paused: false, contentMayGo: true },
  allPaused: false,
};
const night = '2026-11-23T05:00:00.000Z';
const sent = { onDate: '2026-11-22', kind: 'reminder', day: 7, messageId: 'm1', counts: true } as const;

describe('decideSend', () => {
  it('sends what is due', () => expect(decideSend(due)).toEqual({ do: 'send' }));

  it.each([
    [
      'a second worker sees the claim',
      { reminder: { ...due.reminder, status: 'sending' } },
      'already_claimed',
    ],
    [
      'the schedule fires again after the text went',
      { reminder: { ...due.reminder, status: 'sent' } },
      'already_claimed',
    ],
    [
      'an unknown text is not sent on a redelivery',
      { reminder: { ...due.reminder, status: 'unknown' } },
      'already_claimed',
    ],
    ['a cancelled reminder fires late', { reminder: { ...due.reminder, status: 'cancelled' } }, 'finished'],
    ['a delivered reminder fires late', { reminder: { ...due.reminder, status: 'delivered' } }, 'finished'],
  ] as const)('does nothing: %s', (_, change, why) => {
    expect(decideSend({ ...due, ...change })).toEqual({ do: 'nothing', why });
  });

  it.each([
    ['the session was cancelled', { session: { ...due.session, status: 'cancelled' } }, 'cancelled'],
    ['an old revision fires', { session: { ...due.session, revision: 3 } }, 'superseded'],
    ['a newer session took over', { session: { ...due.session, superseded: true } }, 'superseded'],
    ['the patient opted out after planning', { phone: { optedOut: true } }, 'opted_out'],
    [
      'the number belongs to somebody else',
      { phone: { optedOut: false, blocked: 'wrong_number' } },
      'wrong_number',
    ],
    [
      'the number proved to be a landline',
      { phone: { optedOut: false, blocked: 'unreachable' } },
      'number_unreachable',
    ],
    ['the patient was erased', { phone: { optedOut: false, blocked: 'erased' } }, 'erased'],
    ['consent is missing', { session: { ...due.session, hasConsent: false } }, 'no_consent'],
    [
      'draft content would reach a stranger',
      { clinic: { paused: false, contentMayGo: false } },
      'protocol_not_approved',
    ],
    ['a retry arrives at night', { now: night }, 'window_over'],
    ['the window closes at this moment', { now: '2026-11-23T01:00:00.000Z' }, 'window_over'],
    [
      'the clinic stayed paused too long',
      { now: night, clinic: { paused: true, contentMayGo: true } },
      'clinic_paused',
    ],
    ['everything stayed paused too long', { now: night, allPaused: true }, 'all_paused'],
    ['a text went on this date already', { ledger: [sent] }, 'cap_date'],
    [
      'the monthly limit is used up',
      { clinic: { paused: false, contentMayGo: true, monthlyCapReached: true } },
      'monthly_cap',
    ],
    [
      'the clinic window is shorter',
      { clinic: { paused: false, contentMayGo: true, window: { opens: '09:00', closes: '10:00' } } },
      'window_over',
    ],
  ] as const)('skips with the reason: %s', (_, change, reason) => {
    expect(decideSend({ ...due, ...change })).toEqual({ do: 'skip', reason });
  });

  it('a fourth text within seven dates is skipped', () => {
    const ledger = [
      { ...sent, onDate: '2026-11-17' },
      { ...sent, onDate: '2026-11-19' },
      { ...sent, onDate: '2026-11-25' },
    ] as const;
    expect(decideSend({ ...due, ledger: [...ledger] })).toEqual({ do: 'send' });
    expect(decideSend({ ...due, ledger: [...ledger, { ...sent, onDate: '2026-11-16' }] })).toMatchObject({
      reason: 'cap_week',
    });
    expect(decideSend({ ...due, ledger: [{ ...sent, counts: false }] })).toEqual({ do: 'send' });
  });

  it.each([
    ['fired before its time', { now: '2026-11-22T14:59:59.999Z' }, due.reminder.dueAt, 'too_early'],
    ['fired before the window opens', { now: '2026-11-22T09:00:00.000Z' }, due.reminder.dueAt, 'too_early'],
    [
      'the clinic is paused',
      { clinic: { paused: true, contentMayGo: true } },
      '2026-11-22T15:15:10.000Z',
      'clinic_paused',
    ],
    [
      'all is paused, minutes before closing',
      { now: '2026-11-23T00:50:00.000Z', allPaused: true },
      '2026-11-23T01:00:00.000Z',
      'all_paused',
    ],
    [
      'paused before opening',
      { now: '2026-11-22T09:00:00.000Z', allPaused: true },
      '2026-11-22T14:00:00.000Z',
      'all_paused',
    ],
  ] as const)('waits: %s', (_, change, until, because) => {
    expect(decideSend({ ...due, ...change })).toEqual({ do: 'wait', until, because });
  });

  it('reports what matters first: a stop is not hidden by the pause, nor a cancellation by the night', () => {
    const all = { ...due, now: night, allPaused: true, phone: { optedOut: true } } as const;
    expect(decideSend(all)).toMatchObject({ reason: 'opted_out' });
    expect(decideSend({ ...all, session: { ...due.session, status: 'cancelled' } })).toMatchObject({
      reason: 'cancelled',
    });
  });

  it('never sends outside the window of its date, after a stop, or over a cap, whatever else is true', () => {
    const facts = fc.record({
      minutes: fc.integer({ min: -2 * 1440, max: 3 * 1440 }),
      status: fc.constantFrom(...reminderStatuses),
      revision: fc.integer({ min: 1, max: 3 }),
      cancelled: fc.boolean(),
      optedOut: fc.boolean(),
      paused: fc.boolean(),
      allPaused: fc.boolean(),
      contentMayGo: fc.boolean(),
      capped: fc.boolean(),
      zone: fc.constantFrom('America/New_York', 'Pacific/Honolulu', 'Pacific/Guam'),
    });
    fc.assert(
      fc.property(facts, (f) => {
        const now = addMinutes(due.reminder.dueAt, f.minutes);
        const input: SendFacts = {
          ...due,
          now,
          reminder: { ...due.reminder, status: f.status, timeZone: f.zone },
          session: { ...due.session, status: f.cancelled ? 'cancelled' : 'active', revision: f.revision },
          phone: { optedOut: f.optedOut },
          clinic: { paused: f.paused, contentMayGo: f.contentMayGo },
          allPaused: f.allPaused,
          ledger: f.capped ? [sent] : [],
        };
        const decision = decideSend(input);
        if (decision.do === 'send') {
          expect([f.cancelled, f.optedOut, f.paused, f.allPaused, f.capped]).toEqual(Array(5).fill(false));
          expect([f.contentMayGo, f.revision, localDateOf(now, f.zone)]).toEqual([true, 2, '2026-11-22']);
          expect(isInside(now, { opens: '09:00', closes: '20:00' }, f.zone)).toBe(true);
        }
        if (decision.do === 'send') expect(transition(f.status, 'claimed').ok).toBe(true);
        if (decision.do === 'skip') expect(transition(f.status, eventOfSkip(decision.reason)).ok).toBe(true);
        if (decision.do === 'wait') expect(decision.until > now).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('always ends: following every wait leads to a send or a reason, never to silence', () => {
    let facts: SendFacts = { ...due, now: '2026-11-21T03:00:00.000Z', allPaused: true };
    for (let looks = 0; looks < 100; looks += 1) {
      const decision = decideSend(facts);
      if (decision.do !== 'wait') break;
      facts = { ...facts, now: decision.until };
    }
    expect(decideSend(facts)).toEqual({ do: 'skip', reason: 'all_paused' });
  });
});
