import { analyse } from '@aftercare/sms/encoding';
import { parseUsPhone } from '@aftercare/sms/phone-number';
import { parseInstant } from '@aftercare/time/instant';
import { parseLocalDate } from '@aftercare/time/local-date';
import { isTimeZone, isWallTime } from '@aftercare/time/zone';
import * as z from 'zod/mini';

/**
 * The small words that every schema is built from. Each message says what would be right and echoes
 * nothing.
 */

const ID = /^[A-Za-z0-9._-]{1,64}$/;

/** An id the clinic chose (design 6.1). */
export const id = z
  .string()
  .check(z.regex(ID, 'must be 1 to 64 of the characters A-Z a-z 0-9 . _ -'))
  .register(z.globalRegistry, { examples: ['visit-2026-0042'] });

export const language = z.enum(['en', 'es']);
export type Language = z.infer<typeof language>;

/** A date-time with `Z` or an offset, read into the normal form `2026-11-21T16:30:00.000Z`. */
export const instant = z
  .pipe(
    z.string(),
    z.transform((text: string, context) => {
      const parsed = parseInstant(text);
      if (parsed !== undefined) return parsed;
      context.issues.push({
        code: 'custom',
        input: text,
        message:
          'must be a date and time with a zone, such as 2026-11-21T16:30:00Z or 2026-11-21T11:30:00-05:00',
      });
      return z.NEVER;
    }),
  )
  .register(z.globalRegistry, { format: 'date-time', examples: ['2026-11-21T16:30:00Z'] });

/** A calendar date `YYYY-MM-DD` that exists. */
export const localDate = z
  .pipe(
    z.string(),
    z.transform((text: string, context) => {
      const parsed = parseLocalDate(text);
      if (parsed !== undefined) return parsed;
      context.issues.push({
        code: 'custom',
        input: text,
        message: 'must be a date that exists, such as 2026-11-28',
      });
      return z.NEVER;
    }),
  )
  .register(z.globalRegistry, { format: 'date', examples: ['2026-11-28'] });

/** A wall time `HH:MM`. */
export const wallTime = z
  .string()
  .check(z.refine(isWallTime, 'must be a time of day from 00:00 to 23:59, such as 10:00'))
  .register(z.globalRegistry, { pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', examples: ['10:00'] });

/** An IANA zone name. */
export const timeZone = z
  .string()
  .check(z.refine(isTimeZone, 'must be an IANA time zone, such as America/New_York'))
  .register(z.globalRegistry, { examples: ['America/New_York'] });

/**
 * A US number (product-rules 10: by libphonenumber's region including the territories, not by "+1"), read
 * into E.164. Issue code `country_not_supported` for another country's number, `malformed` for what is no
 * number at all.
 */
export const usPhone = z
  .pipe(
    z.string(),
    z.transform((text: string, context) => {
      const parsed = parseUsPhone(text);
      if (parsed.ok) return parsed.e164;
      context.issues.push({
        code: 'custom',
        input: text,
        message: parsed.message,
        params: { code: parsed.code },
      });
      return z.NEVER;
    }),
  )
  .register(z.globalRegistry, { pattern: '^\\+1\\d{10}$', examples: ['+13055550123'] });

/** A clinic's own line: a US number, or toll-free, which belongs to no country by libphonenumber. */
export const clinicPhone = z
  .pipe(
    z.string(),
    z.transform((text: string, context) => {
      if (/^\+18(00|33|44|55|66|77|88)[2-9]\d{6}$/.test(text)) return text;
      const parsed = parseUsPhone(text);
      if (parsed.ok) return parsed.e164;
      context.issues.push({
        code: 'custom',
        input: text,
        message: parsed.message,
        params: { code: parsed.code },
      });
      return z.NEVER;
    }),
  )
  .register(z.globalRegistry, { pattern: '^\\+1\\d{10}$', examples: ['+13055550100'] });

/** Text without control characters, trimmed, not empty. */
export const plainText = (maximum: number) =>
  z
    .string()
    .check(
      z.refine(
        (text) => isOneLine(text) && text.trim() === text && text.length > 0 && text.length <= maximum,
        `must be 1 to ${maximum} characters on one line, without spaces at the ends`,
      ),
    )
    .register(z.globalRegistry, { minLength: 1, maxLength: maximum });

/**
 * One line of GSM-7: anything else would turn a text into UCS-2 and cost a second segment (product-rules
 * 9).
 */
export const gsmText = (maximum: number) =>
  z
    .string()
    .check(
      z.superRefine((text, context) => {
        const { encoding, units } = analyse(text);
        const fits = isOneLine(text) && text.trim() === text && text.length > 0;
        if (fits && encoding === 'GSM-7' && units <= maximum) return;
        context.addIssue({
          code: 'custom',
          message: `must be 1 to ${maximum} GSM-7 characters on one line (no á, í, ó, ú, no emoji)`,
          params: { code: 'not_gsm7' },
        });
      }),
    )
    .register(z.globalRegistry, { minLength: 1, maxLength: maximum });

function isOneLine(text: string): boolean {
  return !/\p{Cc}/u.test(text);
}
