import * as z from 'zod/mini';
import { expiry, instant, key, localDate, storedJson, work } from './row-columns.ts';
import { language, level } from './rows.ts';

/** What the table holds of numbers, patients and their texts (design 4). */

/** One proactive text that counts against the limits of product-rules 8. */
export const ledgerEntry = z.object({
  onDate: localDate,
  kind: z.enum(['confirmation', 'reminder']),
  sessionKey: z.string(),
  day: z.int(),
  messageId: z.string(),
  /** A text that certainly never left (failed) does not count; everything else does. */
  counts: z.boolean(),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

export const phoneRow = z.object({
  ...key,
  ...work,
  /** Absent while an opt-out or a block stands: those never expire. */
  ...expiry,
  row: z.literal('phone'),
  clinicId: z.string(),
  phoneKey: z.string(),
  phone: z.string(),
  /** How many patients have a row beside it, or had one; unknown where it is absent. */
  patientCount: z.optional(z.int()),
  optedOutAt: z.optional(instant),
  /** `carrier`: only the person's own START can lift it (product-rules 5). */
  optedOutBy: z.optional(z.enum(['carrier', 'words', 'staff', 'error_21610'])),
  optOutConfirmedAt: z.optional(instant),
  blockedReason: z.optional(z.enum(['wrong_number', 'unreachable', 'erased'])),
  /** Automatic replies that count against the loop caps, newest last. */
  repliesAt: z.array(instant),
  lastReplyHash: z.optional(z.string()),
  /**
   * When the reply named by `lastReplyHash` was claimed (product-rules 6: a severe one once in 10 minutes).
   */
  lastReplyAt: z.optional(instant),
  /** Latest alert of this number while no patient is known under it. */
  openAlertId: z.optional(z.string()),
  version: z.int(),
});
export type PhoneRow = z.infer<typeof phoneRow>;

export const pendingQuestion = z.object({
  questionId: z.string(),
  askedAt: instant,
  sessionKey: z.optional(z.string()),
  day: z.optional(z.int()),
  severeWord: z.boolean(),
  options: z.optional(z.array(z.string())),
});
export type PendingQuestion = z.infer<typeof pendingQuestion>;

export const patientRow = z.object({
  ...key,
  ...work,
  ...expiry,
  row: z.literal('patient'),
  clinicId: z.string(),
  patientId: z.string(),
  phoneKey: z.string(),
  firstName: z.string(),
  language,
  /** The newest session, and those before it that may still be healing; newest first. */
  currentSessionKey: z.optional(z.string()),
  sessionKeys: z.array(z.string()),
  pending: z.optional(pendingQuestion),
  openAlertId: z.optional(z.string()),
  /** Closed by itself when a later text can be read. */
  unclearTaskId: z.optional(z.string()),
  ledger: z.array(ledgerEntry),
  /** What earlier texts were read as: level, time and id only; newest last. */
  readings: z.array(z.object({ at: instant, level, inboundSid: z.string() })),
  version: z.int(),
});
export type PatientRow = z.infer<typeof patientRow>;

export const inboundRow = z.object({
  ...key,
  ...work,
  ...expiry,
  row: z.literal('inbound'),
  clinicId: z.string(),
  phoneKey: z.string(),
  messageSid: z.string(),
  from: z.string(),
  to: z.string(),
  body: z.string(),
  mediaCount: z.int(),
  /** Kept for staff; never opened by us (product-rules 3). */
  mediaUrls: z.optional(z.array(z.string())),
  optOutType: z.optional(z.enum(['STOP', 'START', 'HELP'])),
  receivedAt: instant,
  source: z.enum(['webhook', 'fallback', 'reconcile']),
  status: z.enum(['received', 'processed']),
  level: z.optional(level),
  sessionKey: z.optional(z.string()),
  patientId: z.optional(z.string()),
  /** Why this text was answered as it was, or not at all. */
  outcome: z.optional(z.string()),
  replyMessageId: z.optional(z.string()),
  alertId: z.optional(z.string()),
  /** A line of the work list was opened for this text. */
  handedToHuman: z.optional(z.boolean()),
  evidence: z.optional(storedJson),
});
export type InboundRow = z.infer<typeof inboundRow>;

/**
 * Something to do about a text later, found by the sweep: a reply in the next window, or silence that pages.
 */
export const followUpRow = z.object({
  ...key,
  ...work,
  ...expiry,
  row: z.literal('follow_up'),
  kind: z.enum(['deferred_reply', 'silence']),
  clinicId: z.string(),
  phoneKey: z.string(),
  messageSid: z.string(),
  patientId: z.optional(z.string()),
  locationId: z.string(),
  askedAt: instant,
  body: z.optional(z.string()),
  templateId: z.optional(z.string()),
  language: z.optional(language),
});
export type FollowUpRow = z.infer<typeof followUpRow>;

/** The numbers a patient has had at this clinic, newest first. */
export const patientIndexRow = z.object({
  ...key,
  row: z.literal('patient_index'),
  clinicId: z.string(),
  patientId: z.string(),
  phoneKeys: z.array(z.string()),
  ...expiry,
});
export type PatientIndexRow = z.infer<typeof patientIndexRow>;
