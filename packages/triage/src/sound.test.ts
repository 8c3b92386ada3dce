import { describe, expect, it } from 'vitest';
import { soundOf } from './sound.ts';

describe('words that are misspelt by their sound', () => {
  it.each([
    ['fiebre', 'fievre'],
    ['hinchado', 'inchado'],
    ['calentura', 'kalentura'],
    ['ceja', 'seja'],
    ['llaga', 'yaga'],
    ['faringe', 'pharinje'],
    ['queloide', 'keloide'],
  ])('%s sounds like %s', (word, misspelt) => {
    expect(soundOf(misspelt)).toBe(soundOf(word));
  });

  it('keeps apart what sounds different', () => {
    expect(soundOf('pus')).not.toBe(soundOf('bus'));
    expect(soundOf('gasa')).not.toBe(soundOf('casa'));
  });
});
