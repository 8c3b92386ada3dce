import { alertPartition, clinicPartition } from '../keys.ts';
import type { Item, Key } from '../ports.ts';

/**
 * Reads the whole table, one page per call. Only administration has it: leaving and a patient's rights need
 * all rows.
 */
export type TableScan = {
  page(after?: Key): Promise<{ readonly items: readonly Item[]; readonly next?: Key }>;
};

/** Every row of one clinic, and of no other (invariant 8). */
export async function rowsOfClinic(scan: TableScan, clinicId: string): Promise<Item[]> {
  const found: Item[] = [];
  let after: Key | undefined;
  do {
    const { items, next } = await scan.page(after);
    found.push(...items.filter((item) => belongsTo(item, clinicId)));
    after = next;
  } while (after !== undefined);
  return found;
}

function belongsTo(item: Item, clinicId: string): boolean {
  const { pk } = item;
  if (typeof pk !== 'string') return false;
  if (pk === clinicPartition(clinicId) || pk === alertPartition(clinicId)) return true;
  return item.clinicId === clinicId;
}
