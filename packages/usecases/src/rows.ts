import * as z from 'zod';
import type { Instant } from '@aftercare/time/instant';
import type { LocalDate } from '@aftercare/time/local-date';

/**
 * What the table holds (design 4). Each row is checked on write and again on read, so that a row written by
 * an older release, or by hand, fails loudly at the door instead of half-working behind it.
 */

const instant = z.custom<Instant>(
  (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
  'an instant like 2026-11-21T16:30:00.000Z',
);
const localDate = z.custom<LocalDate>(
  (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
  'a date like 2026-11-21',
);
const key = { pk: z.string(), sk: z.string() };
/** Rows that the sweep must look at carry both; they leave the index when both are removed. */
const work = { workShard: z.string().optional(), attendAt: instant.optional() };
const expiry = { expiresAtEpochSeconds: z.number().int().optional() };

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
export const healingSession = z.object({ sessionKey: z.string(), endedAt: instant, request: z.json() });

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
  revision: z.number().int(),
  /** The revision whose schedules all exist; below `revision` the sweep repairs. */
  scheduledRevision: z.number().int(),
  /** SHA-256 of the canonical body of every revision. */
  bodyHashes: z.array(z.string()),
  /** The request of this revision, as validated. */
  request: z.json(),
  protocolId: z.string(),
  protocolVersion: z.number().int(),
  protocolClass: z.string(),
  protocolApproved: z.boolean(),
  alsoHealing: z.array(healingSession),
  /** The newer session of the same patient that took over: nothing of this one is claimed any more. */
  supersededBy: z.string().optional(),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  /** Number of the last event of this session; each event takes the next one. */
  sequence: z.number().int(),
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
  revision: z.number().int(),
  /** 0 is the confirmation. */
  day: z.number().int(),
  kind: z.enum(['confirmation', 'reminder']),
  status: reminderStatus,
  reason: z.string().optional(),
  onDate: localDate,
  dueAt: instant,
  timeZone: z.string(),
  /** 1 at first; 2 for the one later retry (product-rules 8). */
  attempt: z.number().int(),
  messageIds: z.array(z.string()),
  claimedAt: instant.optional(),
  settledAt: instant.optional(),
  facts: z.array(z.string()).optional(),
  /** Deliberate resends after a proven loss; at most 1. */
  resends: z.number().int().optional(),
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
  segments: z.number().int(),
  facts: z.array(z.string()).optional(),
  sessionKey: z.string().optional(),
  revision: z.number().int().optional(),
  day: z.number().int().optional(),
  alertId: z.string().optional(),
  rung: z.number().int().optional(),
  staffId: z.string().optional(),
  inboundSid: z.string().optional(),
  phoneKey: z.string().optional(),
  patientId: z.string().optional(),
  claimedAt: instant,
  acceptedAt: instant.optional(),
  providerSid: z.string().optional(),
  deliveryStatus: z
    .enum(['accepted', 'queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'canceled'])
    .optional(),
  /** Orders delivery statuses, so that a late callback never moves one backwards. */
  deliveryRank: z.number().int().optional(),
  deliveredAt: instant.optional(),
  errorCode: z.number().int().optional(),
  /** The delivery rank whose consequences were drawn (retry, events); below `deliveryRank` there is work left. */
  handledRank: z.number().int().optional(),
  /** How often a lost answer was settled by sending once more (at most 1, reminders only). */
  resends: z.number().int(),
});
export type MessageRow = z.infer<typeof messageRow>;

/** One line of a session's (or phone's, or alert's) history. `text` is for staff: no symptom words, no phone. */
export const eventRow = z.object({
  ...key,
  ...expiry,
  row: z.literal('event'),
  clinicId: z.string(),
  eventId: z.string(),
  at: instant,
  type: z.string(),
  sessionId: z.string().optional(),
  patientId: z.string().optional(),
  day: z.number().int().optional(),
  alertId: z.string().optional(),
  reason: z.string().optional(),
  text: z.string(),
  sequence: z.number().int(),
  /** The event type that leaves for the clinic's webhook, when one does. */
  publishAs: z.string().optional(),
});
export type EventRow = z.infer<typeof eventRow>;

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
  optedOutAt: instant.optional(),
  /** `carrier`: only the person's own START can lift it (product-rules 5). */
  optedOutBy: z.enum(['carrier', 'words', 'staff', 'error_21610']).optional(),
  optOutConfirmedAt: instant.optional(),
  blockedReason: z.enum(['wrong_number', 'unreachable', 'erased']).optional(),
  /** Automatic replies that count against the loop caps, newest last. */
  repliesAt: z.array(instant),
  lastReplyHash: z.string().optional(),
  /** When the reply named by `lastReplyHash` was claimed (product-rules 6: a severe one once in 10 minutes). */
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
  evidence: z.json().optional(),
});
export type InboundRow = z.infer<typeof inboundRow>;

