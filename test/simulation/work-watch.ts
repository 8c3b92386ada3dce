import type { MemoryTable } from '@aftercare/adapters/memory/table';
import { epochMs, type Instant } from '@aftercare/time/instant';

/** Every `attendAt` in the table, without asking it: tells idle sweeps from useful ones. */
export type WorkWatch = { readonly earliestMs: () => number | undefined };

export function watchWork(table: MemoryTable, onWork: (attendMs: number) => void): WorkWatch {
  const attend = new Map<string, number>();
  table.subscribe(({ keys, newImage, oldImage }) => {
    if (newImage?.workShard === undefined && oldImage?.workShard === undefined) return;
    const id = `${keys.pk} ${keys.sk}`;
    const at = newImage?.workShard === undefined ? undefined : newImage.attendAt;
    if (typeof at !== 'string') return void attend.delete(id);
    const ms = epochMs(at as Instant);
    if (attend.get(id) === ms) return;
    attend.set(id, ms);
    onWork(ms);
  });
  return {
    earliestMs() {
      let least: number | undefined;
      for (const ms of attend.values()) if (least === undefined || ms < least) least = ms;
      return least;
    },
  };
}
