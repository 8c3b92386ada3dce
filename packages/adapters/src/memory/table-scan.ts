import type { TableScan } from '@aftercare/usecases/clinic-admin/table-scan';
import type { MemoryTable } from './table.ts';

/** A scan over the memory table, in small pages, so that a caller who forgets the next page is found out. */
export function createMemoryTableScan(table: MemoryTable, pageItems = 7): TableScan {
  return {
    async page(after) {
      const all = table.everything();
      const last =
        after === undefined ? -1 : all.findIndex((item) => item.pk === after.pk && item.sk === after.sk);
      const items = all.slice(last + 1, last + 1 + pageItems);
      const end = items.at(-1);
      const more = last + 1 + pageItems < all.length;
      if (!more || typeof end?.pk !== 'string' || typeof end.sk !== 'string') return { items };
      return { items, next: { pk: end.pk, sk: end.sk } };
    },
  };
}
