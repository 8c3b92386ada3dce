import { addHours } from '@aftercare/time/instant';
import { addDays } from '@aftercare/time/local-date';
import { instantAt } from '@aftercare/time/zone';
import { describe, expect, it } from 'vitest';
import { CLASS_IDS } from './classes.ts';
import { composeConfirmation, composeReminder, type ReminderRequest } from './compose.ts';
import { sampleSession } from './lint/cases.ts';
import { currentRelease } from './release.ts';
import type { CareSession } from './session.ts';

const contact = { clinicName: 'GlowClinic', phone: '305-555-0100' };

function reminder(session: CareSession, day: number, more: Partial<ReminderRequest> = {}) {
  const now = addHours(session.endedAt, day * 24 - 1.5);
  return composeReminder({
    release: currentRelease(),
    session,
    day,
    now,
    language: 'en',
    style: 'standard',
    ...contact,
    ...more,
  });
}

describe('the wanted texts of product-rules 9', () => {
  it('lose the order or the words of the concise day 3, or a word of the confirmation', () => {
    expect(reminder(sampleSession('N07', '11:30'), 3, { style: 'concise' }).body).toBe(
      'GlowClinic: Today 1 better 2 same 3 worse than yesterday? No retinol before 29 Nov. ' +
        "If 3, fever or pus: call 305-555-0100. Can't breathe/see: 911. STOP to end",
    );
    expect(composeConfirmation({ language: 'en', ...contact }).body).toBe(
      'GlowClinic: 4 check-in texts in 14 days, sent by computer. Emergency 911. Clinic 305-555-0100. ' +
        'Msg&data rates may apply. HELP=info STOP=end',
    );
  });

  it('stand in order: clinic, question, facts, warning signs with the phone, 911, STOP', () => {
    const { body } = reminder(sampleSession('RF', '11:30'), 1);
    const order = ['GlowClinic', 'Reply 1', 'before 25 Nov', 'burn', '305-555-0100', '911', 'STOP'];
    const places = order.map((part) => body.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });
});

describe('a date', () => {
  it('means another day in another text: banned "before" it, "today" the day before, free on it', () => {
    const session = sampleSession('N15', '09:00');
    const at = (day: number, hours: number) =>
      reminder(session, day, { now: addHours(session.endedAt, hours) }).body;
    expect(at(1, 25)).toContain('No makeup, cleanser or gym before 25 Nov');
    for (const hours of [64, 71, 73, 82]) expect(at(3, hours)).toMatch(/No makeup [^.]*today/);
    expect(at(3, 88)).not.toContain('makeup');
  });

  it('depends on the hour at which the session ended', () => {
    const texts = ['09:00', '13:00', '23:30'].map((ended) => {
      const session = sampleSession('N10', ended);
      return [3, 7, 14].map((day) => {
        const now = instantAt(addDays('2026-11-21', day), '10:00', session.timeZone);
        return reminder(session, day, { now }).body;
      });
    });
    expect(texts[1]).toEqual(texts[0]);
    expect(texts[2]).toEqual(texts[0]);
  });
});

describe('composeReminder', () => {
  it('joins bans with the same end and asks for the clinic’s word where it is needed', () => {
    expect(reminder(sampleSession('N10', '11:30'), 1).body).toContain(
      'No sun, makeup, cleanser or swimming before 25 Nov.',
    );
    expect(reminder(sampleSession('N15', '11:30'), 1).body).toContain(
      'No makeup, cleanser or gym before 25 Nov; then ask us.',
    );
  });

  it('drops a prohibition for a reassurance, or says less in one language', () => {
    for (const skinType of ['normal', 'dry', 'oily', 'sensitive'] as const) {
      for (const day of [1, 3, 7, 14]) {
        const session: CareSession = { ...sampleSession('RF', '11:30'), skinType };
        const [en, es] = (['en', 'es'] as const).map((language) => reminder(session, day, { language }));
        expect(en?.said).toEqual(es?.said);
        const reassures = en?.said.some(({ role }) => role === 'expect');
        const leavesOut = en?.unsaid.some(({ role }) => role === 'ban');
        expect(reassures && leavesOut).toBe(false);
      }
    }
  });

  it('forgets between two texts what is still forbidden', () => {
    const session = sampleSession('RF', '11:30');
    for (const day of [1, 3]) expect(reminder(session, day).body).toMatch(/No sun[^.]* before 29 Nov/);
    expect(reminder(session, 7).body).toContain('No sun, sauna or swimming today.');
    for (const day of [3, 7]) expect(reminder(session, day).body).toMatch(/vitamin C[^.]* before 6 Dec/);
  });

  it('leaves the most important ban of the day out of a concise text', () => {
    for (const classId of CLASS_IDS) {
      for (const [day, ban] of [
        [1, /No sun/],
        [3, /No retinol/],
        [7, /No retinol/],
        [14, /[Nn]o session before|Next session/],
      ] as const) {
        const { body } = reminder(sampleSession(classId, '11:30'), day, {
          style: 'concise',
          clinicName: 'Brickell Skin Studio',
        });
        expect(body).toMatch(ban);
      }
    }
  });

  it('drops from the end for a longer name, the date of the next session never', () => {
    const session: CareSession = { ...sampleSession('N03', '11:30'), skinType: 'sensitive' };
    const short = reminder(session, 14);
    const long = reminder(session, 14, { clinicName: 'Brickell Skin Studio' });
    expect(long.said.length).toBeLessThanOrEqual(short.said.length);
    expect(long.dropped.length).toBeGreaterThan(0);
    expect(long.body).toContain('Next session: from now on, not while red.');
    for (const fact of long.dropped) expect(long.facts).not.toContain(fact);
  });

  it('names the facts it says and no other', () => {
    const { body, facts } = reminder(sampleSession('N07', '11:30'), 3);
    expect(body).toContain('No retinol, acids, vitamin C or scrubs before 29 Nov. No sun or makeup today.');
    const day3 = [
      'F-133',
      'F-104',
      'F-107',
      'F-079',
      'F-091',
      'F-108',
      'F-051',
      'F-131',
      'F-132',
      'X-04',
      'X-01',
    ];
    expect(new Set(facts)).toEqual(new Set(day3));
    for (const classId of CLASS_IDS) {
      for (const day of [1, 3, 7, 14]) {
        for (const id of reminder(sampleSession(classId, '11:30'), day).facts)
          expect(id).toMatch(/^[FXA]-\d{2,3}$/);
      }
    }
  });

  it('cites for a date what does not speak of dates', () => {
    const last = reminder(sampleSession('N10', '11:30'), 14).lines.find(({ text }) =>
      text.includes('19 Dec'),
    );
    expect(last?.facts).toEqual(['A-10', 'X-08']);
    const water = reminder(sampleSession('N10', '11:30'), 1).lines.find(({ text }) => text.includes('water'));
    expect(water?.facts).toEqual(['F-049', 'F-055']);
  });

  it('keeps a clinic called with a dollar sign as it is', () => {
    expect(reminder(sampleSession('N07', '11:30'), 3, { clinicName: "Skin $& $'1" }).body).toMatch(
      /^Skin \$& \$'1: /,
    );
  });

  it('carries the legal terms in place of STOP when the confirmation was not sent', () => {
    for (const style of ['standard', 'concise'] as const) {
      const { body, segments } = reminder(sampleSession('RF', '11:30'), 3, {
        style,
        includeProgramTerms: true,
      });
      expect(body).toMatch(/4 texts.* Msg&data rates may apply\. HELP=info STOP=end$/);
      expect(segments).toBe(style === 'concise' ? 1 : 2);
    }
  });

  it('never carries the patient, the treatment or the device', () => {
    const session: CareSession = { ...sampleSession('RF', '11:30'), combinedWith: ['laser'] };
    for (const day of [1, 3, 7, 14]) {
      for (const language of ['en', 'es'] as const) {
        expect(reminder(session, day, { language }).body).not.toMatch(
          /needl|laser|radio|\brf\b|roller|\bpen\b|aguja/i,
        );
      }
    }
  });

  it('sends no next-session date while a case is open', () => {
    const { body } = reminder(sampleSession('N10', '11:30'), 14, { openCase: true });
    expect(body).not.toContain('19 Dec');
    expect(body).toContain('We will tell you');
  });
});

describe('the clinic’s own line', () => {
  const withLine = (text: string, day = 3): CareSession => ({
    ...sampleSession('N10', '11:30'),
    extraAdvice: { [day]: text },
  });

  it('stands on its day only, as a sentence', () => {
    expect(reminder(withLine('No sauna until 29 Nov'), 3).body).toContain(' No sauna until 29 Nov. ');
    expect(reminder(withLine('No sauna until 29 Nov'), 7).body).not.toContain('29 Nov');
  });

  it('pushes the ban of the day out of a text of one segment', () => {
    const text = reminder(withLine('Call Ana on Monday'), 3, { style: 'concise' });
    expect(text.body).toContain('No retinol before 6 Dec.');
    expect(text.dropped).toContain('extraAdvice');
    expect(reminder(withLine('Ask Ana'), 3, { style: 'concise' }).body).toContain(
      'Today 1 better 2 same 3 worse? No retinol before 6 Dec. Ask Ana.',
    );
  });

  it('is dropped, and named as dropped, when it is weaker or has no room', () => {
    expect(reminder(withLine('Retinol is fine from today'), 3).dropped).toContain('extraAdvice');
    const long = withLine('Our team is glad to look at your skin on any day this week');
    const text = reminder(long, 3, { style: 'concise' });
    expect(text.dropped).toContain('extraAdvice');
    expect(text.body).toContain('No retinol before 6 Dec.');
  });
});
