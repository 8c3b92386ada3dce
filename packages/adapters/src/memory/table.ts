import type {
  Item,
  Json,
  Key,
  QueryRange,
  Table,
  TransactResult,
  Update,
  Write,
} from '@aftercare/usecases/ports';
import { holds } from './conditions.ts';
import { type Effect, withoutFaults } from './effect.ts';
import { fits, frozenItem, frozenJson, sameJson } from './json.ts';
import { createWorkIndex, type IndexLag } from './work-index.ts';

/** What the table's stream says of one change. A write that changes nothing leaves no record. */
export type StreamRecord = {
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly keys: Key;
  readonly newImage?: Item;
  readonly oldImage?: Item;
  /** Grows with every record of this table. */
  readonly sequenceNumber: number;
};

export type MemoryTable = Table & {
  /** Called after each change took hold, in order. Answers with the way to stop. */
  subscribe(listener: (record: StreamRecord) => void): () => void;
  /** Every stored item: for invariants and snapshots, never for a use case. */
  everything(): readonly Item[];
};

export type MemoryTableOptions = {
  readonly effect?: Effect;
  /** Asked once a transaction: true makes it end as if another transaction was in the way. */
  readonly inTheWay?: () => boolean;
  readonly indexLag?: IndexLag;
  /** A page never holds more, whatever the caller's limit (DynamoDB's is 1 MB). */
  readonly pageItems?: number;
};

const mostBytes = 400 * 1024;
const mostTransactionBytes = 4 * 1024 * 1024;

/**
 * DynamoDB's rules in memory, fast enough for thousands of simulated days. Stored items are frozen and
 * replaced, never changed, so that reading needs no copy.
 */
export function createMemoryTable(options: MemoryTableOptions = {}): MemoryTable {
  const effect = options.effect ?? withoutFaults;
  const store = createStore(options);
  return {
    subscribe: store.subscribe,
    everything: store.everything,
    get: (key) => effect('table.get', async () => store.read(key)),
    query: (range) => effect('table.query', async () => store.page(range)),
    write: (write) =>
      effect('table.write', async () => {
        const stored = store.read(keyOf(write));
        if (write.condition !== undefined && !holds(write.condition, stored)) {
          return stored === undefined ? { ok: false } : { ok: false, stored };
        }
        const after = afterWrite(write, stored);
        store.commit(keyOf(write), stored, after);
        return write.write === 'update' && after !== undefined ? { ok: true, item: after } : { ok: true };
      }),
    transact: (writes) =>
      effect('table.transact', async () => {
        assertTransaction(writes);
        if (options.inTheWay?.() === true) return { ok: false, failed: [{ index: 0 }] };
        return store.commitAll(writes);
      }),
    getAll: (keys) =>
      effect('table.getAll', async () => {
        assertKeys(keys);
        return keys.map((key) => store.read(key));
      }),
    workDue: (shard, until, limit, after) =>
      effect('table.workDue', async () => store.index.due(shard, until, limit, after)),
  };
}

type Rows = { readonly byKey: Map<string, Item>; sorted: string[] | undefined };

