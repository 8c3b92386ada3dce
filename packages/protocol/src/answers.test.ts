import { addHours } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
import { answerQuestion, questionItems } from './answers.ts';
import { sampleSession } from './lint/cases.ts';
import { currentRelease } from './release.ts';
import type { CareSession, Language } from './session.ts';

function answer(item: string, session: CareSession, hours: number, language: Language = 'en') {
  const now = addHours(session.endedAt, hours);
  const contact = { clinicName: 'GlowClinic', phone: '305-555-0100' };
  return answerQuestion({ release: currentRelease(), item, session, now, language, ...contact });
}

const pen = sampleSession('N07', '11:30');
const rf = sampleSession('RF', '11:30');

describe('answerQuestion', () => {
  it('gives the date that holds for this patient, and says so once it has passed', () => {
    expect(answer('retinol', pen, 20).body).toContain('No retinol before 29 Nov.');
    expect(answer('retinol', rf, 20).body).toContain('No retinol before 6 Dec.');
    expect(answer('retinol', pen, 167).body).toContain('No retinol today.');
    expect(answer('retinol', pen, 170).body).toContain('No retinol today.');
    expect(answer('retinol', pen, 181).body).toContain('retinol is fine again');
    expect(answer('retinol', pen, 20, 'es').body).toContain('Nada de retinol antes del 29 nov.');
  });

  it('counts hours for the first wash', () => {
    expect(answer('washing', pen, 2).body).toContain('before 7:30 PM');
    expect(answer('washing', pen, 9).body).toContain('lukewarm water only before 24 Nov');
    expect(answer('washing', pen, 61).body).toContain('mild cleanser');
  });

  it('leaves to the clinic what the articles leave open, and says so', () => {
    for (const item of ['alcohol', 'painkiller', 'ice', 'pregnancy', 'what about my goldfish']) {
      const { body, clinicDecides } = answer(item, pen, 20);
      expect(clinicDecides).toBe(true);
      expect(body).toContain('your clinic decides');
    }
    expect(answer('moisturiser', rf, 20).clinicDecides).toBe(true);
    expect(answer('makeup', rf, 20).body).toContain('ask us first');
    expect(answer('what about my goldfish', pen, 20).item).toBe('other');
  });

  it('calls redness normal for as long as the class allows and no longer', () => {
    expect(answer('redness', pen, 40).body).toContain('normal up to 24 Nov');
    expect(answer('redness', pen, 73).body).toContain('Please call us');
    expect(answer('redness', rf, 73).body).toContain('normal up to 28 Nov');
  });

  it('never calls bleeding normal after the first day, nor at all after the shortest needles', () => {
    expect(answer('bleeding', rf, 3).body).toContain('can be normal');
    expect(answer('bleeding', rf, 30).body).toContain('There should be no blood now');
    expect(answer('bleeding', sampleSession('N03', '11:30'), 3).body).toContain('No blood is expected');
  });

  it('gives the earliest next session, or the clinic’s word', () => {
    expect(answer('next_session', pen, 20).body).toContain('not before 19 Dec');
    expect(answer('next_session', { ...rf, setting: 'home' }, 20).clinicDecides).toBe(true);
  });

  it('forbids tanning beds for the whole course', () => {
    expect(answer('tanning_bed', pen, 2000).body).toContain('No tanning beds');
  });

  it('answers every item in both languages at any hour without a gap in the words', () => {
    for (const item of questionItems) {
      for (const language of ['en', 'es'] as const) {
        for (const hours of [0, 30, 80, 200, 400, 8000]) {
          expect(answer(item, rf, hours, language).body).not.toMatch(/[{}]|undefined| {2}|: \./);
        }
      }
    }
  });
});
