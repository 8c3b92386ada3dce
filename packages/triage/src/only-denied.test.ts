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

  it.each([
    'I dont not have a fever',
    'no fever, not normal',
    'temp 37.8, no pus',
    'sin fiebre, quiero matarme',
    'no fever, want to die',
    'no fever, throat is closing',
    'no fever, his lips are blue',
    'no fever, chest pain',
    'sin fiebre, meaogo',
    'no fever, hives',
    'sin pus, hinchada',
    'no fever (hives)',
    'no fever & hives',
    'no fever → hives',
    'no fever she is confused',
    'no fever there is pus',
    'no tengo fiebre tengo ronchas',
    'no hay fiebre hay pus',
    'no fever and hives',
    'its not blood it is pus',
    'no es sangre sale pus',
    'no me pica me arde',
    'no pain it is numb',
    'no sangre, pus',
    'nope swollen',
    'nope, hives',
    'blood? no it is pus',
    'swelling? nope, hives',
    'pus no, fever',
    'fever no, hives',
    'fiebre nada, pus',
    'i had no fever, now i have',
    'no fever but it is still here',
    'no pus hasta ahora. ahora hay',
    'no fever, i see nothing',
    'no fever. i took all of it',
    'no fever. she is fading',
    'sin fiebre. esta mas palida',
    'sin fiebre pero no estoy del todo bien',
    'i am anything but fine, no fever',
    'temp is not 36.6',
    'temp 34, no pus',
    'no fever. febricula',
    'no fever but a temp',
    'no pus 🤒',
    'no inhaler not helping',
    'no pus, no longer responsive',
    'no fever but purple',
    'no fever, grey',
    'not yet without fever',
    'i never had no fever',
    'dont i have a fever',
    'havent i got a fever',
    'pus +, fever no',
    '√ fever, no pus',
    'no signs, pus',
    'no fever hives',
    'no duele esta dormido',
    'no fever but grey',
    'no fever no air',
    'no fever, no sight',
    'no pain, no feeling',
    'no fever?',
    'never had a fever like this',
    'no fever, 38.6',
    'no fever 104',
  ])('is not harmless by this rule: %s', (text) => {
    expect(read(text).evidence.map(({ rule }) => rule)).not.toContain('SC-only-denied');
  });

  it('takes no time over a long row of denials', () => {
    for (const part of ['no fever ', 'fever no ', 'thanks ', 'normal temp ', 'no any a '])
      expect(read(`${part.repeat(13)}hives`).evidence.map(({ rule }) => rule)).not.toContain(
        'SC-only-denied',
      );
  });
});
