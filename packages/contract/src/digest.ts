import * as z from 'zod';
import { id, localDate, timeZone } from './fields.ts';

/** A clinic's day and its cohorts, as the staff API shows them (issue 7, daily digest). Ids only. */

const counts = z.record(z.string(), z.int().min(0));

export const dailyDigest = z
  .object({
    clinicId: id,
    onDate: localDate,
    timeZone,
    sessionsAccepted: z.int().min(0),
    texts: z.object({
      sent: z.int().min(0),
      delivered: z.int().min(0),
      failed: z.int().min(0),
      segments: z.int().min(0),
      estimatedCostUsd: z.number().min(0),
    }),
    notSent: z
      .array(
        z.object({
          sessionId: z.string(),
          day: z.int().exactOptional(),
          reason: z.string(),
          text: z.string(),
        }),
      )
      .meta({ description: 'Every text that did not go, with the reason in words.' }),
    replies: z.object({ total: z.int().min(0), byLevel: counts }),
    alerts: z.object({
      opened: z.int().min(0),
      openNow: z.int().min(0),
      medianSecondsToAcknowledge: z.number().min(0).exactOptional(),
      outcomes: counts,
      perHundredPatients: z.number().min(0),
    }),
    openTasks: counts.meta({ description: 'Open work items by kind.' }),
    overdueTasks: z.int().min(0),
    unreachable: z.array(z.string()).meta({ description: 'Sessions whose number took no text.' }),
    silentSinceDay3: z
      .array(z.string())
      .meta({ description: 'Sessions whose patient has said nothing since the day-3 text.' }),
  })
  .meta({ id: 'DailyDigest' });

/** Of `GET …/digest`: no date = the clinic's today. */
export const digestQuery = z.strictObject({ onDate: localDate.exactOptional() });

export const cohortView = z
  .object({
    from: localDate,
    to: localDate,
    baselineReportsPerSession: z.number().min(0),
    cohorts: z.array(
      z.object({
        protocolClass: z.string(),
        sessions: z.int().min(0),
        reportsPerSession: z.number().min(0),
        reportsByDay: z.array(z.int().min(0)).meta({ description: 'Index is the day since the session.' }),
      }),
    ),
  })
  .meta({ id: 'CohortView' });

/** Of `GET …/cohorts`: without dates the last 30 days; at most 92 days, because each costs a read. */
export const cohortQuery = z.strictObject({
  from: localDate.exactOptional(),
  to: localDate.exactOptional(),
});
