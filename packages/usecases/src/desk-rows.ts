import * as z from 'zod';
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
