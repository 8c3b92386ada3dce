import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { SessionRequest } from '@aftercare/contract/session-request';
import { storedSession } from '@aftercare/contract/stored-session';
import { findRelease } from '@aftercare/protocol/release';
import type { CareSession } from '@aftercare/protocol/session';
import type { Instant } from '@aftercare/time/instant';
import { addDays, type LocalDate } from '@aftercare/time/local-date';
import { localDateOf } from '@aftercare/time/zone';
import { careSessionOf } from '@aftercare/usecases/care-session';
import { spokenPhone } from '@aftercare/usecases/claim-reminder';
import { readDays } from '@aftercare/usecases/daily-digest';
import { sessionKeyOf } from '@aftercare/usecases/keys';
import type { Table } from '@aftercare/usecases/ports';
import type { SessionRow } from '@aftercare/usecases/rows';
import { readSessionRow } from '@aftercare/usecases/session-rows';
import { type HealingCalendar, healingCalendar } from './healing-calendar.ts';

/** A session as the console's picker shows it. The API has no list of sessions; this machine's table has. */
export type KnownSession = Pick<
  SessionRow,
  'sessionId' | 'patientId' | 'firstName' | 'phone' | 'language' | 'timeZone' | 'endedAt' | 'status'
>;

export type SessionDetail = { readonly request: SessionRequest; readonly calendar?: HealingCalendar };

export type KnownSessions = {
  /** Newest first. */
  readonly list: () => Promise<readonly KnownSession[]>;
  readonly detail: (sessionId: string) => Promise<SessionDetail | undefined>;
};

/** Days that a look into the past reaches: the last text goes on day 14, late texts are read longer. */
const daysBack = 30;

/** Finds sessions by the clinic's day entries; what was read once is not read again. */
export function createKnownSessions(options: {
  readonly table: Table;
  readonly config: () => Promise<ClinicConfig>;
  readonly now: () => Instant;
}): KnownSessions {
  const ids = new Set<string>();
  let readTo: LocalDate | undefined;
  const findIds = async (config: ClinicConfig): Promise<void> => {
    const today = localDateOf(options.now(), config.timeZone);
    const from = readTo === undefined ? addDays(today, -daysBack) : addDays(readTo, -1);
    for (const entry of await readDays(options, config.clinicId, config.timeZone, from, today)) {
      if (entry.type === 'session.accepted' && entry.sessionId !== undefined) ids.add(entry.sessionId);
    }
    readTo = today;
  };
  const rowOf = async (clinicId: string, sessionId: string): Promise<SessionRow | undefined> =>
    readSessionRow(options, sessionKeyOf(clinicId, sessionId));
  return {
    list: async () => {
      const config = await options.config();
      await findIds(config);
      const rows = await Promise.all([...ids].map((id) => rowOf(config.clinicId, id)));
      return rows
        .flatMap((row) => (row === undefined ? [] : [row]))
        .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
        .map(knownSessionOf);
    },
    detail: async (sessionId) => {
      const config = await options.config();
      const row = await rowOf(config.clinicId, sessionId);
      return row === undefined ? undefined : detailOf(config, row);
    },
  };
}

function knownSessionOf(row: SessionRow): KnownSession {
  const { sessionId, patientId, firstName, phone, language, timeZone, endedAt, status } = row;
  return { sessionId, patientId, firstName, phone, language, timeZone, endedAt, status };
}

function detailOf(config: ClinicConfig, row: SessionRow): SessionDetail {
  const request = storedSession.parse(row.request);
  const release = findRelease(row.protocolId, row.protocolVersion);
  if (release === undefined) return { request };
  const location = config.locations.find((candidate) => candidate.locationId === row.locationId);
  const calendar = healingCalendar({
    release,
    session: careOf(row, request),
    language: row.language,
    style: config.style,
    clinicName: config.displayName,
    phone: spokenPhone(location?.phone ?? config.patientNumber),
  });
  return { request, calendar };
}

function careOf(row: SessionRow, request: SessionRequest): CareSession {
  const earlier = row.alsoHealing.map((other) =>
    careSessionOf(storedSession.parse(other.request), row.timeZone),
  );
  return careSessionOf(request, row.timeZone, earlier);
}
