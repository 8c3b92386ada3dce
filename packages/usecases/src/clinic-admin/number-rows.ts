import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { FieldError } from '@aftercare/contract/validate';
import { addHours, type Instant, isBefore } from '@aftercare/time/instant';
import { type NumberRow, numberRow } from '../clinic-rows.ts';
import { numberRowKey } from '../keys.ts';
import type { Condition, Put, System } from '../ports.ts';
import { putRow } from '../row-item.ts';

/** Product-rules 10: for this long a removed clinic's number still answers. */
export const retiredNumberDays = 90;

type Role = 'patient' | 'alert';

/** Routes of both of a clinic's numbers (design 4: inbound is routed by `To`). */
export function clinicNumbers(
  config: ClinicConfig,
): readonly { readonly field: string; readonly e164: string; readonly role: Role }[] {
  return [
    { field: 'patientNumber', e164: config.patientNumber, role: 'patient' },
    { field: 'alertNumber', e164: config.alertNumber, role: 'alert' },
  ];
}

/** Numbers that belong to somebody else, or that still answer for a removed clinic. */
export async function takenNumbers(
  system: Pick<System, 'table' | 'clock'>,
  config: ClinicConfig,
): Promise<FieldError[]> {
  const errors: FieldError[] = [];
  for (const { field, e164, role } of clinicNumbers(config)) {
    const item = await system.table.get(numberRowKey(e164));
    const message =
      item === undefined
        ? undefined
        : conflictOf(numberRow.parse(item), config.clinicId, role, system.clock.now());
    if (message !== undefined) errors.push({ path: field, code: 'number_taken', message });
  }
  return errors;
}

function conflictOf(row: NumberRow, clinicId: string, role: Role, now: Instant): string | undefined {
  if (row.role === 'retired') {
    if (row.clinicId === clinicId || row.retiredAt === undefined) return undefined;
    const freeAt = addHours(row.retiredAt, retiredNumberDays * 24);
    return isBefore(now, freeAt)
      ? `must not be a removed clinic's number before ${freeAt.slice(0, 10)}`
      : undefined;
  }
  if (row.clinicId !== clinicId) return 'must not be a number of another clinic';
  return row.role === role
    ? undefined
    : `must not be the ${row.role} line of this clinic; change that one first`;
}

/** Claims a number for a clinic; fails when another clinic holds it in use. */
export function claimNumber(clinicId: string, e164: string, role: Role): Put {
  const free: Condition = {
    is: 'any',
    of: [
      { is: 'absent' },
      { is: 'equal', attribute: 'role', value: 'retired' },
      { is: 'equal', attribute: 'clinicId', value: clinicId },
    ],
  };
  return putRow(numberRow, { ...numberRowKey(e164), row: 'number', clinicId, role }, free);
}

/** The number answers "Not monitored any more" from now on. */
export function retireNumber(
  clinicId: string,
  e164: string,
  answer: { readonly retiredAt: Instant; readonly phone: string },
): Put {
  const row: NumberRow = {
    ...numberRowKey(e164),
    row: 'number',
    clinicId,
    role: 'retired',
    retiredAt: answer.retiredAt,
  };
  const mine: Condition = { is: 'equal', attribute: 'clinicId', value: clinicId };
  return putRow(numberRow, { ...row, callPhone: answer.phone }, mine);
}
