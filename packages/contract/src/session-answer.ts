import * as z from 'zod/mini';
import { id, instant, timeZone } from './fields.ts';

/** What the session calls answer (design 6.1). Fields may be added, never renamed. */

export const localTime = z.string().register(z.globalRegistry, {
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$',
  examples: ['2026-11-22T10:00'],
});

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

export const warning = z
  .object({ code: z.string(), message: z.string() })
  .register(z.globalRegistry, { id: 'Warning' });
export type Warning = z.output<typeof warning>;

const plannedFields = {
  day: z
    .int()
    .check(z.minimum(0))
    .register(z.globalRegistry, { description: 'Calendar days after the local date of treatment.endedAt.' }),
  dueAt: instant,
  localTime: localTime
    .clone(undefined, { parent: true })
    .register(z.globalRegistry, { description: 'dueAt on the wall clock of timeZone.' }),
  timeZone,
  status: reminderStatus,
  reason: z
    .exactOptional(z.string())
    .register(z.globalRegistry, { description: 'Why not sent, as a code: opted_out, window_passed …' }),
};

export const plannedReminder = z.object(plannedFields).register(z.globalRegistry, { id: 'PlannedReminder' });
export type PlannedReminder = z.output<typeof plannedReminder>;

const sessionFields = {
  sessionId: id,
  revision: z.int().check(z.minimum(1)),
  status: z.enum(['active', 'cancelled']),
  protocol: z.object({ id, version: z.int().check(z.minimum(1)), class: z.string() }),
  warnings: z.array(warning),
};

/** Of POST, PUT and DELETE. */
export const sessionAnswer = z
  .object({ ...sessionFields, reminders: z.array(plannedReminder) })
  .register(z.globalRegistry, { id: 'Session' });
export type SessionAnswer = z.output<typeof sessionAnswer>;

/** One planned text and what became of it (issue 7, timeline). */
export const timelineReminder = z
  .object({
    ...plannedFields,
    reasonText: z
      .exactOptional(z.string())
      .register(z.globalRegistry, { description: 'The reason in words for the front desk.' }),
    sentAt: z.exactOptional(instant),
    sentLocalTime: z.exactOptional(localTime),
    protocolVersion: z.exactOptional(z.int().check(z.minimum(1))),
    facts: z
      .exactOptional(z.array(z.string()))
      .register(z.globalRegistry, { description: 'Ids of the protocol facts in the text.' }),
    segments: z.exactOptional(z.int().check(z.minimum(0))),
    deliveryStatus: z
      .exactOptional(z.string())
      .register(z.globalRegistry, { description: 'The last word of the carrier.' }),
    errorCode: z
      .exactOptional(z.int())
      .register(z.globalRegistry, { description: "The carrier's error code." }),
  })
  .register(z.globalRegistry, { id: 'TimelineReminder' });
export type TimelineReminder = z.output<typeof timelineReminder>;

export const timelineEvent = z
  .object({
    at: instant,
    localTime,
    type: z.string(),
    day: z.exactOptional(z.int()),
    reason: z.exactOptional(z.string()),
    text: z.string(),
  })
  .register(z.globalRegistry, { id: 'TimelineEvent' });
export type TimelineEvent = z.output<typeof timelineEvent>;

/**
 * Of GET: the same shape, with the history and the day-0 confirmation (which is not in `reminders`, design
 * 5.7).
 */
export const sessionTimeline = z
  .object({
    ...sessionFields,
    reminders: z.array(timelineReminder),
    confirmation: z.exactOptional(timelineReminder),
    events: z.array(timelineEvent),
  })
  .register(z.globalRegistry, { id: 'SessionTimeline' });
export type SessionTimeline = z.output<typeof sessionTimeline>;
