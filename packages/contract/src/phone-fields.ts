import { parseUsPhone } from '@aftercare/sms/phone-number';
import * as z from 'zod/mini';
import { type Reading, textReadBy } from './fields.ts';

/**
 * Phone numbers as somebody writes them. Apart from the other fields, because stored numbers need no
 * numbering plan and most functions meet no others.
 */

function readUsPhone(text: string): Reading<string> {
  const parsed = parseUsPhone(text);
  return parsed.ok ? { ok: true, value: parsed.e164 } : parsed;
}

/**
 * A US number (product-rules 10: by libphonenumber's region including the territories, not by "+1"), read
 * into E.164. Issue code `country_not_supported` for another country's number, `malformed` for what is no
 * number at all.
 */
export const usPhone = textReadBy(readUsPhone).register(z.globalRegistry, {
  pattern: '^\\+1\\d{10}$',
  examples: ['+13055550123'],
});

const tollFree = /^\+18(00|33|44|55|66|77|88)[2-9]\d{6}$/;

/** A clinic's own line: a US number, or toll-free, which `parseUsPhone` takes for no patient's. */
export const clinicPhone = textReadBy((text) =>
  tollFree.test(text) ? { ok: true, value: text } : readUsPhone(text),
).register(z.globalRegistry, { pattern: '^\\+1\\d{10}$', examples: ['+13055550100'] });
