import { canonicalHash } from '@aftercare/contract/canonical-json';
import { readSessionRequest, type SessionRequest } from '@aftercare/contract/session-request';
import { storedSession } from '@aftercare/contract/stored-session';
import type { FieldError } from '@aftercare/contract/validate';
import { addSeconds, type Instant } from '@aftercare/time/instant';
import { localDateOf } from '@aftercare/time/zone';
import { finishPlan, type IntakeOutcome, type IntakeReach, keyOf, sessionIdIn } from './accept-session.ts';
import type { Clinic } from './clinics.ts';
import { sessionKeyOf, workShardOf } from './keys.ts';
import { type PatientRecord, readPatientRecord } from './patient-sessions.ts';
import { planRows } from './plan-rows.ts';
import { prepareSession, zoneOf } from './prepare-session.ts';
import { putRow } from './row-item.ts';
import { type ReminderRow, reminderRow, type SessionRow } from './rows.ts';
import { currentReminders, readReminderRows, readSessionRow } from './session-rows.ts';
import { sessionAnswerOf } from './session-view.ts';
import {
  closeRows,
  healingAt,
  healingCare,
  isOpen,
  personWrites,
  planHappenings,
  requestColumns,
  schedulesWithinSeconds,
  supersedeOlder,
} from './session-writes.ts';
import { type Happening, withEvents } from './timeline.ts';

const attempts = 6;

/**
 * Amends a session: a new revision of what has not gone yet (product-rules 7). One SMS per (session, day)
 * across revisions, unless the amendment moves the treatment to another date.
 */
export async function amendSession(
  system: IntakeReach,
  clinic: Clinic,
  sessionId: string,
  body: unknown,
): Promise<IntakeOutcome> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const outcome = await tryAmend(system, clinic, sessionId, body);
    if (outcome !== 'again') return outcome;
    system.metrics.count('intake_conflicts');
  }
  throw new Error('An amendment met other writers too often');
}

async function tryAmend(
  system: IntakeReach,
  clinic: Clinic,
  sessionId: string,
  body: unknown,
): Promise<IntakeOutcome | 'again'> {
  const { config } = clinic;
  const session = await readSessionRow(system, sessionKeyOf(config.clinicId, sessionId));
  if (session === undefined || session.clinicId !== config.clinicId) return { kind: 'unknown' };
  const rows = await readReminderRows(system, session.sessionKey);
  // Also when cancelled: a repeated PUT of the last revision is a replay, not an attempt to revive.
  if (session.status === 'cancelled') return { kind: 'cancelled' };
  if (session.bodyHashes.at(-1) === canonicalHash(body)) {
    return { kind: 'replayed', answer: sessionAnswerOf(session, rows) };
  }
  const now = system.clock.now();
  const read = readSessionRequest(body, {
    now,
    window: config.window,
    locationIds: config.locations.map((location) => location.locationId),
  });
  const mismatch = idMismatch(session, body);
  if (!read.ok) return { kind: 'invalid', errors: [...mismatch, ...read.errors] };
  const errors = [...mismatch, ...forbiddenChanges(session, read.value)];
  if (errors.length > 0) return { kind: 'invalid', errors };
  return storeRevision(system, clinic, { session, rows, request: read.value, body, now });
}

function idMismatch(session: SessionRow, body: unknown): FieldError[] {
  const sessionId = sessionIdIn(body);
  if (sessionId === undefined || sessionId === session.sessionId) return [];
  return [{ path: 'sessionId', code: 'id_mismatch', message: 'must be the id in the path' }];
}

/** A session does not change its patient; a new number needs a new consent (product-rules 5). */
function forbiddenChanges(session: SessionRow, request: SessionRequest): FieldError[] {
  const before = storedSession.parse(session.request);
  const errors: FieldError[] = [];
  if (request.patient.patientId !== session.patientId) {
    errors.push({
      path: 'patient.patientId',
      code: 'patient_changed',
      message: 'cannot change: cancel this session and post one for the other patient',
    });
  }
  const samePhone = request.patient.phone === session.phone;
  if (!samePhone && request.patient.consent.givenAt <= before.patient.consent.givenAt) {
    errors.push({
      path: 'patient.consent.givenAt',
      code: 'consent_needed',
      message: 'must be newer than before: a new phone number needs a new consent',
    });
  }
  return errors;
}

type Amendment = {
  readonly session: SessionRow;
  readonly rows: readonly ReminderRow[];
  readonly request: SessionRequest;
  readonly body: unknown;
  readonly now: Instant;
};

async function readOthers(
  system: IntakeReach,
  session: SessionRow,
  phoneKey: string,
  request: SessionRequest,
): Promise<PatientRecord> {
  const { patientId, language } = session;
  const person = { patientId, firstName: request.patient.firstName, language };
  return withoutSelf(await readPatientRecord(system, session.clinicId, phoneKey, person, 'all'), session);
}

