import type { Item } from '@aftercare/usecases/ports';
import type { RowChange } from '../history.ts';
import type { Report } from './report.ts';

/** Invariant 8: within one invocation for one clinic nothing of another clinic is read or changed. */
export function createTenantChecks(report: Report): {
  onChange(change: RowChange): void;
  /** Which clinic an item belongs to, or undefined for what belongs to none. */
  clinicOf(item: Item): string | undefined;
} {
  const clinicOf = (item: Item): string | undefined =>
    typeof item.clinicId === 'string' ? item.clinicId : undefined;
  return {
    clinicOf,
    onChange({ before, after }) {
      const pk = String(after?.pk ?? before?.pk);
      const clinicId = after?.clinicId ?? before?.clinicId;
      if (typeof clinicId !== 'string') return;
      const inKey = /^(?:P|C|AL)#([^#]+)/.exec(pk)?.[1];
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
