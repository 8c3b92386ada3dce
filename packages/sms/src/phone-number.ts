import { getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/core/es6';
import plusOne from './plus-one.json' with { type: 'json' };

export type PhoneReading =
  | { ok: true; e164: string }
  | { ok: false; code: 'malformed' | 'country_not_supported'; message: string };

const WRITTEN = /^\+[0-9][0-9 ().-]{5,24}$/;
// The 50 states share +1 with Canada and most of the Caribbean; these are the regions under US rules.
const US_REGIONS: ReadonlySet<string> = new Set(['US', 'PR', 'GU', 'VI', 'AS', 'MP']);
const HOW_TO_WRITE = 'write the number as +1 and ten digits, for example +13055550123';

/**
 * Reads a US number and writes it in E.164. The region comes from libphonenumber's area codes, not from "+1"
 * (product-rules 10). Fictional 555-01xx numbers are accepted. Whether the number is a landline cannot be
 * known offline (design 6.1).
 */
export function parseUsPhone(text: string): PhoneReading {
  const trimmed = text.trim();
  if (!WRITTEN.test(trimmed)) return malformed(HOW_TO_WRITE);
  const number = parsePhoneNumberFromString(trimmed, metadata);
  if (number === undefined || !number.isPossible()) {
    return trimmed.startsWith('+1') ? malformed(HOW_TO_WRITE) : notSupported();
  }
  if (number.country === undefined) return malformed(`no such area code or exchange: ${HOW_TO_WRITE}`);
  if (!US_REGIONS.has(number.country)) return notSupported();
  if (number.getType() === 'PREMIUM_RATE') return malformed('premium-rate numbers receive no texts');
  return { ok: true, e164: number.number };
}

/**
 * Of the library's metadata the countries behind +1: every other number is another country's. The file is
 * written by numbering/plus-one.ts.
 */
const metadata = {
  ...plusOne,
  country_calling_codes: { '1': getCountries({ ...plusOne, country_calling_codes: {} }) },
};

function malformed(message: string): PhoneReading {
  return { ok: false, code: 'malformed', message };
}

function notSupported(): PhoneReading {
  return {
    ok: false,
    code: 'country_not_supported',
    message: 'only numbers of the United States and its territories are supported',
  };
}
