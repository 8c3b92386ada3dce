import type { AlertAnswer } from '@aftercare/contract/alert';
import type { AlertRow } from '../desk-rows.ts';
import type { System } from '../ports.ts';
import { readAlertRow, readAlertRows } from './alert-rows.ts';

/** Alerts as the staff API shows them (design 6.1), newest first; `status` picks, none = all. */
export async function listAlerts(
  system: Pick<System, 'table'>,
  query: { readonly clinicId: string; readonly status?: AlertRow['status'] },
): Promise<readonly AlertAnswer[]> {
  const rows = await readAlertRows(system, query.clinicId);
  return rows
    .filter((row) => query.status === undefined || row.status === query.status)
    .toReversed()
    .map(alertAnswer);
}

export async function readAlert(
  system: Pick<System, 'table'>,
  query: { readonly clinicId: string; readonly alertId: string },
): Promise<AlertAnswer | undefined> {
  const row = await readAlertRow(system, query.clinicId, query.alertId);
  return row === undefined ? undefined : alertAnswer(row);
}

export function alertAnswer(row: AlertRow): AlertAnswer {
  const { nextRungAt, acknowledgedAt, acknowledgedBy, linkedAlertId, closedAt, closedBy, outcome } = row;
  return {
    alertId: row.alertId,
    level: row.level,
    status: row.status,
    sessionId: row.sessionId ?? null,
    patientId: row.patientId ?? null,
    openedAt: row.openedAt,
    rung: row.rung,
    code: row.code,
    locationId: row.locationId,
    ...(nextRungAt === undefined ? {} : { nextRungAt }),
    ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
    ...(acknowledgedBy === undefined ? {} : { acknowledgedBy }),
    ...(linkedAlertId === undefined ? {} : { linkedAlertId }),
    ...(closedAt === undefined ? {} : { closedAt }),
    ...(closedBy === undefined ? {} : { closedBy }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}
