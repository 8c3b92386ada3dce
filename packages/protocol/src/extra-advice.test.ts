import { describe, expect, it } from 'vitest';
import { checkExtraAdvice } from './extra-advice.ts';
import { sampleSession } from './lint/cases.ts';
import { currentRelease } from './release.ts';

const check = (text: string, day = 3) =>
  checkExtraAdvice(text, currentRelease(), sampleSession('N10', '11:30'), day);

describe('checkExtraAdvice', () => {
  it.each([
    ['See www.glow.com', 'a web address ("www.glow.com")'],
    ['Book at glowclinic.com', 'a web address'],
    ['20% off creams', 'a price'],
    ['Free cream for you', 'an offer ("Free")'],
    ['Take ibuprofen at night', 'a drug ("ibuprofen")'],
    ['Reply STOP if sore', 'a word reserved for carriers ("STOP")'],
    ['Text YES to us', 'a word reserved for carriers ("YES")'],
    ['No microneedling at home', 'a treatment name ("microneedling")'],
    ['Your RF session went well', 'a treatment name ("RF")'],
  ])('refuses "%s" and names what is wrong', (text, named) => {
    const result = check(text);
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining(named) });
  });

  it('refuses what does not fit a text: other characters, line breaks, 61 characters, nothing', () => {
    expect(check('Sin sol más')).toMatchObject({
      ok: false,
      message: 'contains "á", which is not a GSM-7 character',
    });
    expect(check('No sun\nNo gym').ok).toBe(false);
    expect(check(`No ${'o'.repeat(58)}`)).toMatchObject({
      ok: false,
      message: expect.stringContaining('61'),
    });
    expect(check('   ').ok).toBe(false);
    expect(check('Hat {date}').ok).toBe(false);
  });

  it('turns durations into dates counted from the day of the text', () => {
    expect(check('No sauna for 7 days')).toEqual({ ok: true, keep: true, text: 'No sauna before 2 Dec' });
    expect(check('Nada de sauna por 2 semanas')).toMatchObject({ text: 'Nada de sauna antes del 9 dic' });
    expect(check('No gym for 72 hours')).toMatchObject({ text: 'No gym before 28 Nov' });
  });

  it.each([
    'No retinol until 30 Nov',
    'No retinol for 2 days',
    'Retinol is ok now',
    'You can use vitamin C',
    'Puede usar retinol desde el 25 nov',
    'No need to avoid acids',
    'Tanning bed ok',
    'No retinol until 11/30',
    'No retinol until Nov 30',
    'No retinol before 5 Dec',
    'Retinol is ok from 5 Dec',
    'Makeup is fine',
  ])('keeps "%s" out: the protocol is stricter', (text) => {
    expect(check(text)).toMatchObject({ ok: true, keep: false, warning: 'weaker_than_protocol' });
  });

  it.each([
    'No retinol until 6 Dec',
    'No retinol until 5 Dec',
    'No sauna until 29 Nov',
    'Avoid retinol',
    'Use the blue cream at night',
    'No retinol before 6 Dec',
    'Retinol is ok from 6 Dec',
  ])('lets "%s" through on day 3', (text) => {
    const session = sampleSession('N10', '07:00');
    expect(checkExtraAdvice(text, currentRelease(), session, 3)).toEqual({ ok: true, keep: true, text });
  });
});
