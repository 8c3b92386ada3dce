import { describe, expect, it } from 'vitest';
import { assess } from './assess.ts';
import type { Level } from './assessment.ts';

const levelOf = (text: string, hoursSinceTreatment = 30): Level =>
  assess({ text, hoursSinceTreatment, device: 'pen', needleDepthMm: 1 }).level;

describe('few words that we know say enough', () => {
  it.each(['i drank bleach', 'got sepsis', 'septic shock', 'plz call 911', 'ill be dead by morning'])(
    '%s',
    (text) => {
      expect(levelOf(text)).toBe('emergency');
    },
  );

  it.each(['asdf qwer', 'hjkl', 'lkjsdf sdlkfj'])('and none say nothing: %s', (text) => {
    expect(levelOf(text)).toBe('unclear');
  });
});

describe('who writes for the patient, or shall call for them, is not who has the sign', () => {
  it.each([
    "this is karen's daughter, mum was found unconscious, please cancel her appointment",
    'can somebody phone the paramedics for me, i live alone',
  ])('%s', (text) => {
    expect(levelOf(text)).toBe('emergency');
  });
});

describe('what gets better, is over or was never a fever alarms nobody', () => {
  it.each([
    'my temp is 36.7 today',
    'ear thermometer 36.9, forehead gun 37.1',
    'pain has gone down a lot',
    'fever over',
    'no puedo ver la foto, se ve borrosa',
  ])('%s', (text) => {
    expect(['emergency', 'urgent']).not.toContain(levelOf(text, 70));
  });
});
