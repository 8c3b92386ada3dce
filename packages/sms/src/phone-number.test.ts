import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/min/metadata';
import { describe, expect, it } from 'vitest';
import { plusOneOf } from '../numbering/plus-one.ts';
import { parseUsPhone } from './phone-number.ts';
import plusOne from './plus-one.json' with { type: 'json' };

describe('parseUsPhone', () => {
  it.each([
    ['Florida, fictional exchange', '+13055550123'],
    ['New York, fictional', '+12125550100'],
    ['Puerto Rico', '+17875550123'],
    ['Guam', '+16715550100'],
    ['US Virgin Islands', '+13405550123'],
    ['American Samoa', '+16845550123'],
    ['Northern Marianas', '+16705550123'],
    ['toll-free clinic line', '+18005550100'],
  ])('%s is a US number', (_, e164) => expect(parseUsPhone(e164)).toEqual({ ok: true, e164 }));

  it.each(['+1 305 555 0123', '+1 (305) 555-0123', '+1-305-555-0123', ' +1.305.555.0123 '])(
    '%j is the same person, so it becomes the same key',
    (text) => expect(parseUsPhone(text)).toEqual({ ok: true, e164: '+13055550123' }),
  );

  it.each([
    ['Toronto', '+14165550123'],
    ['Vancouver', '+16045550123'],
    ['Jamaica', '+18765550123'],
    ['Jamaica, second code', '+16585550123'],
    ['Dominican Republic', '+18095550123'],
    ['Bahamas', '+12425550123'],
    ['Bermuda', '+14415550123'],
    ['Mexico', '+525512345678'],
    ['Britain', '+447911123456'],
    ['a calling code nobody has', '+9991234567'],
  ])('%s shares a prefix or none and is refused by country', (_, text) => {
    expect(parseUsPhone(text)).toMatchObject({ ok: false, code: 'country_not_supported' });
  });

  it.each([
    '3055550123',
    '13055550123',
    '+1305555012',
    '+130555501234',
    '+10000000000',
    '+11234567890',
    '+13051110123',
    '+19005550100',
    '+1305555O123',
    '+13055550123 x12',
    '+13055550123,+13055550124',
    'tel:+13055550123',
    '+1 305 555 0123\u0000',
    '+١٣٠٥٥٥٥٠١٢٣',
    '+',
    '',
  ])('%j is malformed and says how to write it', (text) => {
    const reading = parseUsPhone(text);
    expect(reading).toMatchObject({ ok: false, code: 'malformed' });
  });
});

/** Small and seeded: the same numbers in every run. */
function numbersLike(count: number): readonly string[] {
  let state = 1;
  const digit = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % 10;
  };
  return Array.from({ length: count }, (_, index) => {
    const areaCode = 200 + (index % 800);
    return `+1${areaCode}${Array.from({ length: 7 }, digit).join('')}`;
  });
}

/** With everything the library knows: all countries, and the patterns of each sort of number. */
function byFullMetadata(text: string): string {
  const number = parsePhoneNumberFromString(text);
  if (number === undefined || !number.isPossible()) return text.startsWith('+1') ? 'malformed' : 'country';
  if (number.countryCallingCode !== '1') return 'country';
  if (number.country === undefined || number.getType() === 'PREMIUM_RATE') return 'malformed';
  if (number.country === 'US') return number.isValid() ? number.number : 'malformed';
  return ['PR', 'GU', 'VI', 'AS', 'MP'].includes(number.country) ? number.number : 'country';
}

function byUs(text: string): string {
  const reading = parseUsPhone(text);
  if (reading.ok) return reading.e164;
  return reading.code === 'malformed' ? 'malformed' : 'country';
}

describe('the metadata of +1 and the library’s own', () => {
  it('are the same; otherwise run numbering/plus-one.ts', () => {
    expect(plusOne).toEqual(plusOneOf(metadata));
    // The order decides: the first country that a number fits is its own.
    expect(Object.keys(plusOne.countries)).toEqual(metadata.country_calling_codes['1']);
  });

  it('read every area code alike', () => {
    const numbers = numbersLike(16_000);
    expect(numbers.map(byUs)).toEqual(numbers.map(byFullMetadata));
  });

  it.each([
    '+1 1 305 555 0123',
    '+1305.555.0123',
    '+11',
    '+1130555501234',
    '+44 7911 123456',
    '+1 787 155 0123',
  ])('read %s alike', (text) => expect(byUs(text)).toBe(byFullMetadata(text)));
});
