import { canonicalHash } from '@aftercare/contract/canonical-json';
import type { SessionAnswer } from '@aftercare/contract/session-answer';
import { readSessionRequest } from '@aftercare/contract/session-request';
import type { FieldError } from '@aftercare/contract/validate';
import { phoneKey as phoneKeyOf } from '@aftercare/sms/phone-key';
import type { Instant } from '@aftercare/time/instant';
import type { Clinic } from './clinics.ts';
import { removeSchedules, schedulePlan } from './ensure-schedules.ts';
import { sessionKeyOf } from './keys.ts';
import { type NumbersRead, type PatientRecord, readPatientRecord } from './patient-sessions.ts';
import { planRows } from './plan-rows.ts';
import type { System, Write } from './ports.ts';
import { type PreparedSession, prepareSession, zoneOf } from './prepare-session.ts';
import { sealHint } from './reminder-hint.ts';
import { putRow } from './row-item.ts';
import { type ReminderRow, reminderRow, type SessionRow, sessionRow } from './rows.ts';
import { readReminderRows, readSessionRow } from './session-rows.ts';
import { sessionAnswerOf } from './session-view.ts';
import {
  healingCare,
  newSessionRow,
  personWrites,
  planHappenings,
  supersedeOlder,
  tellNewer,
} from './session-writes.ts';
import { eventPuts, type Happening } from './timeline.ts';

export type IntakeReach = Pick<
  System,
  'table' | 'schedules' | 'queues' | 'secrets' | 'clock' | 'random' | 'log' | 'metrics' | 'settings'
>;

export type IntakeOutcome =
  | { readonly kind: 'created'; readonly answer: SessionAnswer }
  /** Equal to a known revision: the current state, nothing resurrected. */
  | { readonly kind: 'replayed'; readonly answer: SessionAnswer }
  | { readonly kind: 'changed'; readonly answer: SessionAnswer }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'invalid'; readonly errors: readonly FieldError[] };

const attempts = 6;

/**
 * Takes one treatment session (design 4): one read of the patient, one transaction, the schedules in
 * parallel, one update that says they are there. A crash after the transaction loses nothing: the sweep
 * finishes it. What is rare is not asked for beforehand but found by the transaction's conditions: a session
 * that is known already, a patient who has another number too.
 */
export async function acceptSession(
  system: IntakeReach,
  clinic: Clinic,
  body: unknown,
): Promise<IntakeOutcome> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const outcome = await tryAccept(system, clinic, body, attempt === 0 ? 'this_one' : 'all');
    if (outcome !== 'again') return outcome;
    system.metrics.count('intake_conflicts');
  }
  throw new Error('A session met other writers too often');
}

async function tryAccept(
  system: IntakeReach,
  clinic: Clinic,
  body: unknown,
  numbers: NumbersRead,
): Promise<IntakeOutcome | 'again'> {
  const { config } = clinic;
  const now = system.clock.now();
  const read = readSessionRequest(body, {
    now,
    window: config.window,
    locationIds: config.locations.map((location) => location.locationId),
  });
  if (!read.ok) return refuse(system, clinic, body, read.errors);
  const request = read.value;
  const phoneKey = await keyOf(system, request.patient.phone);
  const ids = {
    clinicId: config.clinicId,
    sessionKey: sessionKeyOf(config.clinicId, request.sessionId),
    phoneKey,
  };
  const { patientId, firstName } = request.patient;
  const person = { patientId, firstName, language: config.defaultLanguage };
  const record = await readPatientRecord(system, config.clinicId, phoneKey, person, numbers);
  const known = record.others.find((other) => other.sessionKey === ids.sessionKey);
  if (known !== undefined) return replay(system, known, body);
  const timeZone = zoneOf(config, request);
  const healing = healingCare(record.others, { endedAt: request.treatment.endedAt, timeZone });
  const prepared = prepareSession(clinic, system.settings, request, healing);
  if (!prepared.ok) return refuse(system, clinic, body, prepared.errors);
  const session = newSessionRow(ids, prepared.session, body, record.others, now);
  return store(system, clinic, { session, prepared: prepared.session, record, now, body });
}

export async function keyOf(system: Pick<System, 'secrets'>, phone: string): Promise<string> {
  const { phonePepper } = await system.secrets.current();
  return phoneKeyOf(phone, Buffer.from(phonePepper, 'base64'));
}

