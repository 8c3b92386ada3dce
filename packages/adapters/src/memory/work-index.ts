import { epochMs } from '@aftercare/time/instant';
import type { Clock, Item, Key } from '@aftercare/usecases/ports';

/** How far the index trails the table. `lagMs` is asked once a change of it; hand in a seeded source. */
export type IndexLag = { readonly clock: Clock; readonly lagMs: () => number };

type Entry = { readonly attendAt: string; readonly pk: string; readonly sk: string };
type Change = {
  readonly visibleAtMs: number;
  readonly id: string;
  readonly shard?: string;
  readonly entry?: Entry;
};

export type WorkIndex = {
  /**
   * Notes a changed or deleted item; seen by `due` once the lag has passed, in the order noted. An item that
   * is not in the index, before or after, is none of its business.
   */
  note(key: Key, before: Item | undefined, after: Item | undefined): void;
  due(
    shard: string,
    until: string,
    limit: number,
    after: string | undefined,
  ): { readonly keys: readonly Key[]; readonly next?: string };
};

const positionOf = (entry: Entry): string => `${entry.attendAt}\n${entry.pk}\n${entry.sk}`;

/** The sparse index `work`: rows that carry both `workShard` and `attendAt`, in order of `attendAt`. */
export function createWorkIndex(lag: IndexLag | undefined): WorkIndex {
  const shards = new Map<string, Map<string, Entry>>();
  const shardOfId = new Map<string, string>();
  let waiting: Change[] = [];
  let newestVisibleAtMs = 0;

  function apply(change: Change): void {
    const earlier = shardOfId.get(change.id);
    if (earlier !== undefined) shards.get(earlier)?.delete(change.id);
    shardOfId.delete(change.id);
    if (change.shard === undefined || change.entry === undefined) return;
    const shard = shards.get(change.shard) ?? new Map<string, Entry>();
    shard.set(change.id, change.entry);
    shards.set(change.shard, shard);
    shardOfId.set(change.id, change.shard);
  }

  function catchUp(): void {
    if (waiting.length === 0 || lag === undefined) return;
    const nowMs = epochMs(lag.clock.now());
    const due = waiting.filter((change) => change.visibleAtMs <= nowMs);
    waiting = waiting.slice(due.length);
    due.forEach(apply);
  }

  return {
    note(key, before, after) {
      const shard = after?.workShard;
      const attendAt = after?.attendAt;
      const indexed = typeof shard === 'string' && typeof attendAt === 'string';
      if (!indexed && before?.workShard === undefined) return;
      const id = `${key.pk}\n${key.sk}`;
      if (lag !== undefined) {
        newestVisibleAtMs = Math.max(newestVisibleAtMs, epochMs(lag.clock.now()) + lag.lagMs());
      }
      const entry = indexed ? { shard, entry: { attendAt, pk: key.pk, sk: key.sk } } : {};
      const change = { visibleAtMs: newestVisibleAtMs, id, ...entry };
      if (lag === undefined) apply(change);
      else waiting.push(change);
    },
    due(shard, until, limit, after) {
      catchUp();
      const entries = [...(shards.get(shard)?.values() ?? [])]
        .filter((entry) => entry.attendAt <= until && (after === undefined || positionOf(entry) > after))
        .sort((left, right) => (positionOf(left) < positionOf(right) ? -1 : 1));
      const page = entries.slice(0, limit);
      const last = page.at(-1);
      const keys = page.map(({ pk, sk }) => ({ pk, sk }));
      return last !== undefined && entries.length > limit ? { keys, next: positionOf(last) } : { keys };
    },
  };
}
