import { itemSize } from '@aftercare/adapters/memory/json';
import type { MemoryTable } from '@aftercare/adapters/memory/table';
import type { Item, Key, Sms, System, Table, Write } from '@aftercare/usecases/ports';
import { type Ledger, logOf, type PartitionSort, type Usage, usageOf } from './ledger.ts';

/**
 * Counts what a walk through the memory adapters would have used of AWS and Twilio: one port method is one
 * SDK call, items have DynamoDB's own size, and capacity follows its rules (on-demand pricing page; developer
 * guide, "Read and write operations"): 1 KB a write unit, 4 KB a strongly consistent read unit, a transaction
 * doubles both, an index row costs a unit when it appears, one when it goes and two when its key moves.
 */

const sorts: readonly (readonly [string, PartitionSort])[] = [
  ['S#', 'session'],
  ['P#', 'phone'],
  ['C#', 'clinic'],
  ['D#', 'clinic day'],
  ['AL#', 'alerts'],
  ['NUMBER#', 'number'],
];

const sortOf = (pk: string): PartitionSort =>
  sorts.find(([prefix]) => pk.startsWith(prefix))?.[1] ?? 'system';

const kilobytes = (bytes: number, size: number): number => Math.max(1, Math.ceil(bytes / (size * 1024)));

function read(usage: Usage, sort: PartitionSort, bytes: number, share = 1): void {
  const units = kilobytes(bytes, 4) * share;
  usage.tableCalls += 1;
  usage.readUnits += units;
  usage.readUnitsBy.set(sort, (usage.readUnitsBy.get(sort) ?? 0) + units);
}

function wrote(
  usage: Usage,
  pk: string,
  before: Item | undefined,
  after: Item | undefined,
  times: number,
): void {
  const bytes = Math.max(
    before === undefined ? 0 : itemSize(before),
    after === undefined ? 0 : itemSize(after),
  );
  const units = kilobytes(bytes, 1) * times;
  usage.writeUnits += units;
  usage.writeUnitsBy.set(sortOf(pk), (usage.writeUnitsBy.get(sortOf(pk)) ?? 0) + units);
  const index = indexUnits(indexKey(before), indexKey(after));
  usage.indexWriteUnits += index;
  usage.writeUnitsBy.set('work index', (usage.writeUnitsBy.get('work index') ?? 0) + index);
}

const indexKey = (item: Item | undefined): string | undefined =>
  typeof item?.workShard === 'string' && typeof item.attendAt === 'string'
    ? `${item.workShard} ${item.attendAt}`
    : undefined;

function indexUnits(before: string | undefined, after: string | undefined): number {
  if (before === after) return 0;
  return before === undefined || after === undefined ? 1 : 2;
}

const keyOf = (write: Write): Key => {
  switch (write.write) {
    case 'put':
      return { pk: write.item.pk, sk: write.item.sk };
    case 'update':
    case 'delete':
    case 'check':
      return write.key;
  }
};

/** The table, counting. What it stores is the memory adapter's business. */
export function countedTable(table: MemoryTable, ledger: Ledger): Table {
  const imagesOf = (writes: readonly Write[]) => Promise.all(writes.map((write) => table.get(keyOf(write))));

  async function counting<Result>(writes: readonly Write[], times: number, act: () => Promise<Result>) {
    const usage = usageOf(ledger);
    const before = await imagesOf(writes);
    const result = await act();
    const after = await imagesOf(writes);
    usage.tableCalls += 1;
    if (times === 2) usage.transactions += 1;
    for (const [at, write] of writes.entries()) wrote(usage, keyOf(write).pk, before[at], after[at], times);
    return result;
  }

  return {
    get: async (key) => {
      const item = await table.get(key);
      read(usageOf(ledger), sortOf(key.pk), item === undefined ? 0 : itemSize(item));
      return item;
    },
    getAll: async (keys) => {
      const items = await table.getAll(keys);
      const usage = usageOf(ledger);
      const calls = usage.tableCalls;
      for (const [place, key] of keys.entries()) {
        const item = items[place];
        read(usage, sortOf(key.pk), item === undefined ? 0 : itemSize(item));
      }
      usage.tableCalls = calls + 1;
      return items;
    },
    query: async (range) => {
      const page = await table.query(range);
      const bytes = page.items.reduce((sum, item) => sum + itemSize(item), 0);
      read(usageOf(ledger), sortOf(range.pk), bytes);
      return page;
    },
    write: (write) => counting([write], 1, () => table.write(write)),
    transact: (writes) => counting(writes, 2, () => table.transact(writes)),
    workDue: async (shard, until, limit, after) => {
      const page = await table.workDue(shard, until, limit, after);
      read(usageOf(ledger), 'work index', page.keys.length * 120, 0.5);
      return page;
    },
  };
}

export function countedSystem<Whole extends System>(
  system: Whole,
  table: MemoryTable,
  ledger: Ledger,
  segmentsOf: (body: string) => number,
): Whole {
  return {
    ...system,
    table: countedTable(table, ledger),
    sms: countedSms(system.sms, ledger, segmentsOf),
    schedules: {
      create: (schedule) => {
        usageOf(ledger).scheduleCalls += 1;
        usageOf(ledger).schedulesCreated += 1;
        return system.schedules.create(schedule);
      },
      remove: (name) => {
        usageOf(ledger).scheduleCalls += 1;
        return system.schedules.remove(name);
      },
    },
    queues: {
      enqueue: (queue, body, delay) => {
        usageOf(ledger).queueSends += 1;
        usageOf(ledger).queueMessages += 1;
        return system.queues.enqueue(queue, body, delay);
      },
      enqueueAll: (queue, bodies) => {
        usageOf(ledger).queueSends += Math.ceil(bodies.length / 10);
        usageOf(ledger).queueMessages += bodies.length;
        return system.queues.enqueueAll(queue, bodies);
      },
    },
    clinicWebhook: {
      post: (request) => {
        usageOf(ledger).webhookPosts += 1;
        return system.clinicWebhook.post(request);
      },
    },
    log: {
      info: (event, fields) => logOf(ledger).info(event, fields),
      warn: (event, fields) => logOf(ledger).warn(event, fields),
      error: (event, fields) => logOf(ledger).error(event, fields),
    },
    metrics: {
      count: (name, value, dimension) => {
        ledger.metrics.count(name, value, dimension);
        system.metrics.count(name, value, dimension);
      },
      seconds: (name, value) => {
        ledger.metrics.seconds(name, value);
        system.metrics.seconds(name, value);
      },
    },
  };
}

function countedSms(sms: Sms, ledger: Ledger, segmentsOf: (body: string) => number): Sms {
  return {
    send: (message) => {
      const usage = usageOf(ledger);
      usage.carrierCalls += 1;
      usage.segments += segmentsOf(message.body);
      return sms.send(message);
    },
    list: (filter) => {
      usageOf(ledger).carrierCalls += 1;
      return sms.list(filter);
    },
  };
}
