import { canonicalHash } from '@aftercare/contract/canonical-json';
import type { CareSession } from '@aftercare/protocol/session';
import { addSeconds, type Instant } from '@aftercare/time/instant';
import { addDays } from '@aftercare/time/local-date';
import { localDateOf } from '@aftercare/time/zone';
import { sessionRowKey, workShardOf } from './keys.ts';
import { noteNumber } from './patient-index.ts';
import { careOf, type PatientRecord, stillHealing } from './patient-sessions.ts';
import type { LedgerEntry } from './person-rows.ts';
import { newPhone, savePatient, savePhone, setOn } from './phone-rows.ts';
import { skipHappenings } from './plan-rows.ts';
import type { Random, System, Write } from './ports.ts';
import type { PreparedSession } from './prepare-session.ts';
import { nameOf } from './reminder-context.ts';
import { toJson } from './row-item.ts';
import type { ReminderRow, SessionRow } from './rows.ts';
import { readReminderRows } from './session-rows.ts';
import { expiryAfter, type Happening, sessionRetentionSeconds, withEvents } from './timeline.ts';

/** The parts of the transactions that POST and PUT share. */

/** The sweep looks after this long at a session whose schedules are not all there. */
export const schedulesWithinSeconds = 120;
/** Limits look at seven dates; a month of history is plenty and keeps the row small. */
const ledgerDays = 31;
const rememberedSessions = 12;

/** The columns that follow from a request; the same for the first revision and for every later one. */
export function requestColumns(prepared: PreparedSession, body: unknown) {
  const { request } = prepared;
  return {
    patientId: request.patient.patientId,
    phone: request.patient.phone,
    firstName: request.patient.firstName,
    language: prepared.language,
    timeZone: prepared.timeZone,
    locationId: prepared.location.locationId,
    endedAt: request.treatment.endedAt,
    request: toJson(withKeptAdvice(prepared)),
    bodyHash: canonicalHash(body),
    protocolId: prepared.release.id,
    protocolVersion: prepared.release.version,
    protocolClass: prepared.protocolClass,
    protocolApproved: prepared.approved,
    warnings: [...prepared.warnings],
  };
}

/** Advice weaker than the protocol was dropped with a warning; the stored request holds only what is sent. */
function withKeptAdvice(prepared: PreparedSession): object {
  const { request, care } = prepared;
  if (request.overrides?.extraAdvice === undefined) return request;
  return { ...request, overrides: { ...request.overrides, extraAdvice: care.extraAdvice ?? {} } };
}

export function newSessionRow(
  ids: { readonly clinicId: string; readonly sessionKey: string; readonly phoneKey: string },
  prepared: PreparedSession,
  body: unknown,
  others: readonly SessionRow[],
  now: Instant,
): SessionRow {
  const { bodyHash, ...columns } = requestColumns(prepared, body);
  const key = sessionRowKey(ids.sessionKey);
  return {
    ...key,
    row: 'session',
    ...ids,
    sessionId: prepared.request.sessionId,
    ...columns,
    status: 'active',
    revision: 1,
    scheduledRevision: 0,
    bodyHashes: [bodyHash],
    alsoHealing: healingAt(others, { endedAt: columns.endedAt, timeZone: columns.timeZone }),
    sequence: 0,
    createdAt: now,
    workShard: workShardOf(key.pk),
    attendAt: addSeconds(now, schedulesWithinSeconds),
    expiresAtEpochSeconds: expiryAfter(now, sessionRetentionSeconds),
  };
}

/** Earlier sessions whose bans and warning signs stay in force beside the new one. */
export function healingAt(
  others: readonly SessionRow[],
  session: Pick<SessionRow, 'endedAt' | 'timeZone'>,
): SessionRow['alsoHealing'] {
  return others
    .filter((other) => stillHealing(other, session))
    .map((other) => ({ sessionKey: other.sessionKey, endedAt: other.endedAt, request: other.request }));
}

/** What the protocol must know of the patient's other sessions before it looks at this one. */
export function healingCare(
  others: readonly SessionRow[],
  session: Pick<SessionRow, 'endedAt' | 'timeZone'>,
): { readonly alsoHealing: readonly CareSession[]; readonly previous?: CareSession } {
  const earlier = others.filter((other) => other.endedAt <= session.endedAt);
  const previous = earlier.at(-1);
  return {
    alsoHealing: earlier.filter((other) => stillHealing(other, session)).map(careOf),
    ...(previous === undefined ? {} : { previous: careOf(previous) }),
  };
}

