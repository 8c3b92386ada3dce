import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countsAsSent,
  isAllowedMove,
  isFinal,
  isOpen,
  messageEvents,
  messageStatuses,
  messageTransition,
  type ReminderEvent,
  type ReminderStatus,
  reminderEvents,
  reminderStatuses,
  transition,
} from './state-machine.ts';

/** Every move there is, written out a second time: a new one must be meant. */
const ALLOWED: Record<ReminderStatus, string> = {
  planned:
    'scheduled>scheduled claimed>sending accepted>sent delivered>delivered ' +
    'skipped>skipped cancelled>cancelled superseded>superseded',
  scheduled:
    'claimed>sending accepted>sent delivered>delivered ' +
    'skipped>skipped cancelled>cancelled superseded>superseded',
  sending:
    'accepted>sent rejected>failed not_processed>planned timed_out>unknown delivered>delivered ' +
    'undelivered>undelivered delivery_failed>failed retry_planned>planned',
  sent: 'delivered>delivered undelivered>undelivered delivery_failed>failed retry_planned>planned',
  failed: 'accepted>sent delivered>delivered retry_planned>planned',
  unknown:
    'accepted>sent rejected>failed not_found>failed resend_planned>planned delivered>delivered ' +
    'undelivered>undelivered delivery_failed>failed retry_planned>planned',
  delivered: '',
  undelivered: 'accepted>sent delivered>delivered retry_planned>planned',
  skipped: '',
  cancelled: '',
  superseded: '',
};

describe('every event in every status of a reminder', () => {
  it.each(reminderStatuses)('%s moves exactly as designed and refuses the rest with a reason', (status) => {
    const moves = reminderEvents.flatMap((event) => {
      const result = transition(status, event);
      return result.ok ? [`${event}>${result.next}`] : [];
    });
    expect(moves.join(' ')).toBe(ALLOWED[status]);
    for (const event of reminderEvents) {
      const result = transition(status, event);
      if (!result.ok)
        expect(result.why).toMatch(/^(repeated|not_claimed|already_claimed|overtaken|finished)$/);
    }
  });

  it.each([
    ['cancelled', 'sending', 'already_claimed'],
    ['cancelled', 'sent', 'already_claimed'],
    ['cancelled', 'unknown', 'already_claimed'],
    ['cancelled', 'cancelled', 'repeated'],
    ['claimed', 'sending', 'already_claimed'],
    ['claimed', 'cancelled', 'finished'],
    ['scheduled', 'scheduled', 'repeated'],
    ['undelivered', 'planned', 'not_claimed'],
    ['resend_planned', 'sent', 'overtaken'],
    ['timed_out', 'sent', 'overtaken'],
    ['timed_out', 'delivered', 'finished'],
  ] as const)('%s while %s is refused as %s', (event, status, why) => {
    expect(transition(status, event)).toEqual({ ok: false, why });
  });
});

describe('no order of events', () => {
  const events = fc.array(fc.constantFrom(...reminderEvents), { maxLength: 40 });
  const run = (sequence: readonly ReminderEvent[]): [ReminderEvent, ReminderStatus, ReminderStatus][] => {
    let status: ReminderStatus = 'planned';
    return sequence.flatMap((event) => {
      const result = transition(status, event);
      if (!result.ok) return [];
      const from = status;
      status = result.next;
      return [[event, from, status] as [ReminderEvent, ReminderStatus, ReminderStatus]];
    });
  };

  it('leaves a final status', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        for (const [, from] of run(sequence)) expect(isFinal(from)).toBe(false);
      }),
    );
  });
  it('starts a second text without a failure, a lost text or a claim given back in between', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        let mayStart = true;
        for (const [event, , to] of run(sequence)) {
          if (to === 'sending') {
            expect(mayStart).toBe(true);
            mayStart = false;
          }
          if (to === 'planned') mayStart = true;
          if (to === 'planned') expect(event).toMatch(/^(not_processed|resend_planned|retry_planned)$/);
        }
      }),
    );
  });
  it('cancels what is on its way', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        for (const [event, from] of run(sequence)) {
          if (event === 'cancelled' || event === 'superseded' || event === 'skipped')
            expect(isOpen(from)).toBe(true);
        }
      }),
    );
  });
});

describe('isAllowedMove', () => {
  it('knows the moves a checker of histories must refuse', () => {
    expect(isAllowedMove('planned', 'sending')).toBe(true);
    expect(isAllowedMove('sending', 'cancelled')).toBe(false);
    expect(isAllowedMove('cancelled', 'sending')).toBe(false);
    expect(isAllowedMove('delivered', 'undelivered')).toBe(false);
  });
});

describe('what a re-plan counts', () => {
  it('as sent: claimed, sent, unknown and delivered ones', () => {
    expect(reminderStatuses.filter(countsAsSent)).toEqual(['sending', 'sent', 'unknown', 'delivered']);
  });
});

describe('every event in every status of one text', () => {
  const ALLOWED_MESSAGE = {
    sending:
      'accepted>sent rejected>failed not_processed>failed timed_out>unknown ' +
      'found>sent not_found>failed receipt>sent',
    sent: '',
    failed: 'found>sent receipt>sent',
    unknown: 'accepted>sent rejected>failed found>sent not_found>failed receipt>sent',
  };
  it.each(messageStatuses)('%s', (status) => {
    const results = messageEvents.map((event) => [event, messageTransition(status, event)] as const);
    const moves = results.flatMap(([event, result]) => (result.ok ? [`${event}>${result.next}`] : []));
    expect(moves.join(' ')).toBe(ALLOWED_MESSAGE[status]);
    for (const [, result] of results) if (!result.ok) expect(result.why).toMatch(/^(repeated|overtaken)$/);
  });
});
