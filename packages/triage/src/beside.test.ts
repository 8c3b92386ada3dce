import { describe, expect, it } from 'vitest';
import { assess } from './assess.ts';

const read = (text: string) => assess({ text, hoursSinceTreatment: 60, device: 'pen', needleDepthMm: 1 });

describe('a sign is not lost beside a question, an office matter or another sign that is denied', () => {
  it.each([
    ['tengo fiebre, puedo bañarme?', 'urgent'],
    ['I have a fever, can I shower?', 'urgent'],
    ['puedo cambiar mi cita? tengo ampollas', 'urgent'],
    ['tengo escalofríos, puedo hacer ejercicio?', 'urgent'],
    ['tengo fiebre, pus no', 'urgent'],
    ['hives, fever no', 'urgent'],
    ['dolor de pecho, fiebre no', 'emergency'],
    ["I didn't fall, I fainted", 'emergency'],
  ])('%s', (text, level) => {
    expect(read(text)).toMatchObject({ level, optOut: false });
  });

  it.each(['fever, no', 'fever no, pus no', 'got dizzy but never passed out'])('still calm: %s', (text) => {
    expect(['urgent', 'emergency']).not.toContain(read(text).level);
  });
});

describe('a sign and a revocation are both kept', () => {
  it.each([
    ['choking, stop texting', 'emergency'],
    ['my skin is turning black. Stop texting me', 'emergency'],
    ['no escriban, estoy ciega', 'emergency'],
    ['ya no me escriban, estoy muy confundida', 'emergency'],
  ])('%s', (text, level) => {
    expect(read(text)).toMatchObject({ level, optOut: true });
  });
});
