import { describe, expect, it } from 'vitest';
import { carrierKeyword } from './carrier-words.ts';

describe('carrierKeyword', () => {
  it.each([
    ['STOP', 'stop'],
    [' stop\n', 'stop'],
    ['StopAll', 'stop'],
    ['revoke', 'stop'],
    ['OPTOUT', 'stop'],
    ['unstop', 'start'],
    ['yes', 'start'],
    ['info', 'help'],
  ])('%j is handled by Twilio, so we must not answer too', (body, keyword) => {
    expect(carrierKeyword(body)).toBe(keyword);
  });
  it.each([
    'stop please',
    'STOP.',
    "I can't stop the bleeding",
    'opt out',
    'no',
    'alto',
    'si',
    'help me',
    '',
    'constructor',
  ])('%j is not, so it is ours to read', (body) => expect(carrierKeyword(body)).toBeUndefined());
});
