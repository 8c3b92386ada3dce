import plan from './north-american-plan.json' with { type: 'json' };

export type PhoneReading =
  | { ok: true; e164: string }
  | { ok: false; code: 'malformed' | 'country_not_supported'; message: string };

const WRITTEN = /^\+[0-9][0-9 ().-]{5,24}$/;
// The 50 states share +1 with Canada and most of the Caribbean; these are the regions under US rules.
const US_REGIONS: ReadonlySet<string> = new Set(['US', 'PR', 'GU', 'VI', 'AS', 'MP']);
/** Numbers that cost their caller, and receive no texts. */
const PREMIUM_RATE = /^900/;
const HOW_TO_WRITE = 'write the number as +1 and ten digits, for example +13055550123';

/**
 * Reads a US number and writes it in E.164. The region comes from libphonenumber's area codes, not from "+1"
 * (product-rules 10). Fictional 555-01xx numbers are accepted. Whether the number is a landline cannot be
 * known offline (design 6.1).
 *
 * The library's metadata of the numbers behind +1 is in north-american-plan.json (2 KB), because the whole of
 * it and the code that reads it are 118 KB of every function's bundle. The tests hold this reading to the
 * library's and say what to do when an update of it changes the plan.
 */
export function parseUsPhone(text: string): PhoneReading {
  const known = readings.get(text);
  if (known !== undefined) return known;
  const reading = readUsPhone(text);
  if (readings.size >= mostReadings) readings.clear();
  readings.set(text, reading);
  return reading;
}

/**
 * A clinic's configuration is read every minute and holds a dozen numbers: the library is asked once for
 * each.
 */
const readings = new Map<string, PhoneReading>();
const mostReadings = 1000;

function readUsPhone(text: string): PhoneReading {
  const trimmed = text.trim();
  if (!WRITTEN.test(trimmed)) return malformed(HOW_TO_WRITE);
  const digits = trimmed.replace(/\D/g, '');
  if (!digits.startsWith('1')) return notSupported();
  // Some write the 1 that is dialled before long-distance calls once more.
  const national = digits.slice(1).replace(/^1(?=\d{10}$)/, '');
  if (national.length !== 10) return malformed(HOW_TO_WRITE);
  const region = regionOf(national);
  if (region === undefined) return malformed(`no such area code or exchange: ${HOW_TO_WRITE}`);
  if (!US_REGIONS.has(region)) return notSupported();
  if (PREMIUM_RATE.test(national)) return malformed('premium-rate numbers receive no texts');
  return { ok: true, e164: `+1${national}` };
}

type Region = { readonly region: string; readonly pattern: RegExp };

/** In the library's order: the first region that has the number. */
function regionOf(national: string): string | undefined {
  regions ??= plan.map(({ region, starts, numbers = [] }) => ({
    region,
    pattern: new RegExp(starts === undefined ? `^(?:${numbers.join('|')})$` : `^(?:${starts})`),
  }));
  return regions.find(({ pattern }) => pattern.test(national))?.region;
}
let regions: readonly Region[] | undefined;

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
