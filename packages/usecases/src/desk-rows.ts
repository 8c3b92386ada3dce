import * as z from 'zod/mini';
import { expiry, instant, key, work } from './row-columns.ts';
import { language } from './rows.ts';

/** What the table holds of alerts, staff phones and the work list (design 4). */

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
  sessionKey: z.optional(z.string()),
  sessionId: z.optional(z.string()),
  patientId: z.optional(z.string()),
  phoneKey: z.string(),
  locationId: z.string(),
  openedAt: instant,
  inboundSids: z.array(z.string()),
  linkedAlertId: z.optional(z.string()),
  /** Index of the last rung paged; -1 before rung 0. */
  rung: z.int(),
  nextRungAt: z.optional(instant),
  /** Rungs paged so far: who, when, by which message. */
  pages: z.array(z.object({ rung: z.int(), staffId: z.string(), messageId: z.string(), at: instant })),
  lastRungNoticeAt: z.optional(instant),
  acknowledgedAt: z.optional(instant),
  acknowledgedBy: z.optional(z.string()),
  closedAt: z.optional(instant),
  closedBy: z.optional(z.string()),
  outcome: z.optional(z.enum(['real', 'false', 'duplicate', 'not_reached'])),
  /** Why the patient could not be answered, when so. */
  noReplyReason: z.optional(z.string()),
  /** Signs of infection page at night under `emergencyAndInfection`. */
  infection: z.optional(z.boolean()),
  /** On a shared phone: everybody it could be about. */
  candidateIds: z.optional(z.array(z.string())),
  language: z.optional(language),
  /** Acknowledged without DONE: paged again at this moment. */
  doneDueAt: z.optional(instant),
  reopenedAt: z.optional(instant),
  /** The higher alert that took this one's place. */
  replacedByAlertId: z.optional(z.string()),
  version: z.int(),
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
  confirmCode: z.optional(z.string()),
  confirmCodeSentAt: z.optional(instant),
  confirmTries: z.optional(z.int()),
  confirmedAt: z.optional(instant),
  unreachableSince: z.optional(instant),
  unreachableCause: z.optional(z.enum(['stop', 'error_21610'])),
  testPagedAt: z.optional(instant),
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
  priority: z.int(),
  sessionId: z.optional(z.string()),
  patientId: z.optional(z.string()),
  locationId: z.optional(z.string()),
  inboundSid: z.optional(z.string()),
  openedAt: instant,
  dueAt: instant,
  text: z.string(),
  closedAt: z.optional(instant),
  closedBy: z.optional(z.string()),
});
export type TaskRow = z.infer<typeof taskRow>;
