import * as z from 'zod';
import { expiry, instant, key } from './row-columns.ts';
import { level } from './rows.ts';

/** What the table holds of a clinic beside its configuration (design 4). */

/** The kill switch, of one clinic or of all: stops sends, loses nothing. */
export const switchRow = z.object({
  ...key,
  row: z.literal('switch'),
  paused: z.boolean(),
  by: z.string(),
  at: instant,
});
export type SwitchRow = z.infer<typeof switchRow>;

/**
 * A protocol of the clinic's own: one version, read and linted before it was stored, as one text (100 KB; a
 * row holds 400) with its SHA-256 in hex.
 */
export const protocolRow = z.object({
  ...key,
  row: z.literal('protocol'),
  clinicId: z.string(),
  id: z.string(),
  version: z.number().int(),
  document: z.string(),
  seal: z.string(),
  broughtAt: instant,
});

/** Routes an inbound text by the number it was sent to. */
export const numberRow = z.object({
  ...key,
  row: z.literal('number'),
  clinicId: z.string(),
  role: z.enum(['patient', 'alert', 'retired']),
  retiredAt: instant.optional(),
  /** Of a retired number: whom its answer tells people to call (product-rules 10). */
  callPhone: z.string().optional(),
});
export type NumberRow = z.infer<typeof numberRow>;

/** The clinic's webhook endpoint as our attempts found it. */
export const webhookStateRow = z.object({
  ...key,
  row: z.literal('webhook_state'),
  clinicId: z.string(),
  /** Set by an answer of 410 Gone; `clinic resume` clears it. */
  disabledAt: instant.optional(),
  /** Since when every attempt has failed; absent while it works. */
  failingSinceAt: instant.optional(),
  /** When the clinic and the operator were last told that it is dead. */
  reportedAt: instant.optional(),
});
export type WebhookStateRow = z.infer<typeof webhookStateRow>;

/** A published event once more, by clinic and date; ids and codes only. */
export const dayEntryRow = z.object({
  ...key,
  ...expiry,
  row: z.literal('day_entry'),
  clinicId: z.string(),
  at: instant,
  type: z.string(),
  sessionKey: z.string().optional(),
  sessionId: z.string().optional(),
  locationId: z.string().optional(),
  protocolClass: z.string().optional(),
  day: z.number().int().optional(),
  reason: z.string().optional(),
  level: level.optional(),
  alertId: z.string().optional(),
  segments: z.number().int().optional(),
});
export type DayEntryRow = z.infer<typeof dayEntryRow>;
