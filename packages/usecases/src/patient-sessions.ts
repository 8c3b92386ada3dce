import { storedSession } from '@aftercare/contract/stored-session';
import type { CareSession } from '@aftercare/protocol/session';
import { addDays } from '@aftercare/time/local-date';
import { localDateOf } from '@aftercare/time/zone';
import { careSessionOf } from './care-session.ts';
import { patientIndexRowKey } from './keys.ts';
import { type LedgerEntry, type PatientIndexRow, type PatientRow, patientIndexRow } from './person-rows.ts';
import { newPatient, type PhoneRecord, readPhone } from './phone-rows.ts';
import type { System } from './ports.ts';
import type { SessionRow } from './rows.ts';
import { readSessionRow } from './session-rows.ts';

/** A session is healing to the end of its day 14 (product-rules 7). */
export const healingDays = 14;

/** What is known of a patient when one of their sessions arrives or changes. */
export type PatientRecord = {
  readonly phone: PhoneRecord;
  /** Version 0 when the patient is new at this number. */
  readonly patient: PatientRow;
  /** The patient's numbers: as stored, or as they usually are; then the write says whether they are. */
  readonly index: PatientIndexRow | 'only_this_number' | undefined;
  /** Other active sessions that overlap with it in healing, oldest first. */
  readonly others: readonly SessionRow[];
};

/**
 * `all`: the patient's other numbers too, found by id. `this_one`: hardly anybody has another, so that is
 * taken for granted, and `noteNumber` makes the transaction fail where it is not so.
 */
export type NumbersRead = 'all' | 'this_one';

/**
 * Reads the patient by number and by id: someone who comes back with a new phone is still the same patient,
 * and must not get two sets of texts.
 */
export async function readPatientRecord(
  system: Pick<System, 'table'>,
  clinicId: string,
  phoneKey: string,
  person: Pick<PatientRow, 'patientId' | 'firstName' | 'language'>,
  numbers: NumbersRead,
): Promise<PatientRecord> {
  const [phone, index] = await Promise.all([
    readPhone(system, clinicId, phoneKey),
    numbers === 'all' ? readIndex(system, clinicId, person.patientId) : onlyThisNumber,
  ]);
  const stored = phone.patients.find((candidate) => candidate.patientId === person.patientId);
  const patient = stored ?? newPatient(clinicId, phoneKey, person);
  const earlier = await readAtOtherNumbers(system, clinicId, phoneKey, person.patientId, index);
  const sessionKeys = [...new Set([patient, ...earlier].flatMap((row) => row.sessionKeys))];
  const sessions = await Promise.all(sessionKeys.map((key) => readSessionRow(system, key)));
  const others = sessions
    .filter((session): session is SessionRow => session !== undefined && session.status === 'active')
    .sort((a, b) => (a.endedAt < b.endedAt ? -1 : 1));
  return {
    phone,
    patient: { ...patient, ledger: mergedLedger([patient, ...earlier]) },
    index,
    others,
  };
}

const onlyThisNumber = 'only_this_number' as const;

async function readIndex(
  system: Pick<System, 'table'>,
  clinicId: string,
  patientId: string,
): Promise<PatientIndexRow | undefined> {
  const item = await system.table.get(patientIndexRowKey(clinicId, patientId));
  return item === undefined ? undefined : patientIndexRow.parse(item);
}

/**
 * The limits are per patient, not per number: whoever goes back to an earlier number takes every text along.
 */
function mergedLedger(rows: readonly PatientRow[]): LedgerEntry[] {
  const byMessage = new Map<string, LedgerEntry>();
  for (const entry of rows.flatMap((row) => row.ledger)) {
    const held = byMessage.get(entry.messageId);
    byMessage.set(entry.messageId, { ...entry, counts: entry.counts || held?.counts === true });
  }
  return [...byMessage.values()].sort((a, b) => (a.onDate < b.onDate ? -1 : 1));
}

async function readAtOtherNumbers(
  system: Pick<System, 'table'>,
  clinicId: string,
  phoneKey: string,
  patientId: string,
  index: PatientRecord['index'],
): Promise<readonly PatientRow[]> {
  if (index === 'only_this_number') return [];
  const otherKeys = (index?.phoneKeys ?? []).filter((key) => key !== phoneKey);
  const records = await Promise.all(otherKeys.map((key) => readPhone(system, clinicId, key)));
  return records.flatMap((record) => record.patients.filter((row) => row.patientId === patientId));
}

/** Whether `earlier` is still inside its 14 days when `later` ended. */
export function stillHealing(earlier: SessionRow, later: Pick<SessionRow, 'endedAt' | 'timeZone'>): boolean {
  const lastDay = addDays(localDateOf(earlier.endedAt, earlier.timeZone), healingDays);
  return earlier.endedAt <= later.endedAt && localDateOf(later.endedAt, later.timeZone) <= lastDay;
}

export const careOf = (session: SessionRow): CareSession =>
  careSessionOf(storedSession.parse(session.request), session.timeZone);
