import type {
  PlannedReminder,
  SessionAnswer,
  SessionTimeline,
  TimelineReminder,
} from '@aftercare/contract/session-answer';
import { localDateTimeOf } from '@aftercare/time/zone';
import { explain } from './reason-words.ts';
import type { MessageRow, ReminderRow, SessionRow } from './rows.ts';
import { currentReminders, type WholeSession } from './session-rows.ts';

/** The answer of POST, PUT and DELETE (design 6.1). The confirmation is row `d0`, not among the reminders. */
export function sessionAnswerOf(session: SessionRow, rows: readonly ReminderRow[]): SessionAnswer {
  return {
    sessionId: session.sessionId,
    revision: session.revision,
    status: session.status,
    protocol: {
      id: session.protocolId,
      version: session.protocolVersion,
      class: session.protocolClass,
    },
    reminders: currentReminders(rows)
      .filter((row) => row.day > 0)
      .map((row) => plannedReminderOf(session, row)),
    warnings: [...session.warnings],
  };
}

function plannedReminderOf(session: SessionRow, row: ReminderRow): PlannedReminder {
  return {
    day: row.day,
    dueAt: row.dueAt,
    localTime: localDateTimeOf(row.dueAt, row.timeZone),
    timeZone: row.timeZone,
    status: shownStatus(session, row),
    ...(row.reason === undefined ? {} : { reason: row.reason }),
  };
}

/**
 * A planned row whose revision has all its schedules is `scheduled` (design 4: one Update says so for all).
 */
export function shownStatus(session: SessionRow, row: ReminderRow): ReminderRow['status'] {
  if (row.status !== 'planned') return row.status;
  return session.scheduledRevision >= row.revision ? 'scheduled' : 'planned';
}

/** The answer of GET: what was planned, what happened, and a reason for every text that did not go. */
export function sessionTimelineOf(whole: WholeSession): SessionTimeline {
  const { session, messages, events } = whole;
  const lines = currentReminders(whole.reminders).map((row) => ({
    row,
    line: timelineReminderOf(session, row, messages),
  }));
  const confirmation = lines.find(({ row }) => row.day === 0)?.line;
  return {
    ...sessionAnswerOf(session, whole.reminders),
    reminders: lines.filter(({ row }) => row.day > 0).map(({ line }) => line),
    ...(confirmation === undefined ? {} : { confirmation }),
    events: events.map((event) => ({
      at: event.at,
      localTime: localDateTimeOf(event.at, session.timeZone),
      type: event.type,
      text: event.text,
      ...(event.day === undefined ? {} : { day: event.day }),
      ...(event.reason === undefined ? {} : { reason: event.reason }),
    })),
  };
}

function timelineReminderOf(
  session: SessionRow,
  row: ReminderRow,
  messages: readonly MessageRow[],
): TimelineReminder {
  const message = messages.find((candidate) => candidate.messageId === row.messageIds.at(-1));
  return {
    ...plannedReminderOf(session, row),
    ...(row.reason === undefined ? {} : { reasonText: explain(row.reason) }),
    protocolVersion: session.protocolVersion,
    ...(message === undefined ? {} : deliveryOf(session, message)),
  };
}

function deliveryOf(session: SessionRow, message: MessageRow): Partial<TimelineReminder> {
  return {
    segments: message.segments,
    ...(message.facts === undefined ? {} : { facts: message.facts }),
    ...(message.acceptedAt === undefined
      ? {}
      : {
          sentAt: message.acceptedAt,
          sentLocalTime: localDateTimeOf(message.acceptedAt, session.timeZone),
        }),
    ...(message.deliveryStatus === undefined ? {} : { deliveryStatus: message.deliveryStatus }),
    ...(message.errorCode === undefined ? {} : { errorCode: message.errorCode }),
  };
}
