import { describe, expect, it } from 'vitest';
import { assess } from './assess.ts';

const revokes = (text: string, hoursSinceTreatment = 70): boolean =>
  assess({ text, hoursSinceTreatment, device: 'pen', needleDepthMm: 1 }).optOut;

describe('who asks to stay on the list is not taken off it', () => {
  it.each([
    "don't opt me out",
    'no me den de baja',
    'no me borren por favor',
    'déjenme en la lista',
    "please don't take me off the list",
    'no dejen de mandarme mensajes',
  ])('%s', (text) => {
    expect(revokes(text)).toBe(false);
  });

  it.each([
    "it's my mom's treatment not mine, take me off the list",
    "don't reply, take me off the list",
    'Remove mi número de los texts, pero no me borren la cita',
  ])('but: %s', (text) => {
    expect(revokes(text)).toBe(true);
  });
});

describe('who asks for another hour, or tells of a sign, does not revoke', () => {
  it.each([
    "please don't text before 9am",
    'no me escriban en horas de trabajo',
    'lo rojo ya no molesta, se está yendo solito',
  ])('%s', (text) => {
    expect(revokes(text)).toBe(false);
  });

  it.each(['stop texting me', 'ya no me molesten', 'no texts at all after today', 'me quiero dar de baja'])(
    'who revokes does: %s',
    (text) => {
      expect(revokes(text)).toBe(true);
    },
  );
});
