import * as z from 'zod';
import { expiry, instant, key, localDate, storedJson, work } from './row-columns.ts';
import { language, level } from './rows.ts';

/** What the table holds of numbers, patients and their texts (design 4). */

/** One proactive text that counts against the limits of product-rules 8. */
export const ledgerEntry = z.object({
  onDate: localDate,
  kind: z.enum(['confirmation', 'reminder']),
  sessionKey: z.string(),
  day: z.number().int(),
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
  patientCount: z.number().int().optional(),
  optedOutAt: instant.optional(),
  /** `carrier`: only the person's own START can lift it (product-rules 5). */
  optedOutBy: z.enum(['carrier', 'words', 'staff', 'error_21610']).optional(),
  optOutConfirmedAt: instant.optional(),
  blockedReason: z.enum(['wrong_number', 'unreachable', 'erased']).optional(),
  /** Automatic replies that count against the loop caps, newest last. */
  repliesAt: z.array(instant),
  lastReplyHash: z.string().optional(),
  /**
   * When the reply named by `lastReplyHash` was claimed (product-rules 6: a severe one once in 10 minutes).
   */
  lastReplyAt: instant.optional(),
  /** Latest alert of this number while no patient is known under it. */
  openAlertId: z.string().optional(),
  version: z.number().int(),
});
export type PhoneRow = z.infer<typeof phoneRow>;

export const pendingQuestion = z.object({
  questionId: z.string(),
  askedAt: instant,
  sessionKey: z.string().optional(),
  day: z.number().int().optional(),
  severeWord: z.boolean(),
  options: z.array(z.string()).optional(),
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
  currentSessionKey: z.string().optional(),
  sessionKeys: z.array(z.string()),
  pending: pendingQuestion.optional(),
  openAlertId: z.string().optional(),
  /** Closed by itself when a later text can be read. */
  unclearTaskId: z.string().optional(),
  ledger: z.array(ledgerEntry),
  /** What earlier texts were read as: level, time and id only; newest last. */
  readings: z.array(z.object({ at: instant, level, inboundSid: z.string() })),
  version: z.number().int(),
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
  mediaCount: z.number().int(),
  /** Kept for staff; never opened by us (product-rules 3). */
  mediaUrls: z.array(z.string()).optional(),
  optOutType: z.enum(['STOP', 'START', 'HELP']).optional(),
  receivedAt: instant,
  source: z.enum(['webhook', 'fallback', 'reconcile']),
  status: z.enum(['received', 'processed']),
  level: level.optional(),
  sessionKey: z.string().optional(),
  patientId: z.string().optional(),
  /** Why this text was answered as it was, or not at all. */
  outcome: z.string().optional(),
  replyMessageId: z.string().optional(),
  alertId: z.string().optional(),
  /** A line of the work list was opened for this text. */
  handedToHuman: z.boolean().optional(),
  evidence: storedJson.optional(),
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
  patientId: z.string().optional(),
  locationId: z.string(),
  askedAt: instant,
  body: z.string().optional(),
  templateId: z.string().optional(),
  language: language.optional(),
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
