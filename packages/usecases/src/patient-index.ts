import { patientIndexRowKey } from './keys.ts';
import { type PatientIndexRow, patientIndexRow } from './person-rows.ts';
import type { Write } from './ports.ts';
import { putRow } from './row-item.ts';

/** Notes a patient's number, newest first, and that the patient is still cared for. */
export function noteNumber(
  clinicId: string,
  patientId: string,
  phoneKey: string,
  index: PatientIndexRow | undefined,
  expiresAtEpochSeconds: number,
): readonly Write[] {
  const row: PatientIndexRow = {
    ...patientIndexRowKey(clinicId, patientId),
    row: 'patient_index',
    clinicId,
    patientId,
    phoneKeys: [phoneKey, ...(index?.phoneKeys ?? []).filter((key) => key !== phoneKey)],
    expiresAtEpochSeconds,
  };
  return [putRow(patientIndexRow, row)];
}
