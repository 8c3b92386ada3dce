import { addMinutes } from '@aftercare/time/instant';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Settlement, settleUnknown, type UnknownSend } from './settlement.ts';

const claimedAt = '2026-11-22T15:00:00.000Z';
const closes = '2026-11-23T01:00:00.000Z';
const after = (minutes: number, change: Partial<UnknownSend> = {}): Settlement =>
  settleUnknown({
    claimedAt,
    now: addMinutes(claimedAt, minutes),
    kind: 'reminder',
    listing: 'not_done',
    resendsDone: 0,
    windowClosesAt: closes,
    ...change,
  });

describe('settling a send that nobody answered', () => {
  it.each([
    [
      "before ten minutes Twilio's list may lag, so nothing is read",
      9.9,
      {},
      { do: 'wait', until: addMinutes(claimedAt, 10) },
    ],
    [
      'an empty list read too early proves nothing',
      5,
      { listing: 'not_found' },
      { do: 'wait', until: addMinutes(claimedAt, 10) },
    ],
    ['from ten minutes on the list is read', 10, {}, { do: 'list' }],
    ['found, however early: it went', 1, { listing: 'found' }, { do: 'sent' }],
    [
      'not found at twelve minutes: too early to repeat',
      12,
      { listing: 'not_found' },
      { do: 'wait', until: addMinutes(claimedAt, 15) },
    ],
    ['not found at fifteen: once more', 15, { listing: 'not_found' }, { do: 'resend' }],
    ['never a second resend', 30, { listing: 'not_found', resendsDone: 1 }, { do: 'not_sent' }],
    ['never a resend after the window', 700, { listing: 'not_found' }, { do: 'not_sent' }],
    [
      'never a resend of a confirmation',
      20,
      { listing: 'not_found', kind: 'confirmation' },
      { do: 'not_sent' },
    ],
    [
      'a failed listing never leads to a resend',
      20,
      { listing: 'failed' },
      { do: 'wait', until: addMinutes(claimedAt, 25) },
    ],
    [
      'a listing that fails until the window is over ends as unknown',
      601,
      { listing: 'failed' },
      { do: 'final_unknown' },
    ],
    [
      'just before closing patience still lasts an hour',
      60,
      { listing: 'failed', windowClosesAt: addMinutes(claimedAt, 5) },
      { do: 'final_unknown' },
    ],
    [
      'a lost reply to a patient goes to a person',
      10,
      { kind: 'reply', listing: 'not_found' },
      { do: 'human' },
    ],
    [
      'a reply whose list cannot be read goes to a person too',
      15,
      { kind: 'reply', listing: 'failed' },
      { do: 'human' },
    ],
    [
      'nothing is called lost before the list is certain to show it',
      12,
      { kind: 'confirmation', listing: 'not_found' },
      { do: 'wait', until: addMinutes(claimedAt, 15) },
    ],
    [
      'a lost page is not repeated: the ladder climbed long ago',
      15,
      { kind: 'alert', listing: 'not_found' },
      { do: 'not_sent' },
    ],
  ] as const)('%s', (_, minutes, change, expected) => expect(after(minutes, change)).toEqual(expected));

  it('never resends before 15 minutes, without a listing, twice, or outside the window', () => {
    const unknown = fc.record({
      minutes: fc.double({ min: 0, max: 1000, noNaN: true }),
      kind: fc.constantFrom('confirmation', 'reminder', 'reply', 'opt_out', 'alert', 'notice'),
      listing: fc.constantFrom('not_done', 'found', 'not_found', 'failed'),
      resendsDone: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(unknown, ({ minutes, ...change }) => {
        const decision = after(minutes, change);
        if (decision.do !== 'resend') return;
        expect([change.kind, change.listing, change.resendsDone]).toEqual(['reminder', 'not_found', 0]);
        expect(minutes).toBeGreaterThanOrEqual(14.999);
        expect(minutes).toBeLessThan(600);
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['reminder', 'confirmation', 'reply', 'opt_out', 'alert', 'notice'] as const)(
    'a %s whose list always fails is finished one day, never pending for ever',
    (kind) => {
      let minutes = 0;
      let decision = after(minutes, { kind, listing: 'failed' });
      while (decision.do === 'wait' && minutes < 2000) {
        minutes += 5;
        decision = after(minutes, { kind, listing: 'failed' });
      }
      expect(['human', 'final_unknown']).toContain(decision.do);
    },
  );
});
