import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import metadata from 'libphonenumber-js/min/metadata';
import { describe, expect, it } from 'vitest';
import plan from './north-american-plan.json' with { type: 'json' };
import { parseUsPhone } from './phone-number.ts';

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

function byLibrary(text: string): string {
  const number = parsePhoneNumberFromString(text);
  if (number === undefined || !number.isPossible()) return text.startsWith('+1') ? 'malformed' : 'country';
  if (number.countryCallingCode !== '1') return 'country';
  if (number.country === undefined || number.getType() === 'PREMIUM_RATE') return 'malformed';
  return ['US', 'PR', 'GU', 'VI', 'AS', 'MP'].includes(number.country) ? number.number : 'country';
}

function byUs(text: string): string {
  const reading = parseUsPhone(text);
  if (reading.ok) return reading.e164;
  return reading.code === 'malformed' ? 'malformed' : 'country';
}

describe('the numbering plan and libphonenumber', () => {
  it('are the same; otherwise replace north-american-plan.json by what the library has now', () => {
    // Of a country: 10 is how its numbers start, 11 the patterns of its sorts of numbers.
    const known: Record<string, readonly unknown[]> = metadata.countries;
    const regions = metadata.country_calling_codes['1']?.map((region) => {
      const { 10: starts, 11: sorts } = known[region] ?? [];
      if (typeof starts === 'string') return { region, starts };
      const patterns = (sorts as readonly (readonly [string] | undefined)[]).map((sort) => sort?.[0]);
      return { region, numbers: patterns.filter((pattern) => pattern !== undefined && pattern !== '') };
    });
    expect(plan).toEqual(regions);
  });

  it('read every area code alike', () => {
    const numbers = numbersLike(16_000);
    expect(numbers.map(byUs)).toEqual(numbers.map(byLibrary));
  });

  it.each([
    '+1 1 305 555 0123',
    '+1305.555.0123',
    '+11',
    '+1130555501234',
    '+44 7911 123456',
    '+1 787 155 0123',
  ])('read %s alike', (text) => expect(byUs(text)).toBe(byLibrary(text)));
});
