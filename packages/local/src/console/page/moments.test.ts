import { describe, expect, it } from 'vitest';
import { elapsedLabel, momentLabel, roughLabel, zoneLabel } from './moments.ts';

describe('times on the page', () => {
  it('are the patient’s, not the reader’s', () => {
    expect(momentLabel('2026-11-22T15:00:00.000Z', 'America/New_York')).toBe('Sun 22 Nov 10:00');
    expect(momentLabel('2026-11-22T15:00:00.000Z', 'Pacific/Honolulu')).toBe('Sun 22 Nov 05:00');
    expect(momentLabel('2026-11-22T03:30:00.000Z', 'America/New_York')).toBe('Sat 21 Nov 22:30');
  });

  it('show midnight as 00:00, never 24:00', () => {
    expect(momentLabel('2026-11-22T05:00:00.000Z', 'America/New_York')).toBe('Sun 22 Nov 00:00');
  });

  it('name a zone by its city', () => {
    expect(zoneLabel('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
  });
});

describe('a running clock', () => {
  it.each([
    [0, '0:00'],
    [-5_000, '0:00'],
    [67_000, '1:07'],
    [3_753_000, '1:02:33'],
    [172_800_000, '2 d'],
  ])('%i ms is %s', (ms, words) => expect(elapsedLabel(ms)).toBe(words));

  it.each([
    [59_000, 'under a minute'],
    [-720_000, '12 min'],
    [12_000_000, '3 h 20 min'],
    [187_200_000, '2 d 4 h'],
  ])('%i ms is about %s', (ms, words) => expect(roughLabel(ms)).toBe(words));
});
