import * as z from 'zod';
import { clinicHistory } from '../clinic-admin/clinic-row.ts';
import { clinicPartition, patientIndexRowKey } from '../keys.ts';
import type { Key, System } from '../ports.ts';
import { putRow } from '../row-item.ts';

/** While it stands, nothing of this patient may be erased (product-rules 10). */
export const legalHoldRow = z.object({
  pk: z.string(),
  sk: z.string(),
  row: z.literal('legal_hold'),
  clinicId: z.string(),
  patientId: z.string(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
});

export const legalHoldRowKey = (clinicId: string, patientId: string): Key => ({
  pk: clinicPartition(clinicId),
  sk: `HOLD#${patientId}`,
});

type HoldReach = Pick<System, 'table' | 'clock' | 'random'>;

/** Sets a hold; `no_patient` when the clinic has none of that id. */
export async function holdPatient(
  system: HoldReach,
  command: {
    readonly clinicId: string;
    readonly patientId: string;
    readonly reason: string;
    readonly by: string;
  },
): Promise<'held' | 'no_patient'> {
  const { clinicId, patientId, reason, by } = command;
  if ((await system.table.get(patientIndexRowKey(clinicId, patientId))) === undefined) return 'no_patient';
  const row = {
    ...legalHoldRowKey(clinicId, patientId),
    row: 'legal_hold',
    clinicId,
    patientId,
    reason,
    by,
  } as const;
  const written = await system.table.transact([
    putRow(legalHoldRow, { ...row, at: system.clock.now() }),
    ...clinicHistory(system, clinicId, 'patient.held', `A legal hold was set by ${by}.`),
  ]);
  if (!written.ok) throw new Error('Another change was in the way: nothing was changed, try again');
  return 'held';
}

/** Lifts a hold; lifting none is fine. */
export async function releasePatient(
  system: HoldReach,
  command: { readonly clinicId: string; readonly patientId: string; readonly by: string },
): Promise<void> {
  const written = await system.table.transact([
    { write: 'delete', key: legalHoldRowKey(command.clinicId, command.patientId) },
    ...clinicHistory(
      system,
      command.clinicId,
      'patient.released',
      `A legal hold was lifted by ${command.by}.`,
    ),
  ]);
  if (!written.ok) throw new Error('Another change was in the way: nothing was changed, try again');
}

export async function isHeld(
  system: Pick<System, 'table'>,
  clinicId: string,
  patientId: string,
): Promise<boolean> {
  return (await system.table.get(legalHoldRowKey(clinicId, patientId))) !== undefined;
}
