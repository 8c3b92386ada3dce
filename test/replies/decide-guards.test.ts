import { analyse } from '@aftercare/sms/encoding';
import { addHours, addMinutes } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
import { asked, decide, endedAt, patient } from './sample-context.ts';

describe('a loop between two machines', () => {
  const now = addHours(endedAt, 26);
  const replies = (...minutesAgo: number[]) => ({ repliesAt: minutesAgo.map((m) => addMinutes(now, -m)) });

  it('ends after three replies in 10 minutes or ten in a day, with a human told once', () => {
    const short = decide('asdf qwer', { phone: replies(1, 2, 3) });
    expect([short.reply, short.noReplyReason]).toEqual([undefined, 'loop_cap']);
    expect(short.tasks).toHaveLength(1);
    const long = decide('thanks a lot for all', {
      phone: replies(60, 70, 80, 90, 100, 110, 120, 130, 140, 150),
    });
    expect(long.noReplyReason).toBe('loop_cap');
    expect(decide('asdf qwer', { phone: replies(11, 12, 13) }).reply).toBeDefined();
  });

  it('does not answer the same words twice in a row', () => {
    const earlier = [
      { inboundSid: 'SM0', body: 'Asdf qwer', at: addMinutes(now, -2), level: 'unclear' as const },
    ];
    expect(decide('asdf qwer ', { earlier }).noReplyReason).toBe('same_text_again');
  });

  it('never answers a short code', () => {
    expect(decide('Your code is 1234', { text: { fromMachine: true } }).noReplyReason).toBe('not_a_phone');
  });
});

describe('a reaction to a text of ours', () => {
  it('is neither answered nor a task: its quoted hint unsubscribes nobody', () => {
    const decision = decide("Liked “GlowClinic: how is your skin? 911 if you can't breathe. STOP to end”");
    expect([decision.level, decision.optOut, decision.reply, decision.noReplyReason, decision.tasks]).toEqual(
      ['admin', undefined, undefined, 'reaction', []],
    );
  });
});

describe('a reply that comes too late', () => {
  const night = addHours(endedAt, 11);

  it('waits for the window after 30 minutes, unless it is severe', () => {
    const late = decide('asdf qwer', { hours: 11.6, text: { receivedAt: night } });
    expect(late.reply?.deferUntil).toBe('2026-11-22T14:00:00.000Z');
    expect(
      decide('I cant breathe', { hours: 11.6, text: { receivedAt: night } }).reply?.deferUntil,
    ).toBeUndefined();
    expect(
      decide('asdf qwer', { hours: 11.4, text: { receivedAt: night } }).reply?.deferUntil,
    ).toBeUndefined();
  });

  it('goes to the latest text only', () => {
    const late = decide('asdf qwer', { hours: 11.6, text: { receivedAt: night }, laterTextWaiting: true });
    expect(late.noReplyReason).toBe('later_text_waiting');
  });
});

describe('an opt-out', () => {
  it('by a carrier word is recorded and never answered by us', () => {
    const decision = decide('STOP', { text: { carrierWord: 'stop' } });
    expect([decision.optOut, decision.reply, decision.noReplyReason]).toEqual([
      { by: 'carrier' },
      undefined,
      'carrier_answers',
    ]);
  });

  it('in words is confirmed exactly once', () => {
    const first = decide('opt me out');
    expect(first.reply).toMatchObject({
      kind: 'opt_out',
      body: 'GlowClinic: you get no more texts. Unwell? Call 305-555-0100. Emergency: 911. START to resume.',
    });
    const again = decide('opt me out', { phone: { optedOutBy: 'words', optOutConfirmed: true } });
    expect([again.reply, again.noReplyReason]).toEqual([undefined, 'opted_out']);
  });

  it('leaves only the answers to severe texts to humans', () => {
    const decision = decide('asdf qwer', { phone: { optedOutBy: 'words', optOutConfirmed: true } });
    expect([decision.reply, decision.noReplyReason]).toEqual([undefined, 'opted_out']);
    expect(decision.tasks.map((task) => task.kind)).toEqual(['unclear']);
  });

  it('is lifted by START, and YES is START only for somebody who had stopped', () => {
    expect(decide('START', { text: { carrierWord: 'start' }, phone: { optedOutBy: 'carrier' } }).optIn).toBe(
      true,
    );
    const yes = decide('YES', { text: { carrierWord: 'start' } });
    expect([yes.optIn, yes.level]).toEqual([undefined, 'unclear']);
  });
});

