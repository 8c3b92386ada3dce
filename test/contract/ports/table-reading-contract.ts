import type { Instant } from '@aftercare/time/instant';
import { expect, it } from 'vitest';
import { type CreateTable, freshPartition as fresh, put } from './table-cases.ts';

/** Queries and the work index. */
export function readingContract(createTable: CreateTable): void {
  it('queries a prefix in order, both ways, and pages to the end', async () => {
    const table = await createTable();
    const pk = fresh();
    for (const sk of ['E#3', 'R#1', 'E#1', 'E#2', 'E#10', 'D']) await put(table, { pk, sk });
    const order = async (range: { skPrefix?: string; descending?: boolean; limit?: number }) => {
      const seen: unknown[] = [];
      let after: string | undefined;
      do {
        const page = await table.query({ pk, ...range, ...(after === undefined ? {} : { after }) });
        expect(page.items.length).toBeLessThanOrEqual(range.limit ?? 6);
        seen.push(...page.items.map((item) => item.sk));
        after = page.next;
      } while (after !== undefined);
      return seen;
    };
    expect(await order({})).toEqual(['D', 'E#1', 'E#10', 'E#2', 'E#3', 'R#1']);
    expect(await order({ skPrefix: 'E#' })).toEqual(['E#1', 'E#10', 'E#2', 'E#3']);
    expect(await order({ skPrefix: 'E#', limit: 3 })).toEqual(['E#1', 'E#10', 'E#2', 'E#3']);
    expect(await order({ skPrefix: 'E#', descending: true, limit: 1 })).toEqual([
      'E#3',
      'E#2',
      'E#10',
      'E#1',
    ]);
    expect(await order({ skPrefix: 'X#' })).toEqual([]);
  });

  it('reads several items in one call, in the order asked for, and says which are not there', async () => {
    const table = await createTable();
    const [first, second] = [fresh(), fresh()];
    await put(table, { pk: first, sk: 'A', colour: 'red' });
    await put(table, { pk: second, sk: 'B' });
    const keys = [
      { pk: second, sk: 'B' },
      { pk: first, sk: 'B' },
      { pk: first, sk: 'A' },
    ];
    expect(await table.getAll(keys)).toEqual([
      { pk: second, sk: 'B' },
      undefined,
      { pk: first, sk: 'A', colour: 'red' },
    ]);
  });

  it('refuses to read one item twice in one call', async () => {
    const table = await createTable();
    const key = { pk: fresh(), sk: 'A' };
    await expect(table.getAll([key, key])).rejects.toThrow();
  });

  it('starts after a key that was never stored', async () => {
    const table = await createTable();
    const pk = fresh();
    for (const sk of ['E#1', 'E#3']) await put(table, { pk, sk });
    const { items } = await table.query({ pk, skPrefix: 'E#', after: 'E#2' });
    expect(items).toEqual([{ pk, sk: 'E#3' }]);
  });

  it('finds work that is due, oldest first, and nothing without both attributes', async () => {
    const table = await createTable();
    const pk = fresh();
    const shard = `W#${pk}`;
    const at = (minute: number): Instant => `2026-11-21T10:0${minute}:00.000Z`;
    await put(table, { pk, sk: 'later', workShard: shard, attendAt: at(9) });
    await put(table, { pk, sk: 'second', workShard: shard, attendAt: at(2) });
    await put(table, { pk, sk: 'first', workShard: shard, attendAt: at(1) });
    await put(table, { pk, sk: 'third', workShard: shard, attendAt: at(2) });
    await put(table, { pk, sk: 'no shard', attendAt: at(1) });
    await put(table, { pk, sk: 'no time', workShard: shard });
    await put(table, { pk, sk: 'elsewhere', workShard: `${shard}x`, attendAt: at(1) });
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await table.workDue(shard, at(2), 2, after);
      expect(page.keys.length).toBeLessThanOrEqual(2);
      seen.push(...page.keys.map((key) => key.sk));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(['first', 'second', 'third']);
    expect((await table.workDue(shard, at(1), 10)).keys).toEqual([{ pk, sk: 'first' }]);
  });

  it('loses a row from the work index when both attributes are removed', async () => {
    const table = await createTable();
    const key = { pk: fresh(), sk: 'R' };
    const shard = `W#${key.pk}`;
    const attendAt = '2026-11-21T10:00:00.000Z';
    await put(table, { ...key, workShard: shard, attendAt });
    await table.write({ write: 'update', key, remove: ['workShard', 'attendAt'] });
    expect((await table.workDue(shard, attendAt, 10)).keys).toEqual([]);
  });
}
