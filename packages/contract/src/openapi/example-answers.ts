import type { z } from 'zod';
import type { alert } from '../alert.ts';
import type { clinicEvent } from '../clinic-event.ts';
import type { cohortView, dailyDigest } from '../digest.ts';
import type { sessionAnswer, sessionTimeline } from '../session-answer.ts';
import type { task } from '../task.ts';

/** What the calls answer to the example session; checked against the schemas by test. */

const reminder = (day: number, date: string, offset: string) => ({
  day,
  dueAt: `${date}T${offset}:00.000Z`,
  localTime: `${date}T11:30`,
  timeZone: 'America/New_York',
  status: 'scheduled' as const,
});

export const exampleAnswer = {
  sessionId: 'visit-2026-0042',
  revision: 1,
  status: 'active',
  protocol: { id: 'microneedling', version: 1, class: 'medium' },
  reminders: [
    reminder(1, '2026-11-22', '16:30'),
    reminder(3, '2026-11-24', '16:30'),
    reminder(7, '2026-11-28', '16:30'),
    reminder(14, '2026-12-05', '16:30'),
  ],
  warnings: [
    {
      code: 'consent_proof_incomplete',
      message: 'The consent would prove more with textVersion, evidenceRef.',
    },
  ],
} satisfies z.input<typeof sessionAnswer>;

export const exampleCancelled = {
  ...exampleAnswer,
  status: 'cancelled',
  reminders: exampleAnswer.reminders.map((planned) => ({
    ...planned,
    status: 'cancelled' as const,
    reason: 'session_cancelled',
  })),
} satisfies z.input<typeof sessionAnswer>;

export const exampleTimeline = {
  ...exampleAnswer,
  reminders: exampleAnswer.reminders.map((planned) =>
    planned.day === 1
      ? {
          ...planned,
          status: 'delivered' as const,
          sentAt: '2026-11-22T16:30:02.000Z',
          sentLocalTime: '2026-11-22T11:30',
          protocolVersion: 1,
          facts: ['F-021', 'F-132'],
          segments: 1,
          deliveryStatus: 'delivered',
        }
      : planned,
  ),
  confirmation: {
    day: 0,
    dueAt: '2026-11-21T16:32:00.000Z',
    localTime: '2026-11-21T11:32',
    timeZone: 'America/New_York',
    status: 'skipped',
    reason: 'cap_weekly',
    reasonText: 'Not sent: at most three texts may go within seven days, and the check-ins matter more.',
  },
  events: [
    {
      at: '2026-11-21T16:31:00.000Z',
      localTime: '2026-11-21T11:31',
      type: 'session.accepted',
      text: 'Session accepted, four texts planned.',
    },
    {
      at: '2026-11-22T16:30:02.000Z',
      localTime: '2026-11-22T11:30',
      type: 'reminder.sent',
      day: 1,
      text: 'The day-1 text sent at 2026-11-22T11:30 (America/New_York).',
    },
  ],
} satisfies z.input<typeof sessionTimeline>;

export const exampleAlert = {
  alertId: '01KASZ8VRZ6C3N8M5T0Q4W7E2B',
  level: 'emergency',
  status: 'open',
  sessionId: 'visit-2026-0042',
  patientId: 'p-881',
  openedAt: '2026-11-24T07:14:03.000Z',
  rung: 0,
  nextRungAt: '2026-11-24T07:19:03.000Z',
  code: '1042',
  locationId: 'brickell',
} satisfies z.input<typeof alert>;

export const exampleAcknowledged = {
  alertId: exampleAlert.alertId,
  level: 'emergency',
  status: 'acknowledged',
  sessionId: 'visit-2026-0042',
  patientId: 'p-881',
  openedAt: exampleAlert.openedAt,
  rung: 0,
  acknowledgedAt: '2026-11-24T07:16:40.000Z',
  acknowledgedBy: 'nina',
  code: '1042',
  locationId: 'brickell',
} satisfies z.input<typeof alert>;

export const exampleDone = {
  ...exampleAcknowledged,
  status: 'done',
  closedAt: '2026-11-24T07:40:00.000Z',
  closedBy: 'nina',
  outcome: 'real',
} satisfies z.input<typeof alert>;

export const exampleTask = {
  taskId: '01KASZ9D4M1H7V2X9K3P6R8T0A',
  kind: 'review',
  role: 'clinical',
  state: 'open',
  priority: 2,
  openedAt: '2026-11-24T18:02:00.000Z',
  dueAt: '2026-11-25T18:02:00.000Z',
  text: 'A reply about day 3 waits for a clinician.',
  sessionId: 'visit-2026-0042',
  patientId: 'p-881',
  locationId: 'brickell',
} satisfies z.input<typeof task>;

export const exampleTaskDone = {
  ...exampleTask,
  state: 'done',
  closedAt: '2026-11-25T15:10:00.000Z',
  closedBy: 'nina',
} satisfies z.input<typeof task>;

export const exampleEvent = {
  type: 'reminder.sent',
  timestamp: '2026-11-22T16:30:02.000Z',
  data: { clinicId: 'glow', sessionId: 'visit-2026-0042', day: 1, sequence: 3 },
} satisfies z.input<typeof clinicEvent>;

export const exampleDigest = {
  clinicId: 'glow',
  onDate: '2026-11-24',
  timeZone: 'America/New_York',
  sessionsAccepted: 6,
  texts: { sent: 14, delivered: 13, failed: 1, segments: 15, estimatedCostUsd: 0.18 },
  notSent: [
    {
      sessionId: 'visit-2026-0039',
      day: 7,
      reason: 'opted_out',
      text: 'Not sent: the patient has asked for no more texts.',
    },
  ],
  replies: { total: 5, byLevel: { self_care: 3, question: 1, emergency: 1 } },
  alerts: {
    opened: 1,
    openNow: 0,
    medianSecondsToAcknowledge: 157,
    outcomes: { real: 1 },
    perHundredPatients: 5,
  },
  openTasks: { review: 1 },
  overdueTasks: 0,
  unreachable: [],
  silentSinceDay3: ['visit-2026-0031'],
} satisfies z.input<typeof dailyDigest>;

export const exampleCohorts = {
  from: '2026-10-25',
  to: '2026-11-24',
  baselineReportsPerSession: 0.08,
  cohorts: [
    {
      protocolClass: 'medium',
      sessions: 40,
      reportsPerSession: 0.1,
      reportsByDay: [0, 1, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
    },
  ],
} satisfies z.input<typeof cohortView>;
