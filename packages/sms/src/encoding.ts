/** How a text travels and what it costs; `units` are septets in GSM-7 and 16-bit units in UCS-2. */
export type Analysis = {
  encoding: 'GSM-7' | 'UCS-2';
  units: number;
  segments: number;
  /** Every character that forces UCS-2, with its index in the string; empty for GSM-7. */
  offending: { character: string; index: number }[];
};

// 3GPP TS 23.038, 6.2.1: the basic alphabet, then the characters that cost an escape.
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENDED = '\f^{}\\[~]|€';

const GSM_SINGLE = 160;
const GSM_PART = 153;
const UCS2_SINGLE = 70;
const UCS2_PART = 67;

const SEPTETS = septetTable();
/** Made when first needed: it loads the tables of all scripts, and most functions never count a character. */
let graphemes: Intl.Segmenter | undefined;

/**
 * Encoding, size and segments of a text as it would be sent, without normalising it first (a decomposed é is
 * UCS-2). Agrees with Twilio's segment calculator: an escape pair or a composed emoji is never split across
 * parts.
 */
export function analyse(body: string): Analysis {
  const units = septetsOf(body);
  if (units === undefined) {
    return {
      encoding: 'UCS-2',
      units: body.length,
      segments: body.length <= UCS2_SINGLE ? 1 : ucs2Parts(body),
      offending: offendingCharacters(body),
    };
  }
  const segments = units <= GSM_SINGLE ? 1 : gsmParts(body);
  return { encoding: 'GSM-7', units, segments, offending: [] };
}

/** How many segments the carrier bills; an empty text counts as one. */
export function segmentsOf(body: string): number {
  return analyse(body).segments;
}

function septetTable(): Uint8Array {
  const table = new Uint8Array(65_536);
  for (const character of BASIC) table[character.charCodeAt(0)] = 1;
  for (const character of EXTENDED) table[character.charCodeAt(0)] = 2;
  return table;
}

function septetsOf(body: string): number | undefined {
  let total = 0;
  for (let index = 0; index < body.length; index += 1) {
    const septets = SEPTETS[body.charCodeAt(index)] ?? 0;
    if (septets === 0) return undefined;
    total += septets;
  }
  return total;
}

function gsmParts(body: string): number {
  let parts = 1;
  let used = 0;
  for (let index = 0; index < body.length; index += 1) {
    const septets = SEPTETS[body.charCodeAt(index)] ?? 0;
    if (used + septets > GSM_PART) {
      parts += 1;
      used = 0;
    }
    used += septets;
  }
  return parts;
}

function ucs2Parts(body: string): number {
  let parts = 1;
  let used = 0;
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of graphemes.segment(body)) {
    // A line break of two characters may be split; nothing else that a reader sees as one.
    const sizes = segment === '\r\n' ? [1, 1] : [segment.length];
    for (const size of sizes) {
      if (used + size > UCS2_PART) {
        parts += Math.max(1, Math.ceil(size / UCS2_PART));
        used = size > UCS2_PART ? size % UCS2_PART : 0;
        if (size > UCS2_PART) continue;
      }
      used += size;
    }
  }
  return parts;
}

function offendingCharacters(body: string): { character: string; index: number }[] {
  const found: { character: string; index: number }[] = [];
  let index = 0;
  for (const character of body) {
    if (character.length > 1 || (SEPTETS[character.charCodeAt(0)] ?? 0) === 0)
      found.push({ character, index });
    index += character.length;
  }
  return found;
}