/** A body that would not be accepted now may still be one that was accepted before. */
async function refuse(
  system: IntakeReach,
  clinic: Clinic,
  body: unknown,
  errors: readonly FieldError[],
): Promise<IntakeOutcome> {
  const sessionId = sessionIdIn(body);
  const session =
    sessionId === undefined
      ? undefined
      : await readSessionRow(system, sessionKeyOf(clinic.config.clinicId, sessionId));
  return session === undefined ? { kind: 'invalid', errors } : replay(system, session, body);
}

/** 200 for a body that equals any revision, 409 for the same id with another body. */
async function replay(system: IntakeReach, session: SessionRow, body: unknown): Promise<IntakeOutcome> {
  if (!session.bodyHashes.includes(canonicalHash(body))) return { kind: 'conflict' };
  const rows = await readReminderRows(system, session.sessionKey);
  return { kind: 'replayed', answer: sessionAnswerOf(session, rows) };
}

export function sessionIdIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('sessionId' in body)) return undefined;
  return typeof body.sessionId === 'string' ? body.sessionId : undefined;
}

type Acceptance = {
  readonly session: SessionRow;
  readonly prepared: PreparedSession;
  readonly record: PatientRecord;
  readonly now: Instant;
  readonly body: unknown;
};

async function store(
  system: IntakeReach,
  clinic: Clinic,
  acceptance: Acceptance,
): Promise<IntakeOutcome | 'again'> {
  const { prepared, record, now } = acceptance;
  const newer = record.others.find((other) => other.endedAt > acceptance.session.endedAt);
  const rows = planRows({
    clinicId: clinic.config.clinicId,
    sessionKey: acceptance.session.sessionKey,
    revision: 1,
    config: clinic.config,
    request: prepared.request,
    timeZone: prepared.timeZone,
    days: [0, ...prepared.release.days],
    now,
    ledger: record.patient.ledger,
    phone: record.phone.phone,
    supersededByNewer: newer !== undefined,
  });
  const session = withOptOutWarning(acceptance.session, record);
  const happenings: Happening[] = [accepted(session), ...planHappenings(session, rows)];
  const stored: SessionRow = { ...session, sequence: happenings.length };
  const older = await supersedeOlder(system, system.random, record.others, stored, now);
  const writes: Write[] = [
    putRow(sessionRow, stored, { is: 'absent' }),
    ...rows.map((row) => putRow(reminderRow, row, { is: 'absent' })),
    ...eventPuts(system.random, now, stored, 1, happenings),
    ...personWrites(record, stored, newer?.sessionKey ?? stored.sessionKey, now),
    ...older.writes,
    ...(newer === undefined ? [] : tellNewer(system.random, newer, stored, now)),
  ];
  const written = await system.table.transact(writes);
  if (!written.ok) {
    const known = written.failed.find(({ index }) => index === 0)?.stored;
    return known === undefined ? 'again' : replay(system, sessionRow.parse(known), acceptance.body);
  }
  system.metrics.count('sessions_accepted');
  const scheduled = await finishPlan(system, stored, rows, older.rows);
  return { kind: 'created', answer: sessionAnswerOf(scheduled, rows) };
}

/** What may fail without loss: the sweep repeats it. Answers with the session as it is then. */
export async function finishPlan(
  system: IntakeReach,
  session: SessionRow,
  planned: readonly ReminderRow[],
  closedRows: readonly ReminderRow[],
): Promise<SessionRow> {
  const [scheduled] = await Promise.allSettled([
    sealHint(system, session).then((hint) => schedulePlan(system, session, planned, hint)),
    removeSchedules(system, closedRows),
  ]);
  return (scheduled.status === 'fulfilled' ? scheduled.value : undefined) ?? session;
}

const accepted = (session: SessionRow): Happening => ({
  type: 'session.accepted',
  publishAs: 'session.accepted',
  text: `Session accepted under protocol ${session.protocolId} v${session.protocolVersion}${
    session.protocolApproved ? '' : ' (draft, not signed by a clinician)'
  }.`,
});

/** The clinic hears at once that this patient cannot be texted. */
function withOptOutWarning(session: SessionRow, record: PatientRecord): SessionRow {
  if (record.phone.phone?.optedOutAt === undefined) return session;
  const warning = {
    code: 'opted_out',
    message: 'This number asked for no more texts. Nothing is sent; please give the aftercare in person.',
  };
  return { ...session, warnings: [...session.warnings, warning] };
}
