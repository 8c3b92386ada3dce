import { pageText, staffTexts } from '@aftercare/alerts/page-text';
import { analyse } from '@aftercare/sms/encoding';
import { describe, expect, it } from 'vitest';

const clinic = 'Clínica Glow & Skin';
const samples: readonly (readonly [string, string])[] = [
  ['acknowledged', staffTexts.acknowledged('1042', 'Dr. José Peña de la Torre')],
  ['takenBy', staffTexts.takenBy('1042', 'Dr. José Peña de la Torre')],
  ['done', staffTexts.done('1042', 'not_reached')],
  ['info', staffTexts.info('1042', 'María José', '305-555-0123')],
  ['which', staffTexts.which(Array.from({ length: 40 }, (_, i) => String(1000 + i)))],
  ['open', staffTexts.open(Array.from({ length: 40 }, (_, i) => String(1000 + i)))],
  ['usage', staffTexts.usage()],
  ['confirmCode', staffTexts.confirmCode(clinic, '123456')],
  ['confirmed', staffTexts.confirmed(clinic)],
  ['test', staffTexts.test(clinic)],
  [
    'page',
    pageText({
      level: 'emergency',
      code: '104210',
      placeName: 'Clínica Brickell — Torre Médica',
      timeZone: 'America/New_York',
      patientRef: `${'x'.repeat(64)} or ${'y'.repeat(64)}`,
      textedAt: '2026-11-23T07:14:00.000Z',
      nextAt: '2026-11-23T07:19:00.000Z',
      infoAnswers: true,
      notAnswered: 'opted_out',
      again: true,
    }),
  ],
];

describe('a staff text that costs a third segment or arrives as question marks', () => {
  it.each(samples)('never: %s', (_, text) => {
    const { encoding, segments } = analyse(text);
    expect([encoding, segments <= 2]).toEqual(['GSM-7', true]);
  });
});
