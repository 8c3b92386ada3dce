import { analyse } from '@aftercare/sms/encoding';
import type { Instant } from '@aftercare/time/instant';
import { addHours, addMinutes } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
import type { ConversationContext, LocationView, PatientView, Pending } from './context.ts';
import { decideReply } from './decide-reply.ts';

const endedAt: Instant = '2026-11-21T16:30:00.000Z';
const nineToSix = [{ opens: '09:00', closes: '18:00' }];
const place: LocationView = {
  locationId: 'brickell',
  phone: '305-555-0100',
  timeZone: 'America/New_York',
  hours: { mon: nineToSix, tue: nineToSix, wed: nineToSix, thu: nineToSix, fri: nineToSix, sat: [], sun: [] },
  holidays: [],
  coverage: 'page24h',
};

const patient = (patientId: string, more: Partial<PatientView> = {}): PatientView => ({
  patientId,
  language: 'en',
  minor: false,
  location: place,
  sessions: [
    {
      sessionKey: `key-${patientId}`,
      treatment: {
        endedAt,
        timeZone: 'America/New_York',
        device: 'pen',
        needleDepthMm: 1,
        areas: ['face'],
        flags: [],
        alsoHealing: [],
      },
      protocol: { id: 'microneedling', version: 1 },
    },
  ],
  ...more,
});

const asked = (questionId: string, hours: number, more: Partial<Pending> = {}): Pending => ({
  questionId,
  askedAt: addHours(endedAt, hours),
  severeWord: false,
  ...more,
});

type Changes = Partial<Omit<ConversationContext, 'text' | 'phone' | 'clinic'>> & {
  hours?: number;
  text?: Partial<ConversationContext['text']>;
  phone?: Partial<ConversationContext['phone']>;
  clinic?: Partial<ConversationContext['clinic']>;
};

function context(body: string, changes: Changes = {}): ConversationContext {
  const { hours = 26, text, phone, clinic, ...rest } = changes;
  const now = addHours(endedAt, hours);
  return {
    now,
    patients: [patient('p-1')],
    earlier: [],
    laterTextWaiting: false,
    ...rest,
    clinic: {
      displayName: 'GlowClinic',
      languages: ['en', 'es'],
      defaultLanguage: 'en',
      triageApproved: true,
      window: { opens: '09:00', closes: '20:00' },
      defaultLocation: place,
      ownAnswers: [],
      ...clinic,
    },
    text: { inboundSid: 'SM1', body, mediaCount: 0, receivedAt: now, ...text },
    phone: { optOutConfirmed: false, repliesAt: [], ...phone },
  };
}
const decide = (body: string, changes: Changes = {}) => decideReply(context(body, changes));

describe('an emergency that gets anything but the emergency text', () => {
  it('says 911 first, in the patient’s language, and pages', () => {
    const english = decide('I cant breathe');
    expect(english.reply?.body).toBe(
      'Call 911 now or go to the nearest ER. Do not wait for us. Then call GlowClinic 305-555-0100.',
    );
    expect(english.alert).toMatchObject({ level: 'emergency', pace: 'emergency' });
    const spanish = decide('no puedo respirar', { patients: [patient('p-1', { language: 'es' })] });
    expect(spanish.reply?.body).toContain('Llame al 911 ahora');
  });

  it('also after HELP, at any hour, over every cap', () => {
    const now = addHours(endedAt, 26);
    const busy = { repliesAt: Array.from({ length: 20 }, (_, i) => addMinutes(now, -i)) };
    expect(decide('HELP CANT BREATHE', { phone: busy }).reply?.templateId).toBe('emergency');
  });

  it('with STOP in the same text is one text, and the opt-out holds', () => {
    const decision = decide('STOP texting me I cant breathe');
    expect(decision.alert?.level).toBe('emergency');
    if (decision.optOut !== undefined) {
      expect(decision.reply?.body).toMatch(/^Call 911 now .* You get no more texts\. START to resume\.$/);
      expect(decision.reply?.kind).toBe('opt_out');
    }
  });

  it('after an opt-out alerts staff with the reason why nothing was answered', () => {
    const decision = decide('I cant breathe', { phone: { optedOutBy: 'carrier', optOutConfirmed: true } });
    expect(decision.reply).toBeUndefined();
    expect(decision.noReplyReason).toBe('opted_out');
    expect(decision.alert?.noReplyReason).toBe('opted_out');
  });

  it('is not repeated word by word within 10 minutes, but is after them', () => {
    const lastSevereReply = { templateId: 'emergency', at: addHours(endedAt, 26) };
    const soon = decide('cant breathe', { hours: 26.1, phone: { lastSevereReply } });
    expect([soon.noReplyReason, soon.alert?.level]).toEqual([
      'same_severe_reply_within_10_minutes',
      'emergency',
    ]);
    expect(decide('cant breathe', { hours: 26.2, phone: { lastSevereReply } }).reply).toBeDefined();
  });

  it('from a number we do not know says nothing about any patient, and pages', () => {
    const decision = decide('I cant breathe', { patients: [] });
    expect([decision.reply?.templateId, decision.patientId, decision.alert?.level]).toEqual([
      'emergency',
      undefined,
      'emergency',
    ]);
  });

  it('is only the 911-and-phone line while no clinician has signed the texts, and pages all the same', () => {
    const decision = decide('I cant breathe', { clinic: { triageApproved: false } });
    expect([decision.reply?.templateId, decision.alert?.level]).toEqual(['draft_line', 'emergency']);
  });
});

