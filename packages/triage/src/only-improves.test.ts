import { describe, expect, it } from 'vitest';
import { assess } from './assess.ts';
import { onlyImproves } from './only-improves.ts';
import { readText } from './read.ts';

describe('a text that only says that mild signs get better is no alarm, whatever its words of growth', () => {
  it.each([
    'better every day',
    'swelling goes down more each day',
    'the redness is fading and my skin feels better than yesterday, thanks!',
    'Cada día mejor',
    'la hinchazón va bajando cada día más, gracias a Dios',
    'less red today',
    'todo va mejor',
  ])('%s', (text) => {
    expect(onlyImproves(readText(text))).toBe(true);
    const read = assess({ text, hoursSinceTreatment: 70, device: 'pen', needleDepthMm: 1 });
    expect(read).toMatchObject({ level: 'self_care', optOut: false });
  });
});

describe('one word that is not of that grammar, and the text is read like any other', () => {
  it.each([
    'more swelling every day',
    'redness is not going down',
    'swelling goes down more each day but my throat is tight',
    'better yesterday, worse today',
    'breathing better',
    'the fever is going down',
    'pus is going away',
    'vision fading more every day',
    'everything would be better without me',
    'mejor muerta',
    'is it better?',
    'everyone is better without me, going down now',
    'cada día más hinchada',
    'menos mal',
    'I feel so much down today',
    'im fading more each hour',
    'everything keeps going down',
    'Better now 🛑',
    'better today 🤒🤮',
    'mejor hoy',
    'redness better, stop texting me',
  ])('%s', (text) => {
    expect(onlyImproves(readText(text))).toBe(false);
  });
});
