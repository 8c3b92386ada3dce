import { describe, expect, it } from 'vitest';
import { fernandezHuertaEase, fleschKincaidGrade } from './reading-grade.ts';

describe('fleschKincaidGrade', () => {
  it('follows the formula on a sentence counted by hand', () => {
    // 6 words, 1 sentence, 7 syllables (wa-ter).
    expect(fleschKincaidGrade('Wash your skin with cool water.')).toBeCloseTo(
      0.39 * 6 + (11.8 * 7) / 6 - 15.59,
      5,
    );
  });

  it('finds long words harder than short ones', () => {
    expect(fleschKincaidGrade('Discontinue exfoliation immediately.')).toBeGreaterThan(12);
    expect(fleschKincaidGrade('Do not scrub your skin.')).toBeLessThan(1);
  });
});

describe('fernandezHuertaEase', () => {
  it('follows the formula on a sentence counted by hand', () => {
    // La-ve con a-gua ti-bia: 4 words, 1 sentence, 7 syllables.
    expect(fernandezHuertaEase('Lave con agua tibia.')).toBeCloseTo(206.84 - (60 * 7) / 4 - 1.02 * 4, 5);
  });

  it('counts diphthongs once and parted vowels twice', () => {
    const syllables = (word: string) => Math.round((206.84 - 1.02 - fernandezHuertaEase(word)) / 60);
    expect(
      ['piel', 'siete', 'país', 'después', 'guitarra', 'que', 'rutina', 'peor', 'lee'].map(syllables),
    ).toEqual([1, 2, 2, 2, 3, 1, 3, 2, 2]);
  });

  it('refuses a text without words', () => {
    expect(() => fernandezHuertaEase('911')).toThrow('no reading grade');
  });
});