describe('an urgent text at a closed location that sends people away', () => {
  it('says so, and only then', () => {
    const away = [patient('p-1', { location: { ...place, coverage: 'afterHoursSelfDirect' } })];
    expect(decide('I have a fever of 102', { hours: 11, patients: away }).reply?.templateId).toBe(
      'urgent_closed',
    );
    const monday = { hours: 48, patients: away };
    expect(decide('I have a fever of 102', monday).reply?.templateId).toBe('urgent');
  });
});

describe('an answer that is read without its question', () => {
  it('3 to the day-3 question after 48 hours is urgent, before it a human looks and asks what is worst', () => {
    const late = decide('3', { hours: 66, patients: [patient('p-1', { pending: asked('day3', 65) })] });
    expect([late.level, late.answersQuestion, late.alert?.level]).toEqual(['urgent', true, 'urgent']);
    const early = decide('3', { hours: 47, patients: [patient('p-1', { pending: asked('day3', 46) })] });
    expect([early.level, early.reply?.templateId]).toEqual(['review', 'review_ask']);
    expect(early.tasks.map((task) => task.kind)).toContain('review');
  });

  it.each(['1', '1.', ' better ', 'mejor'])('%s is thanked for', (body) => {
    const decision = decide(body, { hours: 66, patients: [patient('p-1', { pending: asked('day3', 65) })] });
    expect([decision.level, decision.reply?.templateId, decision.tasks]).toEqual(['self_care', 'thanks', []]);
  });

  it.each(['3', 'worse', 'si', '7', '0'])('%s with no question alive repeats the labels', (body) => {
    const dead = decide(body, { hours: 120, patients: [patient('p-1', { pending: asked('day3', 65) })] });
    expect([dead.level, dead.reply?.templateId, dead.question?.questionId]).toEqual([
      'unclear',
      'repeat_labels',
      'feel',
    ]);
    expect(dead.tasks.map((task) => task.kind)).toEqual(['unclear']);
  });

  it('"worse" at 60 h to the day-1 question is urgent', () => {
    const decision = decide('worse', {
      hours: 60,
      patients: [patient('p-1', { pending: asked('day1', 17.5) })],
    });
    expect(decision.level).toBe('urgent');
  });

  it('to a question about danger signs decides: unsure is urgent, yes is an emergency', () => {
    const alive = [patient('p-1', { pending: asked('severe_check', 25.9, { severeWord: true }) })];
    expect(decide('1', { patients: alive }).level).toBe('self_care');
    expect(decide('2', { patients: alive }).level).toBe('urgent');
    expect(decide('3', { patients: alive }).level).toBe('emergency');
  });
});

describe('a text that cannot be read', () => {
  it('gets one short question; after that a human, not the question again', () => {
    const first = decide('asdf qwer');
    expect([first.reply?.templateId, first.question?.questionId]).toEqual(['ask_feel', 'feel']);
    const second = decide('zxcv', { patients: [patient('p-1', { pending: asked('feel', 25.9) })] });
    expect([second.reply?.templateId, second.question]).toEqual(['unclear_again', undefined]);
    expect(second.tasks.map((task) => task.kind)).toEqual(['unclear']);
  });

  it('is due in business hours', () => {
    // 26 h after Saturday 11:30 is Sunday: due two open hours into Monday.
    expect(decide('asdf qwer').tasks[0]?.dueAt).toBe('2026-11-23T16:00:00.000Z');
  });

  it('that is only a picture is answered without assessing it, and kept for staff', () => {
    const decision = decide('', { text: { mediaCount: 1 } });
    expect(decision.reply?.templateId).toBe('photo');
    expect(decision.tasks.length).toBeGreaterThan(0);
  });
});

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
    const first = decide('baja');
    expect(first.reply).toMatchObject({
      kind: 'opt_out',
      body: 'GlowClinic: you get no more texts. Unwell? Call 305-555-0100. Emergency: 911. START to resume.',
    });
    const again = decide('baja', { phone: { optedOutBy: 'words', optOutConfirmed: true } });
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
