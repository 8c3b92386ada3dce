import type { Item } from '@aftercare/usecases/ports';
import type { RowChange } from '../history.ts';
import type { Report } from './report.ts';

const idNames = ['sessionId', 'patientId', 'alertId'] as const;

/** Invariant 8: within one invocation for one clinic nothing of another clinic is read or changed. */
export function createTenantChecks(report: Report): {
  onChange(change: RowChange): void;
  /** What an invocation for one clinic read. */
  onRead(clinicId: string, item: Item): void;
  /** The clinic's software asked for something by its id, and was answered. */
  onAnswer(clinicId: string, owner: string | undefined, status: number, body: string): void;
} {
  const ids = new Map<string, string>();
  return {
    onRead(clinicId, item) {
      if (typeof item.clinicId === 'string' && item.clinicId !== clinicId)
        report('8 read', `${String(item.pk)} ${String(item.sk)} was read for ${clinicId}`);
    },
    onAnswer(clinicId, owner, status, body) {
      if (owner !== undefined && owner !== clinicId && status !== 404)
        report('8 answer', `${clinicId} asked for what is of ${owner} and got ${status}`);
      for (const [, name, id] of body.matchAll(/"(sessionId|patientId|alertId)":"([^"]+)"/g)) {
        const of = ids.get(`${name} ${id}`);
        if (of !== undefined && of !== clinicId)
          report('8 answer', `${clinicId} was told ${name} ${id} of ${of}`);
      }
    },
    onChange({ before, after }) {
      const pk = String(after?.pk ?? before?.pk);
      const clinicId = after?.clinicId ?? before?.clinicId;
      if (typeof clinicId !== 'string') return;
      for (const name of idNames) {
        const id = after?.[name];
        if (typeof id === 'string' && id !== before?.[name]) ids.set(`${name} ${id}`, clinicId);
      }
      // A row that is still of the clinic it was of when its key was looked at needs no second look.
      const inKey = before?.clinicId === clinicId ? undefined : /^(?:P|C|AL)#([^#]+)/.exec(pk)?.[1];
      if (inKey !== undefined && inKey !== clinicId) report('8', `${pk} holds a row of ${clinicId}`);
      if (
        before?.clinicId !== undefined &&
        after?.clinicId !== undefined &&
        before.clinicId !== after.clinicId
      ) {
        report('8', `${pk} moved from ${String(before.clinicId)} to ${String(after.clinicId)}`);
      }
    },
  };
}
