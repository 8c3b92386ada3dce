import { addHours } from '@aftercare/time/instant';
import { alertRow } from '../desk-rows.ts';
import { clinicRowKey } from '../keys.ts';
import type { Item, Key } from '../ports.ts';
import { sessionRow } from '../rows.ts';
import { mainPhone } from './admit-clinic.ts';
import { type AdminReach, readStoredClinic } from './clinic-row.ts';
import { clinicNumbers, retireNumber } from './number-rows.ts';
import { rowsOfClinic, type TableScan } from './table-scan.ts';

export type RemoveOutcome =
  | { readonly kind: 'removed'; readonly rows: number }
  | { readonly kind: 'would_remove'; readonly rows: number }
  | { readonly kind: 'no_clinic' }
  | { readonly kind: 'not_exported' }
  | { readonly kind: 'active_sessions'; readonly sessionIds: readonly string[] }
  | { readonly kind: 'open_alerts'; readonly codes: readonly string[] };

/** Day 14 is over everywhere this long after the treatment. */
const programmeHours = 16 * 24;
const exportFreshHours = 24;

/**
 * Removes a clinic (product-rules 10): only after an export of the last 24 hours, without an active session
 * or open alert. Its numbers answer "Not monitored any more" for 90 days; everything else is deleted. The
 * configuration goes last, so that a removal that was interrupted can be started again.
 */
export async function removeClinic(
  system: AdminReach & { readonly scan: TableScan },
  clinicId: string,
  options: { readonly dryRun: boolean },
): Promise<RemoveOutcome> {
  const stored = await readStoredClinic(system, clinicId);
  if (stored === undefined) return { kind: 'no_clinic' };
  const now = system.clock.now();
  const { exportedAt } = stored.row;
  if (exportedAt === undefined || exportedAt < addHours(now, -exportFreshHours))
    return { kind: 'not_exported' };
  const rows = await rowsOfClinic(system.scan, clinicId);
  const sessionIds = activeSessions(rows, addHours(now, -programmeHours));
  if (sessionIds.length > 0) return { kind: 'active_sessions', sessionIds };
  const codes = openAlerts(rows);
  if (codes.length > 0) return { kind: 'open_alerts', codes };
  const keys = rows.map(keyOf).filter((key) => !key.pk.startsWith('NUMBER#') && !isLast(key, clinicId));
  if (options.dryRun) return { kind: 'would_remove', rows: keys.length + 1 };
  for (const { e164 } of clinicNumbers(stored.config)) {
    await system.table.write(
      retireNumber(clinicId, e164, { retiredAt: now, phone: mainPhone(stored.config) }),
    );
  }
  for (const key of keys) await system.table.write({ write: 'delete', key });
  await system.table.write({ write: 'delete', key: clinicRowKey(clinicId) });
  return { kind: 'removed', rows: keys.length + 1 };
}

function activeSessions(rows: readonly Item[], endedAfter: string): string[] {
  return rows
    .filter((item) => item.row === 'session')
    .map((item) => sessionRow.parse(item))
    .filter((session) => session.status === 'active' && session.endedAt > endedAfter)
    .map((session) => session.sessionId);
}

function openAlerts(rows: readonly Item[]): string[] {
  return rows
    .filter((item) => item.row === 'alert')
    .map((item) => alertRow.parse(item))
    .filter((alert) => alert.status !== 'done')
    .map((alert) => alert.code);
}

function keyOf(item: Item): Key {
  if (typeof item.pk !== 'string' || typeof item.sk !== 'string') throw new Error('A row without a key');
  return { pk: item.pk, sk: item.sk };
}

function isLast(key: Key, clinicId: string): boolean {
  const config = clinicRowKey(clinicId);
  return key.pk === config.pk && key.sk === config.sk;
}
