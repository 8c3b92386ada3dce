import type { Instant } from '@aftercare/time/instant';
import type { LocalDate } from '@aftercare/time/local-date';
import * as z from 'zod/mini';
import type { Json } from './ports.ts';

/** The columns that many rows share. */

export const instant = z.custom<Instant>(
  (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
  'an instant like 2026-11-21T16:30:00.000Z',
);
export const localDate = z.custom<LocalDate>(
  (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
  'a date like 2026-11-21',
);
/**
 * JSON as the table gave it, or as `toItem` will check it on the way in. Not `z.json()`, which tries a union
 * for every member: half the time of reading a session.
 */
export const storedJson = z.custom<Json>((value) => value !== undefined, 'JSON');
export const key = { pk: z.string(), sk: z.string() };
/** Rows that the sweep must look at carry both; they leave the index when both are removed. */
export const work = { workShard: z.optional(z.string()), attendAt: z.optional(instant) };
export const expiry = { expiresAtEpochSeconds: z.optional(z.int()) };