function createStore(options: MemoryTableOptions) {
  const partitions = new Map<string, Rows>();
  const listeners = new Set<(record: StreamRecord) => void>();
  const index = createWorkIndex(options.indexLag);
  let sequenceNumber = 0;

  const read = (key: Key): Item | undefined => partitions.get(key.pk)?.byKey.get(key.sk);

  function commit(key: Key, before: Item | undefined, after: Item | undefined): void {
    if (before === undefined && after === undefined) return;
    if (before !== undefined && after !== undefined && sameJson(before, after)) return;
    const rows = partitions.get(key.pk) ?? { byKey: new Map<string, Item>(), sorted: undefined };
    partitions.set(key.pk, rows);
    if (before === undefined || after === undefined) rows.sorted = undefined;
    if (after === undefined) rows.byKey.delete(key.sk);
    else rows.byKey.set(key.sk, after);
    index.note(key, before, after);
    sequenceNumber += 1;
    if (listeners.size === 0) return;
    const record = streamRecord({ pk: key.pk, sk: key.sk }, before, after, sequenceNumber);
    for (const listener of listeners) listener(record);
  }

  function commitAll(writes: readonly Write[]): TransactResult {
    const failed = writes.flatMap((write, position) => {
      const stored = read(keyOf(write));
      if (write.condition === undefined || holds(write.condition, stored)) return [];
      return stored === undefined ? [{ index: position }] : [{ index: position, stored }];
    });
    if (failed.length > 0) return { ok: false, failed };
    const changes = writes.map((write) => {
      const before = read(keyOf(write));
      return { key: keyOf(write), before, after: afterWrite(write, before) };
    });
    const stored = changes.map(({ after }) => after).filter((after) => after !== undefined);
    if (stored.length * mostBytes > mostTransactionBytes && !fits(stored, mostTransactionBytes))
      throw new Error('a transaction holds at most 4 MB');
    for (const { key, before, after } of changes) commit(key, before, after);
    return { ok: true };
  }

  function page(range: QueryRange): { items: readonly Item[]; next?: string } {
    const rows = partitions.get(range.pk);
    if (rows === undefined) return { items: [] };
    rows.sorted ??= [...rows.byKey.keys()].sort();
    const inRange = rows.sorted.filter((sk) => isInside(range, sk));
    if (range.descending === true) inRange.reverse();
    const limit = Math.min(range.limit ?? Number.POSITIVE_INFINITY, options.pageItems ?? 500);
    const chosen = inRange.slice(0, limit);
    const items = chosen.flatMap((sk) => {
      const item = rows.byKey.get(sk);
      return item === undefined ? [] : [item];
    });
    const last = chosen.at(-1);
    return last !== undefined && inRange.length > limit ? { items, next: last } : { items };
  }

  return {
    read,
    commit,
    commitAll,
    page,
    index,
    subscribe(listener: (record: StreamRecord) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    everything: () => [...partitions.values()].flatMap((rows) => [...rows.byKey.values()]),
  };
}

function isInside(range: QueryRange, sk: string): boolean {
  if (range.skPrefix !== undefined && !sk.startsWith(range.skPrefix)) return false;
  if (range.after === undefined) return true;
  return range.descending === true ? sk < range.after : sk > range.after;
}

function streamRecord(
  keys: Key,
  before: Item | undefined,
  after: Item | undefined,
  sequenceNumber: number,
): StreamRecord {
  return {
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    keys,
    sequenceNumber,
    ...(after === undefined ? {} : { newImage: after }),
    ...(before === undefined ? {} : { oldImage: before }),
  };
}

function keyOf(write: Write): Key {
  return write.write === 'put' ? write.item : write.key;
}

function afterWrite(write: Write, before: Item | undefined): Item | undefined {
  switch (write.write) {
    case 'put':
      return checked(frozenItem(write.item));
    case 'update':
      return checked(updated(write, before));
    case 'delete':
      return undefined;
    case 'check':
      return before;
  }
}

function updated(update: Update, before: Item | undefined): Item {
  assertSeparate(update);
  const next: Item =
    before === undefined ? { pk: update.key.pk, sk: update.key.sk } : without(before, update.remove);
  for (const [attribute, value] of Object.entries(update.set ?? {})) {
    if (value !== undefined) next[attribute] = frozenJson(value);
  }
  for (const [attribute, amount] of Object.entries(update.add ?? {})) {
    const held = next[attribute] ?? 0;
    if (typeof held !== 'number') throw new Error(`add to ${attribute}, which is not a number`);
    next[attribute] = held + amount;
  }
  return Object.freeze(next);
}

/** Attributes are left out rather than deleted: an object that lost a member stays slow. */
function without(item: Item, names: readonly string[] = []): Item {
  if (!names.some((name) => item[name] !== undefined)) return { ...item };
  const rest: Item = {};
  for (const name of Object.keys(item)) {
    const value = item[name];
    if (value !== undefined && !names.includes(name)) rest[name] = value;
  }
  return rest;
}

function assertSeparate({ set = {}, add = {}, remove = [] }: Update): void {
  const isTaken = (name: string): boolean => name in set || name in add;
  const twice =
    Object.keys(add).some((name) => name in set) ||
    remove.some((name, position) => isTaken(name) || remove.indexOf(name) < position);
  if (twice) throw new Error('an update touches one attribute twice');
  if (['pk', 'sk'].some((name) => isTaken(name) || remove.includes(name)))
    throw new Error('an update cannot change the key');
}

function assertText(name: string, value: Json | undefined): void {
  if (typeof value !== 'string' || value === '') throw new Error(`key attribute ${name} must be a text`);
}

function checked(item: Item): Item {
  assertText('pk', item.pk);
  assertText('sk', item.sk);
  if (item.workShard !== undefined) assertText('workShard', item.workShard);
  if (item.attendAt !== undefined) assertText('attendAt', item.attendAt);
  if (!fits([item], mostBytes)) throw new Error('an item holds at most 400 KB');
  return item;
}

function assertKeys(keys: readonly Key[]): void {
  if (keys.length < 1 || keys.length > 100) throw new Error('one call reads 1 to 100 items');
  if (hasRepeats(keys)) throw new Error('one call reads an item once');
}

function assertTransaction(writes: readonly Write[]): void {
  if (writes.length < 1 || writes.length > 100) throw new Error('a transaction holds 1 to 100 writes');
  if (hasRepeats(writes.map(keyOf))) throw new Error('a transaction touches one item twice');
}

/** Most calls name a handful of keys: comparing them costs less than texts made of them. */
function hasRepeats(keys: readonly Key[]): boolean {
  return keys.some(({ pk, sk }, position) => {
    for (let earlier = 0; earlier < position; earlier += 1) {
      if (keys[earlier]?.sk === sk && keys[earlier]?.pk === pk) return true;
    }
    return false;
  });
}
