import * as z from 'zod/mini';

export const environment = z.object({
  STAGE: z.enum(['dev', 'prod']),
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  PUBLIC_BASE_URL: z.url(),
  CARRIER: z.enum(['live', 'emulator']),
  TWILIO_BASE_URL: z.optional(z.url()),
  /** Comma-separated; when set, nobody else is ever texted (design 5.10). */
  LIVE_ALLOWED_NUMBERS: z.optional(
    z.pipe(
      z.string(),
      z.transform((list) => list.split(',').map((number) => number.trim())),
    ),
  ),
});
export type Environment = z.input<typeof environment>;
