import { addHours, addMinutes } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
import { asked, decide, endedAt, patient } from './sample-context.ts';

const place = patient('p-1').location;

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
    expect(decision.optOut).toEqual({ by: 'words' });
    expect(decision.reply?.body).toMatch(/^Call 911 now .* You get no more texts\. START to resume\.$/);
    expect(decision.reply?.kind).toBe('opt_out');
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
    const decision = decide('I cant breathe', { clinic: { approvedLanguages: [] } });
    expect([decision.reply?.templateId, decision.alert?.level]).toEqual(['draft_line', 'emergency']);
  });

  it('is the 911-and-phone line too when the texts are signed in the other language only', () => {
    const clinic = { approvedLanguages: ['en'] } as const;
    const spanish = decide('no puedo respirar', { clinic });
    expect([spanish.language, spanish.reply?.templateId]).toEqual(['es', 'draft_line']);
    expect(decide('I cant breathe', { clinic }).reply?.templateId).toBe('emergency');
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
  it('3 to the day-3 question is urgent after 48 hours, before that a human looks', () => {
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
