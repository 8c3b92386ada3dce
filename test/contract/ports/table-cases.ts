import type { Item, Key, Table } from '@aftercare/usecases/ports';

export type CreateTable = () => Promise<Table>;

const run = Math.floor(performance.timeOrigin + performance.now()).toString(36);
let partitions = 0;

/** A partition that no other case, and no earlier run on the same database, has written to. */
export function freshPartition(): string {
  partitions += 1;
  return `S#${run}-${partitions}`;
}

export const put = (table: Table, item: Item & Key) => table.write({ write: 'put', item });
