import * as z from 'zod/mini';
import { expiry, instant, key, localDate, storedJson, work } from './row-columns.ts';

/**
 * What the table holds (design 4). Each row is checked on write and again on read, so that a row written by
 * an older release, or by hand, fails loudly at the door instead of half-working behind it.
 */

export const language = z.enum(['en', 'es']);
export type Language = z.infer<typeof language>;

export const level = z.enum([
  'emergency',
  'urgent',
  'review',
  'self_care',
  'question',
  'opt_out',
  'opt_in',
  'help',
  'admin',
  'unclear',
]);
export type Level = z.infer<typeof level>;

export const reminderStatus = z.enum([
  'planned',
  'scheduled',
  'sending',
  'sent',
  'failed',
  'unknown',
  'delivered',
  'undelivered',
  'skipped',
  'cancelled',
  'superseded',
]);
export type ReminderStatus = z.infer<typeof reminderStatus>;

/** An earlier session of the same patient that is still inside its 14 days (product-rules 7). */
export const healingSession = z.object({ sessionKey: z.string(), endedAt: instant, request: storedJson });

export const sessionRow = z.object({
  ...key,
  ...work,
  ...expiry,
  row: z.literal('session'),
  clinicId: z.string(),
  sessionKey: z.string(),
  sessionId: z.string(),
  patientId: z.string(),
  phoneKey: z.string(),
  phone: z.string(),
  firstName: z.string(),
  language,
  timeZone: z.string(),
  locationId: z.string(),
  endedAt: instant,
  status: z.enum(['active', 'cancelled']),
  /** Starts at 1; each amendment adds one. */
  revision: z.int(),
  /** The revision whose schedules all exist; below `revision` the sweep repairs. */
  scheduledRevision: z.int(),
  /** SHA-256 of the canonical body of every revision. */
  bodyHashes: z.array(z.string()),
  /** The request of this revision, as validated. */
  request: storedJson,
  protocolId: z.string(),
  protocolVersion: z.int(),
  protocolClass: z.string(),
  protocolApproved: z.boolean(),
  alsoHealing: z.array(healingSession),
  /** The newer session of the same patient that took over: nothing of this one is claimed any more. */
  supersededBy: z.optional(z.string()),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  /** Number of the last event of this session; each event takes the next one. */
  sequence: z.int(),
  createdAt: instant,
});
export type SessionRow = z.infer<typeof sessionRow>;

export const reminderRow = z.object({
  ...key,
  ...work,
  ...expiry,
  row: z.literal('reminder'),
  clinicId: z.string(),
  sessionKey: z.string(),
  revision: z.int(),
  /** 0 is the confirmation. */
  day: z.int(),
  kind: z.enum(['confirmation', 'reminder']),
  status: reminderStatus,
  reason: z.optional(z.string()),
  onDate: localDate,
  dueAt: instant,
  timeZone: z.string(),
  /** 1 at first; 2 for the one later retry (product-rules 8). */
  attempt: z.int(),
  messageIds: z.array(z.string()),
  claimedAt: z.optional(instant),
  settledAt: z.optional(instant),
  facts: z.optional(z.array(z.string())),
  /** Deliberate resends after a proven loss; at most 1. */
  resends: z.optional(z.int()),
});
export type ReminderRow = z.infer<typeof reminderRow>;

export const messageKind = z.enum(['confirmation', 'reminder', 'reply', 'opt_out', 'alert', 'notice']);
export type MessageKind = z.infer<typeof messageKind>;

export const messageRow = z.object({
  ...key,
  ...work,
  ...expiry,
  row: z.literal('message'),
  clinicId: z.string(),
  messageId: z.string(),
  kind: messageKind,
  /** What became of handing it to the carrier. `sending`: claimed, outcome not yet recorded. */
  status: z.enum(['sending', 'sent', 'failed', 'unknown']),
  reason: z.string(),
  to: z.string(),
  from: z.string(),
  body: z.string(),
  segments: z.int(),
  facts: z.optional(z.array(z.string())),
  sessionKey: z.optional(z.string()),
  revision: z.optional(z.int()),
  day: z.optional(z.int()),
  alertId: z.optional(z.string()),
  rung: z.optional(z.int()),
  staffId: z.optional(z.string()),
  inboundSid: z.optional(z.string()),
  phoneKey: z.optional(z.string()),
  patientId: z.optional(z.string()),
  claimedAt: instant,
  acceptedAt: z.optional(instant),
  providerSid: z.optional(z.string()),
  deliveryStatus: z.optional(
    z.enum(['accepted', 'queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'canceled']),
  ),
  /** Orders delivery statuses, so that a late callback never moves one backwards. */
  deliveryRank: z.optional(z.int()),
  deliveredAt: z.optional(instant),
  errorCode: z.optional(z.int()),
  /**
   * The delivery rank whose consequences were drawn (retry, events); below `deliveryRank` there is work left.
   */
  handledRank: z.optional(z.int()),
  /** How often a lost answer was settled by sending once more (at most 1, reminders only). */
  resends: z.int(),
});
export type MessageRow = z.infer<typeof messageRow>;

/**
 * One line of a session's (or phone's, or alert's) history. `text` is for staff: no symptom words, no phone.
 */
export const eventRow = z.object({
  ...key,
  ...expiry,
  row: z.literal('event'),
  clinicId: z.string(),
  eventId: z.string(),
  at: instant,
  type: z.string(),
  sessionId: z.optional(z.string()),
  patientId: z.optional(z.string()),
  day: z.optional(z.int()),
  alertId: z.optional(z.string()),
  reason: z.optional(z.string()),
  text: z.string(),
  sequence: z.int(),
  /** The event type that leaves for the clinic's webhook, when one does. */
  publishAs: z.optional(z.string()),
});
export type EventRow = z.infer<typeof eventRow>;
