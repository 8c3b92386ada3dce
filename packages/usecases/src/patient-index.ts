import { patientIndexRowKey } from './keys.ts';
import type { Write } from './ports.ts';
import { putRow } from './row-item.ts';
import { type PatientIndexRow, patientIndexRow } from './rows.ts';

/** Notes a patient's number, newest first; no write when it is known already. */
export function noteNumber(
  clinicId: string,
  patientId: string,
  phoneKey: string,
  index: PatientIndexRow | undefined,
): readonly Write[] {
  if (index?.phoneKeys[0] === phoneKey) return [];
  const row: PatientIndexRow = {
    ...patientIndexRowKey(clinicId, patientId),
    row: 'patient_index',
    clinicId,
    patientId,
    phoneKeys: [phoneKey, ...(index?.phoneKeys ?? []).filter((key) => key !== phoneKey)],
  };
  return [putRow(patientIndexRow, row)];
}
