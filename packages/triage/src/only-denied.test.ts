import { describe, expect, it } from 'vitest';
import { assess } from './assess.ts';

const read = (text: string) => assess({ text, hoursSinceTreatment: 70, device: 'pen', needleDepthMm: 1 });

describe('a text of nothing but denials pages nobody', () => {
  it.each([
    'no temp, no pus',
    'took her temp, 36.9',
    'temp is normal, 36.6',
    'no fever no pus no redness',
    'fever? no. pus? no',
    'fever?\nnope\npus?\nnope',
    'sin fiebre, sin pus',
    'no fiebre ni pus hoy, todo bien',
    'never had a fever, no pus',
  ])('%s', (text) => {
    expect(read(text)).toMatchObject({ level: 'self_care', optOut: false });
  });

  it('says by which rule', () => {
    expect(read('no temp, no pus').evidence).toEqual([
      { rule: 'SC-only-denied', words: 'no temp, no pus', start: 0, end: 15 },
    ]);
  });
});

describe('one word more is not overheard', () => {
  it.each([
    ['no fever, no pus, line going up my neck', 'urgent'],
    ['no pus, 38.6', 'urgent'],
    ['sin pus ni ronchas, 38.5', 'urgent'],
    ['never had a fever like this', 'urgent'],
    ["no fever, can't breathe", 'emergency'],
    ['no fever, no pus, I want to die', 'emergency'],
  ])('%s', (text, level) => {
    expect(read(text).level).toBe(level);
  });

  it.each(['I dont not have a fever', 'no fever, not normal', 'temp 37.8, no pus', 'no fever?'])(
    'is not harmless by this rule: %s',
    (text) => {
      expect(read(text).evidence.map(({ rule }) => rule)).not.toContain('SC-only-denied');
    },
  );
});
