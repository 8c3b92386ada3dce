import * as z from 'zod/mini';
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
  version: z.int(),
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
  retiredAt: z.optional(instant),
  /** Of a retired number: whom its answer tells people to call (product-rules 10). */
  callPhone: z.optional(z.string()),
});
export type NumberRow = z.infer<typeof numberRow>;

/** The clinic's webhook endpoint as our attempts found it. */
export const webhookStateRow = z.object({
  ...key,
  row: z.literal('webhook_state'),
  clinicId: z.string(),
  /** Set by an answer of 410 Gone; `clinic resume` clears it. */
  disabledAt: z.optional(instant),
  /** Since when every attempt has failed; absent while it works. */
  failingSinceAt: z.optional(instant),
  /** When the clinic and the operator were last told that it is dead. */
  reportedAt: z.optional(instant),
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
  sessionKey: z.optional(z.string()),
  sessionId: z.optional(z.string()),
  locationId: z.optional(z.string()),
  protocolClass: z.optional(z.string()),
  day: z.optional(z.int()),
  reason: z.optional(z.string()),
  level: z.optional(level),
  alertId: z.optional(z.string()),
  segments: z.optional(z.int()),
});
export type DayEntryRow = z.infer<typeof dayEntryRow>;
