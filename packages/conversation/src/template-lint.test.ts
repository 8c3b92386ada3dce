import { describe, expect, it } from 'vitest';
import { englishGrade, spanishEase } from './readability.ts';
import { lintTemplates, lintWording } from './template-lint.ts';

describe('a text that must not reach a patient', () => {
  it('is found before it ships: encoding, length, words, emergency line, readability', () => {
    expect(lintTemplates()).toEqual([]);
  });

  it.each([
    ['Clínica {clinic}: llame al {phone}. Emergencia: 911.', 'not GSM-7: í'],
    [`{clinic} ${'call {phone} '.repeat(20)} 911`, '3 segments, at most 2'],
    ['{clinic}: Reply YES if you feel bad. Emergency: 911.', 'names the reserved word "YES"'],
    ['{clinic}: Take Tylenol and call {phone}. Emergency: 911.', 'must not say "Tylenol"'],
    ['{clinic}: You are fine. Emergency: 911.', 'must not say "You are fine"'],
    ['{clinic}: Please call us at {phone}.', 'has no emergency line'],
  ])('is named: %s', (wording, fault) => {
    expect(lintWording('thanks', 'en', wording)).toContain(fault);
  });

  it('is measured: a hard sentence scores worse than an easy one', () => {
    expect(englishGrade('Call us now. Go to the ER.')).toBeLessThan(4);
    expect(
      englishGrade('Immediate consultation regarding deteriorating symptomatology is recommended.'),
    ).toBeGreaterThan(12);
    expect(spanishEase('Llame ya. Vaya a la sala.')).toBeGreaterThan(
      spanishEase('Recomendamos inmediatamente una consulta especializada presencial.'),
    );
  });
});
