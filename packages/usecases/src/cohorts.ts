import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { daysBetween, type LocalDate } from '@aftercare/time/local-date';
import { localDateOf } from '@aftercare/time/zone';
import type { DayEntryRow } from './clinic-rows.ts';
import { readDays } from './daily-digest.ts';
import type { System } from './ports.ts';

/**
 * Symptom reports by device-and-depth class and day since the session, against the clinic's own baseline: a
 * worn cartridge or a new product shows here before anybody notices it at the desk.
 */
export type CohortView = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Reports at review or above per session, over all classes. */
  readonly baselineReportsPerSession: number;
  readonly cohorts: readonly {
    readonly protocolClass: string;
    readonly sessions: number;
    readonly reportsPerSession: number;
    /** Index is the day since the session, 0 to 14. */
    readonly reportsByDay: readonly number[];
  }[];
};

const concerning: ReadonlySet<string | undefined> = new Set(['review', 'urgent', 'emergency']);
const days = 15;

export async function cohortView(
  system: Pick<System, 'table'>,
  config: ClinicConfig,
  from: LocalDate,
  to: LocalDate,
): Promise<CohortView> {
  const entries = await readDays(system, config.clinicId, config.timeZone, from, to);
  const accepted = entries.filter((entry) => entry.type === 'session.accepted');
  const reports = entries.filter((entry) => entry.type === 'patient.replied' && concerning.has(entry.level));
  const classes = [...new Set(accepted.flatMap((entry) => entry.protocolClass ?? []))].sort();
  const cohorts = classes.map((name) => cohortOf(name, accepted, reports, config.timeZone));
  return { from, to, baselineReportsPerSession: perSession(reports.length, accepted.length), cohorts };
}

function cohortOf(
  protocolClass: string,
  accepted: readonly DayEntryRow[],
  reports: readonly DayEntryRow[],
  timeZone: string,
): CohortView['cohorts'][number] {
  const sessions = accepted.filter((entry) => entry.protocolClass === protocolClass);
  const startedOn = new Map(sessions.map((entry) => [entry.sessionKey, localDateOf(entry.at, timeZone)]));
  const reportsByDay = Array.from({ length: days }, () => 0);
  let total = 0;
  for (const report of reports) {
    const start = startedOn.get(report.sessionKey);
    if (start === undefined) continue;
    total += 1;
    const day = daysBetween(start, localDateOf(report.at, timeZone));
    if (day >= 0 && day < days) reportsByDay[day] = (reportsByDay[day] ?? 0) + 1;
  }
  return {
    protocolClass,
    sessions: sessions.length,
    reportsPerSession: perSession(total, sessions.length),
    reportsByDay,
  };
}

const perSession = (reports: number, sessions: number): number =>
  sessions === 0 ? 0 : Math.round((reports / sessions) * 1000) / 1000;
