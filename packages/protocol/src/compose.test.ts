import { addHours } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
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
  it('are the concise day 3 and the confirmation, word for word', () => {
    expect(reminder(sampleSession('N07', '11:30'), 3, { style: 'concise' }).body).toBe(
      'GlowClinic: Today 1 better 2 same 3 worse than yesterday? No retinol until 28 Nov. ' +
        "Fever/pus: 305-555-0100. Can't breathe/see: 911. STOP to end",
    );
    expect(composeConfirmation({ language: 'en', ...contact }).body).toBe(
      'GlowClinic: 4 check-in texts in 14 days, sent by computer. Emergency 911. Clinic 305-555-0100. ' +
        'Msg&data rates may apply. HELP=info STOP=end',
    );
  });

  it('stand in order: clinic, question, facts, warning signs with the phone, 911, STOP', () => {
    const { body } = reminder(sampleSession('RF', '11:30'), 1);
    const order = ['GlowClinic', 'Reply 1', 'until 24 Nov', 'burn', '305-555-0100', '911', 'STOP'];
    const places = order.map((part) => body.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });
});

describe('composeReminder', () => {
  it('says "today" while the hours are not full and recommends only once they are (C-31)', () => {
    const session = sampleSession('N15', '11:30');
    const onDay3 = (hours: number) => reminder(session, 3, { now: addHours(session.endedAt, hours) }).body;
    expect(onDay3(71)).toContain('lukewarm water only today');
    expect(onDay3(71)).not.toContain('cleanser');
    expect(onDay3(72)).toContain('A mild cleanser is fine now');
  });

  it('joins bans with the same end and asks for the clinic’s word where it is needed', () => {
    expect(reminder(sampleSession('N10', '11:30'), 1).body).toContain(
      'No direct sun or makeup until 24 Nov.',
    );
    expect(reminder(sampleSession('N15', '11:30'), 1).body).toContain('No makeup until 24 Nov; ask us.');
  });

  it('drops facts from the end for a longer name, the dated fact last', () => {
    const session: CareSession = { ...sampleSession('N10', '11:30'), skinType: 'sensitive' };
    const short = reminder(session, 14);
    const long = reminder(session, 14, { clinicName: 'Brickell Skin Studio' });
    expect(short.body.length).toBeGreaterThan(290);
    expect(long.dropped.length).toBeGreaterThan(0);
    expect(long.body).toContain('Next session: not before 19 Dec.');
    for (const fact of long.dropped) expect(long.facts).not.toContain(fact);
  });

  it('puts back a short fact that a longer, dropped one had pushed out', () => {
    const session: CareSession = { ...sampleSession('N03', '11:30'), areas: ['scalp', 'beard'] };
    const { dropped, facts } = reminder(session, 1);
    expect(dropped).toEqual(['A-03']);
    expect(facts).toEqual(expect.arrayContaining(['A-08', 'F-007']));
  });

  it('names the facts it says and no other', () => {
    const { body, facts } = reminder(sampleSession('N07', '11:30'), 3);
    expect(facts).toEqual([
      'F-133',
      'F-108',
      'F-045',
      'F-051',
      'F-104',
      'X-07',
      'F-131',
      'F-132',
      'X-04',
      'X-01',
    ]);
    expect(body).toContain('No retinol, acids, vitamin C or sauna until 28 Nov.');
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

  it('outlives the facts in a text of one segment', () => {
    const text = reminder(withLine('Call Ana on Monday'), 3, { style: 'concise' });
    expect(text.body).toContain('Call Ana on Monday.');
    expect(text.dropped).toEqual(['F-104']);
  });

  it('is dropped, and named as dropped, when it is weaker or has no room', () => {
    expect(reminder(withLine('Retinol is fine from today'), 3).dropped).toContain('extraAdvice');
    const long = withLine('Our team is glad to look at your skin on any day this week');
    const text = reminder(long, 3, { style: 'concise' });
    expect(text.dropped).toEqual(['extraAdvice']);
    expect(text.body).toContain('No retinol until 5 Dec.');
  });
});
