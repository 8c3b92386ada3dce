import { patientIndexRowKey } from './keys.ts';
import { type PatientIndexRow, patientIndexRow } from './person-rows.ts';
import type { Condition, Write } from './ports.ts';
import { putRow } from './row-item.ts';

/**
 * Notes a patient's number, newest first, and that the patient is still cared for. What was not read but
 * taken for granted (`only_this_number`) is a condition of the write.
 */
export function noteNumber(
  clinicId: string,
  patientId: string,
  phoneKey: string,
  index: PatientIndexRow | 'only_this_number' | undefined,
  expiresAtEpochSeconds: number,
): readonly Write[] {
  const known = index === 'only_this_number' ? [] : (index?.phoneKeys ?? []);
  const row: PatientIndexRow = {
    ...patientIndexRowKey(clinicId, patientId),
    row: 'patient_index',
    clinicId,
    patientId,
    phoneKeys: [phoneKey, ...known.filter((key) => key !== phoneKey)],
    expiresAtEpochSeconds,
  };
  if (index !== 'only_this_number') return [putRow(patientIndexRow, row)];
  const noOther: Condition = {
    is: 'any',
    of: [{ is: 'absent' }, { is: 'equal', attribute: 'phoneKeys', value: [phoneKey] }],
  };
  return [putRow(patientIndexRow, row, noOther)];
}
