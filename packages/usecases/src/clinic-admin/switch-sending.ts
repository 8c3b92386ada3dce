import { switchRow } from '../clinic-rows.ts';
import { clinicSwitchRowKey, systemSwitchRowKey, webhookStateRowKey } from '../keys.ts';
import type { Write } from '../ports.ts';
import { putRow } from '../row-item.ts';
import { type AdminReach, clinicHistory, readStoredClinic } from './clinic-row.ts';

export type SwitchOutcome = { readonly kind: 'paused' | 'resumed' | 'no_clinic' };

/**
 * Pauses or resumes confirmations and reminders of a clinic, or of all. Replies, alerts and pages go on: a
 * pause must never silence an emergency. A text whose hours end during the pause is skipped with that
 * reason; nothing is lost. Resuming a clinic also gives its webhook another chance after a 410.
 */
export async function switchSending(
  system: AdminReach,
  scope: { readonly clinicId: string } | 'all',
  paused: boolean,
  by: string,
): Promise<SwitchOutcome> {
  const at = system.clock.now();
  if (scope === 'all') {
    await system.table.write(putRow(switchRow, { ...systemSwitchRowKey, row: 'switch', paused, by, at }));
    return { kind: paused ? 'paused' : 'resumed' };
  }
  const { clinicId } = scope;
  if ((await readStoredClinic(system, clinicId)) === undefined) return { kind: 'no_clinic' };
  const word = paused ? 'paused' : 'resumed';
  const webhookAgain: Write[] = paused ? [] : [{ write: 'delete', key: webhookStateRowKey(clinicId) }];
  const written = await system.table.transact([
    putRow(switchRow, { ...clinicSwitchRowKey(clinicId), row: 'switch', paused, by, at }),
    ...clinicHistory(system, clinicId, `clinic.${word}`, `Sending was ${word} by ${by}.`),
    ...webhookAgain,
  ]);
  if (!written.ok) throw new Error('Another change was in the way: the switch was not thrown, try again');
  return { kind: word };
}
