import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { secondsBetween } from '@aftercare/time/instant';
import { addDays, type LocalDate } from '@aftercare/time/local-date';
import { localDateOf } from '@aftercare/time/zone';
import { type DayEntryRow, dayEntryRow } from './clinic-rows.ts';
import { type AlertRow, alertRow, taskRow } from './desk-rows.ts';
import { alertPartition, dayPartition } from './keys.ts';
import type { System } from './ports.ts';
import { explain } from './reason-words.ts';
import { readAll } from './session-rows.ts';

/** What one day was like at one clinic, for the person who opens the door in the morning. Ids only. */
export type DailyDigest = {
  readonly clinicId: string;
  readonly onDate: LocalDate;
  readonly timeZone: string;
  readonly sessionsAccepted: number;
  readonly texts: {
    readonly sent: number;
    readonly delivered: number;
    readonly failed: number;
    readonly segments: number;
    readonly estimatedCostUsd: number;
  };
  /** Every text that did not go, with the reason in words. */
  readonly notSent: readonly {
    readonly sessionId: string;
    readonly day?: number;
    readonly reason: string;
    readonly text: string;
  }[];
  readonly replies: { readonly total: number; readonly byLevel: Readonly<Record<string, number>> };
  readonly alerts: {
    readonly opened: number;
    readonly openNow: number;
    readonly medianSecondsToAcknowledge?: number;
    readonly outcomes: Readonly<Record<string, number>>;
    readonly perHundredPatients: number;
  };
  readonly openTasks: Readonly<Record<string, number>>;
  readonly overdueTasks: number;
  readonly unreachable: readonly string[];
  /** Sessions whose day-3 text went two days ago and whose patient has said nothing since. */
  readonly silentSinceDay3: readonly string[];
};

/** A segment with carrier fees, US long code, 2026 (twilio-and-sms-rules 6). */
export const segmentCostUsd = 0.012;
const silenceDays = 2;

export async function dailyDigest(
  system: Pick<System, 'table' | 'clock'>,
  config: ClinicConfig,
  onDate: LocalDate,
): Promise<DailyDigest> {
  const { clinicId, timeZone } = config;
  const [entries, since, desk] = await Promise.all([
    readDay(system, clinicId, timeZone, onDate),
    readDays(system, clinicId, timeZone, addDays(onDate, -silenceDays), onDate),
    readAll(system, alertPartition(clinicId)),
  ]);
  const alerts = desk.filter((item) => item.row === 'alert').map((item) => alertRow.parse(item));
  const tasks = desk.filter((item) => item.row === 'task').map((item) => taskRow.parse(item));
  const open = tasks.filter((task) => task.state === 'open');
  const now = system.clock.now();
  return {
    clinicId,
    onDate,
    timeZone,
    sessionsAccepted: countOf(entries, 'session.accepted'),
    texts: textsOf(entries),
    notSent: notSentOf(entries),
    replies: repliesOf(entries),
    alerts: alertsOf(entries, alerts),
    openTasks: tally(open.map((task) => task.kind)),
    overdueTasks: open.filter((task) => task.dueAt < now).length,
    unreachable: sessionIdsOf(entries.filter((entry) => entry.type === 'reminder.failed')),
    silentSinceDay3: silentOf(since, addDays(onDate, -silenceDays), timeZone),
  };
}

/** The entries of one local date: the two UTC dates that it touches, cut to it. */
async function readDay(
  system: Pick<System, 'table'>,
  clinicId: string,
  timeZone: string,
  onDate: LocalDate,
): Promise<readonly DayEntryRow[]> {
  return readDays(system, clinicId, timeZone, onDate, onDate);
}

/** The entries of a run of local dates, both ends included, oldest first. */
export async function readDays(
  system: Pick<System, 'table'>,
  clinicId: string,
  timeZone: string,
  from: LocalDate,
  to: LocalDate,
): Promise<readonly DayEntryRow[]> {
  const dates: LocalDate[] = [];
  for (let date = addDays(from, -1); date <= addDays(to, 1); date = addDays(date, 1)) dates.push(date);
  const pages = await Promise.all(dates.map((date) => readAll(system, dayPartition(clinicId, date))));
  return pages
    .flat()
    .map((item) => dayEntryRow.parse(item))
    .filter((entry) => {
      const on = localDateOf(entry.at, timeZone);
      return on >= from && on <= to;
    });
}

const countOf = (entries: readonly DayEntryRow[], type: string): number =>
  entries.filter((entry) => entry.type === type).length;

function textsOf(entries: readonly DayEntryRow[]): DailyDigest['texts'] {
  const segments = entries.reduce((sum, entry) => sum + (entry.segments ?? 0), 0);
  return {
    sent: countOf(entries, 'reminder.sent'),
    delivered: countOf(entries, 'reminder.delivered'),
    failed: countOf(entries, 'reminder.failed'),
    segments,
    estimatedCostUsd: Math.round(segments * segmentCostUsd * 100) / 100,
  };
}

function notSentOf(entries: readonly DayEntryRow[]): DailyDigest['notSent'] {
  return entries
    .filter((entry) => entry.type === 'reminder.skipped' || entry.type === 'reminder.failed')
    .map((entry) => ({
      sessionId: entry.sessionId ?? '',
      ...(entry.day === undefined ? {} : { day: entry.day }),
      reason: entry.reason ?? 'unknown',
      text: explain(entry.reason ?? 'unknown'),
    }));
}

function repliesOf(entries: readonly DayEntryRow[]): DailyDigest['replies'] {
  const replies = entries.filter((entry) => entry.type === 'patient.replied');
  return { total: replies.length, byLevel: tally(replies.map((entry) => entry.level ?? 'unclear')) };
}

function alertsOf(entries: readonly DayEntryRow[], alerts: readonly AlertRow[]): DailyDigest['alerts'] {
  const opened = entries.filter((entry) => entry.type === 'alert.opened');
  const ids = new Set(opened.map((entry) => entry.alertId));
  const ofDay = alerts.filter((alert) => ids.has(alert.alertId));
  const waits = ofDay.flatMap((alert) =>
    alert.acknowledgedAt === undefined ? [] : [secondsBetween(alert.openedAt, alert.acknowledgedAt)],
  );
  const median = medianOf(waits);
  const patients = new Set(entries.flatMap((entry) => entry.sessionKey ?? [])).size;
  return {
    opened: opened.length,
    openNow: alerts.filter((alert) => alert.status === 'open').length,
    ...(median === undefined ? {} : { medianSecondsToAcknowledge: median }),
    outcomes: tally(ofDay.flatMap((alert) => alert.outcome ?? [])),
    perHundredPatients: patients === 0 ? 0 : Math.round((opened.length / patients) * 1000) / 10,
  };
}

function silentOf(entries: readonly DayEntryRow[], day3On: LocalDate, timeZone: string): readonly string[] {
  const texted = entries.filter(
    (entry) =>
      entry.type === 'reminder.sent' && entry.day === 3 && localDateOf(entry.at, timeZone) === day3On,
  );
  const heard = new Set(
    entries.filter((entry) => entry.type === 'patient.replied').map((entry) => entry.sessionKey),
  );
  return sessionIdsOf(texted.filter((entry) => !heard.has(entry.sessionKey)));
}

const sessionIdsOf = (entries: readonly DayEntryRow[]): readonly string[] => [
  ...new Set(entries.flatMap((entry) => entry.sessionId ?? [])),
];

export function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

export function medianOf(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
