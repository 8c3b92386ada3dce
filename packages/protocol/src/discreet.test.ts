import { describe, expect, it } from 'vitest';
import { composeDiscreet } from './discreet.ts';
import { sentenceFaults } from './lint/word-rules.ts';
import { currentRelease } from './release.ts';

const release = currentRelease();
const days = release.days;
const languages = ['en', 'es'] as const;
const styles = ['standard', 'concise'] as const;
const names = ['GlowClinic', 'A'.repeat(20)];

const all = days.flatMap((day) =>
  languages.flatMap((language) =>
    styles.flatMap((style) =>
      names.flatMap((clinicName) =>
        [false, true].map((includeProgramTerms) => ({
          style,
          text: composeDiscreet({
            release,
            day,
            language,
            style,
            clinicName,
            phone: '305-555-0100',
            includeProgramTerms,
          }),
        })),
      ),
    ),
  ),
);

describe('the text to a shared or guardian’s number', () => {
  it('names a symptom, a date or a month', () => {
    const symptom = /fever|pus|redness|blister|bump|peel|spot|numb|fiebre|roj|mancha|grano/i;
    const date = /\d{1,2} (?:jan|ene|feb|mar|apr|abr|may|jun|jul|aug|ago|sep|oct|nov|dec|dic)\b/i;
    for (const { text } of all) {
      expect(text.body).not.toMatch(symptom);
      expect(text.body).not.toMatch(date);
    }
  });

  it('leaves out the phone, 911 or STOP, or breaks its budget', () => {
    for (const { style, text } of all) {
      expect(text.body).toContain('305-555-0100');
      expect(text.body).toContain('911');
      expect(text.body).toContain('STOP');
      expect(text.encoding).toBe('GSM-7');
      expect(text.segments).toBeLessThanOrEqual(style === 'concise' ? 1 : 2);
    }
  });

  it('asks for more than 1, 2 or 3, or writes badly', () => {
    for (const { text } of all) {
      expect(text.body).toMatch(/1 .*2 .*3 /);
      expect(sentenceFaults(text.body.replace(/ (?:STOP|HELP).*/, ''))).toEqual([]);
    }
  });
});
