import { patientRowKey, phonePartition, phoneRowKey } from './keys.ts';
import { type PatientRow, type PhoneRow, patientRow, phoneRow } from './person-rows.ts';
import type { Check, Condition, System, Update, Write } from './ports.ts';
import { putRow, toItem } from './row-item.ts';
import { readAll } from './session-rows.ts';

/** What one clinic knows of one number: the number's own row, and its patients. */
export type PhoneRecord = {
  readonly phone: PhoneRow | undefined;
  readonly patients: readonly PatientRow[];
};

/** One consistent Query: `PATIENT#…` and `PHONE` are neighbours, inbound texts (`IN#…`) are not read. */
export async function readPhone(
  system: Pick<System, 'table'>,
  clinicId: string,
  phoneKey: string,
): Promise<PhoneRecord> {
  const items = await readAll(system, phonePartition(clinicId, phoneKey), 'P');
  const phone = items.find((item) => item.row === 'phone');
  return {
    phone: phone === undefined ? undefined : phoneRow.parse(phone),
    patients: items.filter((item) => item.row === 'patient').map((item) => patientRow.parse(item)),
  };
}

export function newPhone(clinicId: string, phoneKey: string, phone: string): PhoneRow {
  return {
    ...phoneRowKey(clinicId, phoneKey),
    row: 'phone',
    clinicId,
    phoneKey,
    phone,
    repliesAt: [],
    version: 0,
  };
}

export function newPatient(
  clinicId: string,
  phoneKey: string,
  patient: Pick<PatientRow, 'patientId' | 'firstName' | 'language'>,
): PatientRow {
  return {
    ...patientRowKey(clinicId, phoneKey, patient.patientId),
    row: 'patient',
    clinicId,
    phoneKey,
    sessionKeys: [],
    ledger: [],
    readings: [],
    version: 0,
    ...patient,
  };
}

const unchangedSince = (version: number): Condition => ({
  is: 'equal',
  attribute: 'version',
  value: version,
});

/** Writes the patient only if nobody wrote it since it was read (version 0: if there is none yet). */
export function savePatient(read: PatientRow, change: Partial<PatientRow>): Write {
  const next: PatientRow = { ...read, ...change, version: read.version + 1 };
  return putRow(patientRow, next, read.version === 0 ? { is: 'absent' } : unchangedSince(read.version));
}

/** Writes the phone only if nobody wrote it since it was read (version 0: if there is none yet). */
export function savePhone(read: PhoneRow, change: Partial<PhoneRow>): Write {
  const next: PhoneRow = { ...read, ...change, version: read.version + 1 };
  const binding = next.optedOutAt !== undefined || next.blockedReason !== undefined;
  const row: PhoneRow = binding ? { ...next, expiresAtEpochSeconds: undefined } : next;
  return putRow(phoneRow, row, read.version === 0 ? { is: 'absent' } : unchangedSince(read.version));
}

/** Binds a decision to the phone as it was read, and serialises all texts to one number. */
export function touchPhone(read: PhoneRow): Write {
  return savePhone(read, {});
}

/** No opt-out and no block was stored since: the last word before a proactive text is claimed. */
export function stillReachable(read: PhoneRow): Check {
  return {
    write: 'check',
    key: { pk: read.pk, sk: read.sk },
    condition: {
      is: 'all',
      of: [
        { is: 'attributeAbsent', attribute: 'optedOutAt' },
        { is: 'attributeAbsent', attribute: 'blockedReason' },
      ],
    },
  };
}

/** Sets attributes of a stored row without touching the rest. */
export function setOn(key: { pk: string; sk: string }, set: object, condition: Condition): Update {
  return { write: 'update', key: { pk: key.pk, sk: key.sk }, set: toItem(set), condition };
}