/** Product-rules 7: a later session supersedes only the older reminders. */
export async function supersedeOlder(
  system: Pick<System, 'table'>,
  random: Pick<Random, 'ulid'>,
  others: readonly SessionRow[],
  session: SessionRow,
  now: Instant,
): Promise<{ readonly writes: readonly Write[]; readonly rows: readonly ReminderRow[] }> {
  const older = others.filter((other) => other.endedAt <= session.endedAt);
  const writes: Write[] = [];
  const rows: ReminderRow[] = [];
  for (const other of older) {
    const open = (await readReminderRows(system, other.sessionKey)).filter(isOpen);
    if (open.length === 0 && other.supersededBy !== undefined) continue;
    rows.push(...open);
    const happenings = open.map((row) => closing(row, 'superseded', 'A newer session took its place.'));
    // Also what is on its way now: if it fails, its repeat must find that its time is over.
    const set = { supersededBy: session.sessionKey };
    writes.push(
      ...closeRows(open, 'superseded', 'superseded'),
      ...withEvents(random, now, other, happenings, { set }),
    );
  }
  return { writes, rows };
}

/** A session that arrives late is carried by the newer one that is already there. */
export function tellNewer(
  random: Pick<Random, 'ulid'>,
  newer: SessionRow,
  session: SessionRow,
  now: Instant,
): readonly Write[] {
  if (!stillHealing(session, newer)) return [];
  if (newer.alsoHealing.some((healing) => healing.sessionKey === session.sessionKey)) return [];
  const healing = { sessionKey: session.sessionKey, endedAt: session.endedAt, request: session.request };
  const happening: Happening = {
    type: 'session.healing_added',
    text: 'An earlier session was reported late; its restrictions now count too.',
  };
  return withEvents(random, now, newer, [happening], {
    set: { alsoHealing: [...newer.alsoHealing, healing] },
  });
}

export const isOpen = (row: ReminderRow): boolean => row.status === 'planned' || row.status === 'scheduled';

/** Nothing of these rows is claimed any more; they leave the sweep's index. */
export function closeRows(
  rows: readonly ReminderRow[],
  status: 'superseded' | 'cancelled',
  reason: string,
): readonly Write[] {
  return rows.map((row) => ({
    ...setOn(row, { status, reason }, { is: 'equal', attribute: 'status', value: row.status }),
    remove: ['workShard', 'attendAt'],
  }));
}

export function closing(row: ReminderRow, status: 'superseded' | 'cancelled', why: string): Happening {
  return {
    type: 'reminder.skipped',
    publishAs: 'reminder.skipped',
    day: row.day,
    reason: status,
    text: `${nameOf(row)} will not be sent. ${why}`,
  };
}

/** The patient, the number and the index, as they stand with this session. */
export function personWrites(
  record: PatientRecord,
  session: SessionRow,
  newestSessionKey: string,
  now: Instant,
): readonly Write[] {
  const { patient, phone, index } = record;
  const sessionKeys = [
    session.sessionKey,
    ...patient.sessionKeys.filter((key) => key !== session.sessionKey),
  ];
  const phoneRow = phone.phone ?? newPhone(session.clinicId, session.phoneKey, session.phone);
  const everybody = new Set([...phone.patients, patient].map(({ patientId }) => patientId));
  const expiresAtEpochSeconds = expiryAfter(now, sessionRetentionSeconds);
  return [
    savePatient(patient, {
      firstName: session.firstName,
      language: session.language,
      sessionKeys: sessionKeys.slice(0, rememberedSessions),
      currentSessionKey: newestSessionKey,
      ledger: recentLedger(patient.ledger, session, now),
      expiresAtEpochSeconds,
    }),
    savePhone(phoneRow, { expiresAtEpochSeconds, patientCount: everybody.size }),
    ...noteNumber(session.clinicId, session.patientId, session.phoneKey, index, expiresAtEpochSeconds),
  ];
}

const recentLedger = (ledger: readonly LedgerEntry[], session: SessionRow, now: Instant): LedgerEntry[] => {
  const from = addDays(localDateOf(now, session.timeZone), -ledgerDays);
  return ledger.filter((entry) => entry.onDate >= from);
};

export function planHappenings(session: SessionRow, rows: readonly ReminderRow[]): readonly Happening[] {
  const warnings = session.warnings.map(
    (warning): Happening => ({
      type: 'protocol.warning',
      publishAs: 'protocol.warning',
      reason: warning.code,
      text: warning.message,
    }),
  );
  return [...warnings, ...skipHappenings(rows)];
}
