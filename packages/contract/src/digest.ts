import * as z from 'zod/mini';
import { id, localDate, timeZone } from './fields.ts';

/** A clinic's day and its cohorts, as the staff API shows them (issue 7, daily digest). Ids only. */

const counts = z.record(z.string(), z.int().check(z.minimum(0)));

export const dailyDigest = z
  .object({
    clinicId: id,
    onDate: localDate,
    timeZone,
    sessionsAccepted: z.int().check(z.minimum(0)),
    texts: z.object({
      sent: z.int().check(z.minimum(0)),
      delivered: z.int().check(z.minimum(0)),
      failed: z.int().check(z.minimum(0)),
      segments: z.int().check(z.minimum(0)),
      estimatedCostUsd: z.number().check(z.minimum(0)),
    }),
    notSent: z
      .array(
        z.object({
          sessionId: z.string(),
          day: z.exactOptional(z.int()),
          reason: z.string(),
          text: z.string(),
        }),
      )
      .register(z.globalRegistry, { description: 'Every text that did not go, with the reason in words.' }),
    replies: z.object({ total: z.int().check(z.minimum(0)), byLevel: counts }),
    alerts: z.object({
      opened: z.int().check(z.minimum(0)),
      openNow: z.int().check(z.minimum(0)),
      medianSecondsToAcknowledge: z.exactOptional(z.number().check(z.minimum(0))),
      outcomes: counts,
      perHundredPatients: z.number().check(z.minimum(0)),
    }),
    openTasks: counts
      .clone(undefined, { parent: true })
      .register(z.globalRegistry, { description: 'Open work items by kind.' }),
    overdueTasks: z.int().check(z.minimum(0)),
    unreachable: z
      .array(z.string())
      .register(z.globalRegistry, { description: 'Sessions whose number took no text.' }),
    silentSinceDay3: z.array(z.string()).register(z.globalRegistry, {
      description: 'Sessions whose patient has said nothing since the day-3 text.',
    }),
  })
  .register(z.globalRegistry, { id: 'DailyDigest' });

/** Of `GET …/digest`: no date = the clinic's today. */
export const digestQuery = z.strictObject({ onDate: z.exactOptional(localDate) });

export const cohortView = z
  .object({
    from: localDate,
    to: localDate,
    baselineReportsPerSession: z.number().check(z.minimum(0)),
    cohorts: z.array(
      z.object({
        protocolClass: z.string(),
        sessions: z.int().check(z.minimum(0)),
        reportsPerSession: z.number().check(z.minimum(0)),
        reportsByDay: z
          .array(z.int().check(z.minimum(0)))
          .register(z.globalRegistry, { description: 'Index is the day since the session.' }),
      }),
    ),
  })
  .register(z.globalRegistry, { id: 'CohortView' });

/** Of `GET …/cohorts`: without dates the last 30 days; at most 92 days, because each costs a read. */
export const cohortQuery = z.strictObject({
  from: z.exactOptional(localDate),
  to: z.exactOptional(localDate),
});
