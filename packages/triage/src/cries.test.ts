import { describe, expect, it } from 'vitest';
import { assess } from './assess.ts';
import type { Assessment } from './assessment.ts';

const read = (text: string, hoursSinceTreatment = 30): Assessment =>
  assess({ text, hoursSinceTreatment, device: 'pen', needleDepthMm: 1 });

describe('what is there is not taken for a question about what might be', () => {
  it.each([
    ['is it bad if i fainted', 'emergency'],
    ['what do i do if shes not breathing', 'emergency'],
    ['y qué hago si me desmayo? me acaba de pasar en el taxi', 'emergency'],
    ['qué pasa si se te hincha la lengua? es lo que tengo', 'emergency'],
    ['no one called me back about my chest pain', 'emergency'],
  ])('%s', (text, level) => {
    expect(read(text, 70).level).toBe(level);
  });

  it.each([
    'what should I do if I get a fever?',
    'qué hago si me da fiebre?',
    'if I ever fainted, who do I call?',
  ])('still only asked: %s', (text) => {
    expect(['question', 'review', 'admin']).toContain(read(text, 70).level);
  });
});

describe('a cry for help that names no sign', () => {
  it.each([
    '911',
    'auxilio',
    'Socorro!!',
    "it's an emergency",
    'AMBULANCE',
    'es una emergencia',
    'call nine one one',
  ])('%s', (text) => {
    expect(read(text)).toMatchObject({ level: 'emergency', optOut: false });
  });

  it.each(['HELP', 'ayuda', 'info'])('is no request for the HELP text: %s', (text) => {
    expect(read(text).level).toBe('help');
  });
});

describe('STOP in capitals beside a sign', () => {
  it.each([
    'STOP and I have a fever of 39',
    'lengua hinchada STOP',
    'costritas chiquitas que se caen solas STOP',
  ])('revokes: %s', (text) => {
    expect(read(text).optOut).toBe(true);
  });

  it.each([
    'I cant get the bleeding to STOP',
    'the bleeding just wont STOP',
    'qué pasa si mando STOP',
    'when does the itching STOP',
    'I love it, full STOP',
    'im at the bus STOP',
    'its been bleeding non STOP',
  ])('is a verb: %s', (text) => {
    expect(read(text).optOut).toBe(false);
  });
});