/** Something to do about a text later, found by the sweep: a reply in the next window, or silence that pages. */
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
});
export type FollowUpRow = z.infer<typeof followUpRow>;

export const alertRow = z.object({
  ...key,
  ...work,
  ...expiry,
  row: z.literal('alert'),
  clinicId: z.string(),
  alertId: z.string(),
  /** Grows from 1000, never reused; what staff type. */
  code: z.string(),
  level: z.enum(['emergency', 'urgent']),
  /** Bleeding is urgent on the emergency's rung times (product-rules 2). */
  pace: z.enum(['emergency', 'urgent']),
  status: z.enum(['open', 'acknowledged', 'done']),
  sessionKey: z.string().optional(),
  sessionId: z.string().optional(),
  patientId: z.string().optional(),
  phoneKey: z.string(),
  locationId: z.string(),
  openedAt: instant,
  inboundSids: z.array(z.string()),
  linkedAlertId: z.string().optional(),
  /** Index of the last rung paged; -1 before rung 0. */
  rung: z.number().int(),
  nextRungAt: instant.optional(),
  /** Rungs paged so far: who, when, by which message. */
  pages: z.array(
    z.object({ rung: z.number().int(), staffId: z.string(), messageId: z.string(), at: instant }),
  ),
  lastRungNoticeAt: instant.optional(),
  acknowledgedAt: instant.optional(),
  acknowledgedBy: z.string().optional(),
  closedAt: instant.optional(),
  closedBy: z.string().optional(),
  outcome: z.enum(['real', 'false', 'duplicate', 'not_reached']).optional(),
  /** Why the patient could not be answered, when so. */
  noReplyReason: z.string().optional(),
  /** Signs of infection page at night under `emergencyAndInfection`. */
  infection: z.boolean().optional(),
  /** On a shared phone: everybody it could be about. */
  candidateIds: z.array(z.string()).optional(),
  language: language.optional(),
  /** Acknowledged without DONE: paged again at this moment. */
  doneDueAt: instant.optional(),
  reopenedAt: instant.optional(),
  /** The higher alert that took this one's place. */
  replacedByAlertId: z.string().optional(),
  version: z.number().int(),
});
export type AlertRow = z.infer<typeof alertRow>;

/** What we know of a staff member's phone beyond the configuration; changes at once, so it is not cached. */
export const staffPhoneRow = z.object({
  ...key,
  row: z.literal('staff_phone'),
  clinicId: z.string(),
  staffId: z.string(),
  /** Another number in the configuration makes all of this void. */
  phone: z.string(),
  confirmCode: z.string().optional(),
  confirmCodeSentAt: instant.optional(),
  confirmTries: z.number().int().optional(),
  confirmedAt: instant.optional(),
  unreachableSince: instant.optional(),
  unreachableCause: z.enum(['stop', 'error_21610']).optional(),
  testPagedAt: instant.optional(),
});
export type StaffPhoneRow = z.infer<typeof staffPhoneRow>;

export const taskRow = z.object({
  ...key,
  ...work,
  ...expiry,
  row: z.literal('task'),
  clinicId: z.string(),
  taskId: z.string(),
  kind: z.enum(['review', 'unclear', 'question_unanswered', 'admin', 'complaint', 'photo', 'notice']),
  role: z.enum(['clinical', 'front_desk', 'manager']),
  state: z.enum(['open', 'done']),
  priority: z.number().int(),
  sessionId: z.string().optional(),
  patientId: z.string().optional(),
  locationId: z.string().optional(),
  inboundSid: z.string().optional(),
  openedAt: instant,
  dueAt: instant,
  text: z.string(),
  closedAt: instant.optional(),
  closedBy: z.string().optional(),
});
export type TaskRow = z.infer<typeof taskRow>;

/** The kill switch, of one clinic or of all: stops sends, loses nothing. */
export const switchRow = z.object({
  ...key,
  row: z.literal('switch'),
  paused: z.boolean(),
  by: z.string(),
  at: instant,
});
export type SwitchRow = z.infer<typeof switchRow>;

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
