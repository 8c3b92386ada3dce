import { describe, expect, it } from 'vitest';
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