describe('a number that two people share', () => {
  const shared = [
    patient('p-1'),
    patient('p-2', {
      sessions: patient('p-2').sessions.map((one) => ({
        ...one,
        treatment: { ...one.treatment, endedAt: addHours(endedAt, -30) },
      })),
    }),
  ];

  it('gets the severe text at once, without being asked who it is', () => {
    expect(decide('I cant breathe', { patients: shared }).reply?.templateId).toBe('emergency');
  });

  it('is asked A or B about a calm text, and the answer is read for that person', () => {
    const first = decide('my skin is red and dry', { patients: shared });
    expect([first.reply?.templateId, first.question?.questionId]).toEqual(['which_patient', 'which_patient']);
    expect(first.question?.options).toEqual(['p-2', 'p-1', 'SM1']);
    const pending = asked('which_patient', 26, { options: ['p-2', 'p-1', 'SM1'] });
    const at = addHours(endedAt, 26);
    const second = decide('b', {
      hours: 26.1,
      patients: shared.map((one) => (one.patientId === 'p-1' ? { ...one, pending } : one)),
      earlier: [{ inboundSid: 'SM1', body: 'my skin is red and dry', at, level: 'self_care' }],
    });
    expect([second.patientId, second.answersQuestion]).toEqual(['p-1', true]);
    expect(second.reply?.body).not.toMatch(/fever|pus|nov/i);
  });

  it('is told no date and no symptom', () => {
    const question = decide('can I wear makeup?', { patients: [patient('p-1', { minor: true })] });
    expect(question.reply?.templateId).toBe('question_discreet');
  });
});

describe('every reply', () => {
  it('is at most two GSM-7 segments with the longest names, whatever is texted', () => {
    const bodies = [
      'I cant breathe',
      'fever of 102',
      'red skin',
      'can I wear makeup?',
      'asdf',
      'baja',
      '3',
      '',
      'ayuda',
    ];
    for (const language of ['en', 'es'] as const) {
      for (const body of bodies) {
        const decision = decide(body, {
          patients: [patient('p-1', { language })],
          clinic: { displayName: 'Glow Skin Clinic 123' },
        });
        const size = analyse(decision.reply?.body ?? '');
        expect([body, size.encoding, size.segments <= 2]).toEqual([body, 'GSM-7', true]);
      }
    }
  });
});

describe('a text after day 14', () => {
  const late = { hours: 24 * 20 };

  it('never calls a sign usual, and is read with its real hours', () => {
    const decision = decide('my skin is a bit red and dry', late);
    expect([decision.level, decision.tasks.map((task) => task.kind)]).toEqual(['review', ['review']]);
  });

  it('that only says that all is well makes no work', () => {
    expect(decide('thanks, all good!', late).tasks).toEqual([]);
  });
});

describe('a text that only says "ok"', () => {
  it.each(['ok', 'OK!', 'vale 👍', 'Okay.'])('%s is thanked for and bothers nobody', (body) => {
    const decision = decide(body);
    expect([decision.reply?.templateId, decision.tasks]).toEqual(['thanks', []]);
  });
});

describe('a language that was asked for', () => {
  it('is answered in, and holds from then on', () => {
    const decision = decide('en español por favor');
    expect([decision.switchLanguage, decision.language, decision.reply?.templateId]).toEqual([
      'es',
      'es',
      'language_switched',
    ]);
    expect(decision.tasks).toEqual([]);
  });

  it('is not switched to when the clinic does not offer it', () => {
    const decision = decide('en español por favor', { clinic: { languages: ['en'] } });
    expect([decision.switchLanguage, decision.language]).toEqual([undefined, 'en']);
  });
});

describe('several texts in a row', () => {
  const at = addHours(endedAt, 25.95);

  it('are also read as one, which may only raise', () => {
    const earlier = [{ inboundSid: 'SM0', body: 'took my temperature', at, level: 'unclear' as const }];
    const together = decide('its 102 and there is pus', { earlier });
    expect(['urgent', 'emergency']).toContain(together.level);
    const calm = decide('thanks!', {
      earlier: [{ inboundSid: 'SM0', body: 'I cant breathe', at, level: 'emergency' }],
    });
    expect(calm.level).toBe('admin');
  });
});

describe('a wrong number', () => {
  it('gets one apology, no health words, and is blocked', () => {
    const first = decide('wrong number');
    expect([first.wrongNumber, first.level]).toEqual([true, 'admin']);
    expect(first.reply?.body).toBe(
      'GlowClinic: Sorry, we have the wrong number. We will not text you again.',
    );
    expect(first.tasks.map((task) => task.kind)).toEqual(['notice']);
    expect(decide('wrong number!!', { phone: { blockedReason: 'wrong_number' } }).noReplyReason).toBe(
      'blocked',
    );
  });
});

describe('a patient who says "fine" unasked', () => {
  it.each(['fine', 'bien', 'Good!'])('%s is not asked how they feel', (body) => {
    const decision = decide(body);
    expect(decision.reply?.templateId).not.toBe('repeat_labels');
  });
});
