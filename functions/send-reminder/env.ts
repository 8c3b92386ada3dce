import { z } from 'zod';

export const environment = z.object({
  STAGE: z.enum(['dev', 'prod']),
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  PUBLIC_BASE_URL: z.url(),
  CARRIER: z.enum(['live', 'emulator']),
  TWILIO_BASE_URL: z.url().optional(),
  LIVE_ALLOWED_NUMBERS: z.string().optional(),
});
export type Environment = z.infer<typeof environment>;
