import type { Instant } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
import { createMemoryClock } from './clock.ts';
import type { Effect } from './effect.ts';
import { createMemoryTable, type StreamRecord } from './table.ts';

const start: Instant = '2026-11-21T10:00:00.000Z';
const key = { pk: 'S#a', sk: 'SESSION' };

describe('the stream of the memory table', () => {
  it('tells new and old images in order, and nothing of a write that changed nothing', async () => {
    const table = createMemoryTable();
    const records: StreamRecord[] = [];
    const stop = table.subscribe((record) => void records.push(record));
    await table.write({ write: 'put', item: { ...key, size: 1 } });
    await table.write({ write: 'put', item: { ...key, size: 1 } });
    await table.write({ write: 'update', key, add: { size: 1 } });
    await table.write({ write: 'delete', key });
    await table.write({ write: 'delete', key });
    stop();
    await table.write({ write: 'put', item: { ...key, size: 9 } });
    expect(records).toEqual([
      { eventName: 'INSERT', keys: key, newImage: { ...key, size: 1 }, sequenceNumber: 1 },
      {
        eventName: 'MODIFY',
        keys: key,
        oldImage: { ...key, size: 1 },
        newImage: { ...key, size: 2 },
        sequenceNumber: 2,
      },
      { eventName: 'REMOVE', keys: key, oldImage: { ...key, size: 2 }, sequenceNumber: 3 },
    ]);
  });

  it('tells nothing of a transaction that failed', async () => {
    const table = createMemoryTable();
    const records: StreamRecord[] = [];
    table.subscribe((record) => void records.push(record));
    await table.transact([
      { write: 'put', item: key },
      { write: 'check', key: { pk: 'S#b', sk: 'SESSION' }, condition: { is: 'present' } },
    ]);
    expect(records).toEqual([]);
  });
});

describe('the disturbed memory table', () => {
  it('writes nothing when the fault comes before, and everything when it comes after', async () => {
    let fault: 'before' | 'after' | undefined;
    const effect: Effect = async (_name, run) => {
      if (fault === 'before') throw new Error('never arrived');
      const result = await run();
      if (fault === 'after') throw new Error('answer lost');
      return result;
    };
    const table = createMemoryTable({ effect });
    fault = 'before';
    await expect(table.write({ write: 'put', item: { ...key, size: 1 } })).rejects.toThrow('never arrived');
    fault = undefined;
    expect(await table.get(key)).toBeUndefined();
    fault = 'after';
    await expect(table.write({ write: 'put', item: { ...key, size: 2 } })).rejects.toThrow('answer lost');
    fault = undefined;
    expect(await table.get(key)).toEqual({ ...key, size: 2 });
  });

  it('answers with a conflict, and writes nothing, when another transaction is in the way', async () => {
    let busy = true;
    const table = createMemoryTable({ inTheWay: () => busy });
    const writes = [{ write: 'put', item: key }] as const;
    expect(await table.transact(writes)).toEqual({ ok: false, failed: [{ index: 0 }] });
    expect(await table.get(key)).toBeUndefined();
    busy = false;
    expect(await table.transact(writes)).toEqual({ ok: true });
  });

  it('shows work late, and still shows work that is gone, while the index lags', async () => {
    const clock = createMemoryClock(start);
    const table = createMemoryTable({ indexLag: { clock, lagMs: () => 3000 } });
    const due = async () => (await table.workDue('W#0', start, 10)).keys;
    await table.write({ write: 'put', item: { ...key, workShard: 'W#0', attendAt: start } });
    expect(await due()).toEqual([]);
    clock.advanceSeconds(3);
    expect(await due()).toEqual([key]);
    await table.write({ write: 'update', key, remove: ['workShard', 'attendAt'] });
    expect(await due()).toEqual([key]);
    clock.advanceSeconds(3);
    expect(await due()).toEqual([]);
  });

  it('ends a page early, so that a caller who forgets to page is found out', async () => {
    const table = createMemoryTable({ pageItems: 2 });
    for (const sk of ['A', 'B', 'C']) await table.write({ write: 'put', item: { pk: 'S#a', sk } });
    const page = await table.query({ pk: 'S#a' });
    expect(page.items.map((item) => item.sk)).toEqual(['A', 'B']);
    expect(page.next).toBe('B');
  });

  it('refuses an empty index key, as DynamoDB does', async () => {
    const table = createMemoryTable();
    const item = { ...key, workShard: '', attendAt: start };
    await expect(table.write({ write: 'put', item })).rejects.toThrow('workShard');
  });
});
