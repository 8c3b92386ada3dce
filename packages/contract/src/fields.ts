import { analyse } from '@aftercare/sms/encoding';
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

/** What a text says, or what would be right; `code` where the caller tells several faults apart. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly code?: string };

/** A text that is read into something better. */
export function textReadBy<Value>(read: (text: string) => Reading<Value>) {
  return z.pipe(
    z.string(),
    z.transform((text: string, context) => {
      const reading = read(text);
      if (reading.ok) return reading.value;
      const { message, code } = reading;
      const params = code === undefined ? {} : { params: { code } };
      context.issues.push({ code: 'custom', input: text, message, ...params });
      return z.NEVER;
    }),
  );
}

function orElse<Value>(value: Value | undefined, message: string): Reading<Value> {
  return value === undefined ? { ok: false, message } : { ok: true, value };
}

/** A date-time with `Z` or an offset, read into the normal form `2026-11-21T16:30:00.000Z`. */
export const instant = textReadBy((text) =>
  orElse(
    parseInstant(text),
    'must be a date and time with a zone, such as 2026-11-21T16:30:00Z or 2026-11-21T11:30:00-05:00',
  ),
).register(z.globalRegistry, { format: 'date-time', examples: ['2026-11-21T16:30:00Z'] });

/** A calendar date `YYYY-MM-DD` that exists. */
export const localDate = textReadBy((text) =>
  orElse(parseLocalDate(text), 'must be a date that exists, such as 2026-11-28'),
).register(z.globalRegistry, { format: 'date', examples: ['2026-11-28'] });

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

/** A number that was read when it was stored: E.164 behind +1. */
export const storedPhone = z
  .string()
  .check(z.regex(/^\+1\d{10}$/, 'must be a stored number, such as +13055550123'))
  .register(z.globalRegistry, { examples: ['+13055550123'] });

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