async function storeRevision(
  system: IntakeReach,
  clinic: Clinic,
  amendment: Amendment,
): Promise<IntakeOutcome | 'again'> {
  const { session, rows, request, body, now } = amendment;
  const phoneKey = await keyOf(system, request.patient.phone);
  const record = await readOthers(system, session, phoneKey, request);
  const timeZone = zoneOf(clinic.config, request);
  const healing = healingCare(record.others, { endedAt: request.treatment.endedAt, timeZone });
  const prepared = prepareSession(clinic, system.settings, request, healing);
  if (!prepared.ok) return { kind: 'invalid', errors: prepared.errors };
  const { bodyHash, ...columns } = requestColumns(prepared.session, body);
  const next: SessionRow = {
    ...session,
    ...columns,
    phoneKey,
    revision: session.revision + 1,
    bodyHashes: [...session.bodyHashes, bodyHash],
    alsoHealing: healingAt(record.others, { endedAt: columns.endedAt, timeZone: columns.timeZone }),
  };
  const newer = record.others.find((other) => other.endedAt > next.endedAt);
  const planned = planRows({
    clinicId: session.clinicId,
    sessionKey: session.sessionKey,
    revision: next.revision,
    config: clinic.config,
    request,
    timeZone: next.timeZone,
    days: daysToPlan(session, next, rows, prepared.session.release.days),
    now,
    ledger: record.patient.ledger,
    phone: record.phone.phone,
    supersededByNewer: newer !== undefined,
  });
  const open = rows.filter(isOpen);
  const happenings: Happening[] = [amended(next), ...planHappenings(next, planned)];
  // A treatment that moves to a later date can overtake another session of the patient.
  const older = await supersedeOlder(system, system.random, record.others, next, now);
  const written = await system.table.transact([
    ...withEvents(system.random, now, session, happenings, {
      set: {
        ...changedColumns(next),
        ...(newer === undefined ? {} : { supersededBy: newer.sessionKey }),
        workShard: workShardOf(session.pk),
        attendAt: soon(now),
      },
      ...(newer === undefined ? { remove: ['supersededBy'] } : {}),
      also: [{ is: 'equal', attribute: 'revision', value: session.revision }],
    }),
    ...closeRows(open, 'superseded', 'superseded'),
    ...planned.map((row) => putRow(reminderRow, row, { is: 'absent' })),
    ...personWrites(record, next, newer?.sessionKey ?? next.sessionKey, now),
    ...older.writes,
  ]);
  if (!written.ok) return 'again';
  system.metrics.count('sessions_amended');
  const scheduled = await finishPlan(system, next, planned, [...open, ...older.rows]);
  return { kind: 'changed', answer: sessionAnswerOf(scheduled, [...withoutOpen(rows), ...planned]) };
}

const soon = (now: Instant): Instant => addSeconds(now, schedulesWithinSeconds);
const withoutOpen = (rows: readonly ReminderRow[]): readonly ReminderRow[] =>
  rows.filter((row) => !isOpen(row));

const withoutSelf = (record: PatientRecord, session: SessionRow): PatientRecord => ({
  ...record,
  others: record.others.filter((other) => other.sessionKey !== session.sessionKey),
});

/** Everything a new revision may change; the rest of the row stays what it was. */
function changedColumns(next: SessionRow): Partial<SessionRow> {
  const {
    sequence: _sequence,
    scheduledRevision: _scheduled,
    supersededBy: _supersededBy,
    pk: _pk,
    sk: _sk,
    ...columns
  } = next;
  return columns;
}

/**
 * The days a revision plans: those whose text has not gone (claimed, sent and unknown ones count as gone);
 * all of them when the treatment moves to another date.
 */
function daysToPlan(
  before: SessionRow,
  next: SessionRow,
  rows: readonly ReminderRow[],
  days: readonly number[],
): readonly number[] {
  const movedDate = localDateOf(before.endedAt, before.timeZone) !== localDateOf(next.endedAt, next.timeZone);
  const all = [0, ...days];
  if (movedDate) return all.filter((day) => day > 0 || !hasGone(rows, 0));
  return all.filter((day) => !hasGone(rows, day));
}

function hasGone(rows: readonly ReminderRow[], day: number): boolean {
  const row = currentReminders(rows).find((candidate) => candidate.day === day);
  return row !== undefined && ['sending', 'sent', 'unknown', 'delivered', 'undelivered'].includes(row.status);
}

const amended = (session: SessionRow): Happening => ({
  type: 'session.amended',
  publishAs: 'session.amended',
  text: `The clinic changed this session (revision ${session.revision}); what had not gone is planned anew.`,
});
