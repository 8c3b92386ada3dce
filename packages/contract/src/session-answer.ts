import * as z from 'zod';
import { id, instant, timeZone } from './fields.ts';

/** What the session calls answer (design 6.1). Fields may be added, never renamed. */

export const localTime = z
  .string()
  .meta({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$', examples: ['2026-11-22T10:00'] });

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

export const warning = z.object({ code: z.string(), message: z.string() }).meta({ id: 'Warning' });
export type Warning = z.output<typeof warning>;

const plannedFields = {
  day: z.int().min(0).meta({ description: 'Calendar days after the local date of treatment.endedAt.' }),
  dueAt: instant,
  localTime: localTime.meta({ description: 'dueAt on the wall clock of timeZone.' }),
  timeZone,
  status: reminderStatus,
  reason: z
    .string()
    .exactOptional()
    .meta({ description: 'Why not sent, as a code: opted_out, window_passed …' }),
};

export const plannedReminder = z.object(plannedFields).meta({ id: 'PlannedReminder' });
export type PlannedReminder = z.output<typeof plannedReminder>;

const sessionFields = {
  sessionId: id,
  revision: z.int().min(1),
  status: z.enum(['active', 'cancelled']),
  protocol: z.object({ id, version: z.int().min(1), class: z.string() }),
  warnings: z.array(warning),
};

/** Of POST, PUT and DELETE. */
export const sessionAnswer = z
  .object({ ...sessionFields, reminders: z.array(plannedReminder) })
  .meta({ id: 'Session' });
export type SessionAnswer = z.output<typeof sessionAnswer>;

/** One planned text and what became of it (issue 7, timeline). */
export const timelineReminder = z
  .object({
    ...plannedFields,
    reasonText: z.string().exactOptional().meta({ description: 'The reason in words for the front desk.' }),
    sentAt: instant.exactOptional(),
    sentLocalTime: localTime.exactOptional(),
    protocolVersion: z.int().min(1).exactOptional(),
    facts: z
      .array(z.string())
      .exactOptional()
      .meta({ description: 'Ids of the protocol facts in the text.' }),
    segments: z.int().min(0).exactOptional(),
    deliveryStatus: z.string().exactOptional().meta({ description: 'The last word of the carrier.' }),
    errorCode: z.int().exactOptional().meta({ description: "The carrier's error code." }),
  })
  .meta({ id: 'TimelineReminder' });
export type TimelineReminder = z.output<typeof timelineReminder>;

export const timelineEvent = z
  .object({
    at: instant,
    localTime,
    type: z.string(),
    day: z.int().exactOptional(),
    reason: z.string().exactOptional(),
    text: z.string(),
  })
  .meta({ id: 'TimelineEvent' });
export type TimelineEvent = z.output<typeof timelineEvent>;

/**
 * Of GET: the same shape, with the history and the day-0 confirmation (which is not in `reminders`, design
 * 5.7).
 */
export const sessionTimeline = z
  .object({
    ...sessionFields,
    reminders: z.array(timelineReminder),
    confirmation: timelineReminder.exactOptional(),
    events: z.array(timelineEvent),
  })
  .meta({ id: 'SessionTimeline' });
export type SessionTimeline = z.output<typeof sessionTimeline>;
