import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { MessageRow, ReminderRow } from '@aftercare/usecases/rows';
import type { Faults } from '../faults.ts';
import type { History, RowChange } from '../history.ts';
import { dateOnWall, daysApart, timeOnWall } from '../wall-clock.ts';
import type { Report } from './report.ts';

/**
 * Invariant 2 and design 5.7: the right date and wall time when planned, punctual when nothing is in the way.
 */

const minuteMs = 60_000;
/** A schedule fires within its minute, and the queue and the sender need a moment. */
const punctualMs = 3 * minuteMs;
/** A function that read the switch before it was thrown may still claim until its time-out. */
const switchGraceMs = 17_000;

export function createPlanChecks(parts: {
  readonly history: () => History;
  readonly clinics: readonly ClinicConfig[];
  readonly faults: Faults;
  readonly nowMs: () => number;
  readonly report: Report;
}): { onChange(change: RowChange): void } {
  const { history, clinics, faults, nowMs, report } = parts;

  const clinicOf = (clinicId: string): ClinicConfig | undefined =>
    clinics.find((config) => config.clinicId === clinicId);

  function planned(row: ReminderRow): void {
    const clinic = clinicOf(row.clinicId);
    const revision = history().revisions.get(`${row.sessionKey} ${row.revision}`);
    if (clinic === undefined || revision === undefined || row.day === 0) return;
    const dueMs = Date.parse(row.dueAt);
    const what = `day ${row.day} of ${row.sessionKey} is planned for ${row.dueAt}`;
    const endedOn = dateOnWall(Date.parse(revision.endedAt), row.timeZone);
    const days = daysApart(endedOn, dateOnWall(dueMs, row.timeZone));
    if (days !== row.day)
      return report('2 date', `${what}, ${days} days after ${endedOn} in ${row.timeZone}`);
    if (dueMs - nowMs() < 5 * minuteMs) return;
    const wanted = revision.reminderTime ?? clinic.reminderTime;
    const late = minutesOf(timeOnWall(dueMs, row.timeZone)) - minutesOf(wanted);
    if (late < 0 || late > clinic.spreadMinutes) {
      report('2 time', `${what}, ${timeOnWall(dueMs, row.timeZone)} in ${row.timeZone} instead of ${wanted}`);
    }
  }

  function claimed(message: MessageRow): void {
    const switched = history()
      .switched.filter((one) => one.pk === `C#${message.clinicId}`)
      .at(-1);
    const sinceMs = switched === undefined ? 0 : nowMs() - Date.parse(switched.at);
    if (switched?.paused === true && sinceMs > switchGraceMs) {
      report(
        '4 paused',
        `day ${message.day} of ${message.sessionKey} was claimed in a pause since ${switched.at}`,
      );
    }
    if (faults.roughness > 0 || history().switched.length > 0) return;
    const reminder = [...history().reminders.values()].find(
      (row) =>
        row.sessionKey === message.sessionKey && row.revision === message.revision && row.day === message.day,
    );
    if (reminder === undefined || reminder.attempt > 1) return;
    const lateMs = nowMs() - Date.parse(reminder.dueAt);
    if (lateMs > punctualMs) {
      report(
        '2 late',
        `day ${message.day} of ${message.sessionKey} was due at ${reminder.dueAt}: ${lateMs / 1000} s late`,
      );
    }
  }

  return {
    onChange({ kind, before, after }) {
      if (before !== undefined || after === undefined) return;
      if (kind === 'reminder' && after.status === 'planned') planned(after as ReminderRow);
      if (kind !== 'message') return;
      const message = after as MessageRow;
      if (message.kind === 'reminder' || message.kind === 'confirmation') claimed(message);
    },
  };
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
