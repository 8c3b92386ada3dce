import type { Item, Key } from '@aftercare/usecases/ports';
import { expect, it } from 'vitest';
import { type CreateTable, freshPartition as fresh, put } from './table-cases.ts';

/** Single items: what every adapter of the Table port must do with them. */
export function itemsContract(createTable: CreateTable): void {
  it('returns what was put, with every kind of value', async () => {
    const table = await createTable();
    const item = {
      pk: fresh(),
      sk: 'SESSION',
      text: 'Clínica €',
      empty: '',
      count: 3.25,
      negative: -1,
      yes: true,
      nothing: null,
      list: [1, 'two', null, []],
      map: { size: 1, status: { deep: ['x'] } },
    };
    expect(await put(table, item)).toEqual({ ok: true });
    expect(await table.get({ pk: item.pk, sk: 'SESSION' })).toEqual(item);
  });

  it('says undefined for what is not there', async () => {
    const table = await createTable();
    expect(await table.get({ pk: fresh(), sk: 'SESSION' })).toBeUndefined();
  });

  it('keeps no reference to what the caller holds', async () => {
    const table = await createTable();
    const item = { pk: fresh(), sk: 'SESSION', list: [1] };
    await put(table, item);
    item.list.push(2);
    const first = await table.get(item);
    expect(first?.list).toEqual([1]);
    // A frozen answer protects what is stored as well as a copy does.
    const { list } = first ?? {};
    if (Array.isArray(list) && !Object.isFrozen(list)) list.push(3);
    expect((await table.get(item))?.list).toEqual([1]);
  });

  it('refuses a put whose condition does not hold, and shows what is stored', async () => {
    const table = await createTable();
    const item = { pk: fresh(), sk: 'SESSION', status: 'active' };
    const onlyNew = { write: 'put', item, condition: { is: 'absent' } } as const;
    expect(await table.write(onlyNew)).toEqual({ ok: true });
    const again = await table.write({ ...onlyNew, item: { ...item, status: 'cancelled' } });
    expect(again).toEqual({ ok: false, stored: item });
    expect(await table.get(item)).toEqual(item);
  });

  it('shows nothing stored when a condition needed an item that is absent', async () => {
    const table = await createTable();
    const key = { pk: fresh(), sk: 'SESSION' };
    const result = await table.write({ write: 'delete', key, condition: { is: 'present' } });
    expect(result).toEqual({ ok: false });
  });

  it('sets, adds and removes in one update and answers with the whole item', async () => {
    const table = await createTable();
    const key = { pk: fresh(), sk: 'SESSION' };
    await put(table, { ...key, size: 1, reason: 'old', kept: true });
    const result = await table.write({
      write: 'update',
      key,
      set: { status: 'sent', list: [] },
      add: { size: 2, tries: 1 },
      remove: ['reason', 'never'],
    });
    const item = { ...key, size: 3, tries: 1, kept: true, status: 'sent', list: [] };
    expect(result).toEqual({ ok: true, item });
    expect(await table.get(key)).toEqual(item);
  });

  it('creates the item when an update finds none', async () => {
    const table = await createTable();
    const key = { pk: fresh(), sk: 'COUNTER' };
    expect(await table.write({ write: 'update', key, add: { value: 5 } })).toEqual({
      ok: true,
      item: { ...key, value: 5 },
    });
  });

  it('deletes, and deleting again is no failure', async () => {
    const table = await createTable();
    const key = { pk: fresh(), sk: 'SESSION' };
    await put(table, key);
    expect(await table.write({ write: 'delete', key })).toEqual({ ok: true });
    expect(await table.write({ write: 'delete', key })).toEqual({ ok: true });
    expect(await table.get(key)).toBeUndefined();
  });

  it('refuses an item over 400 KB and keeps the one before', async () => {
    const table = await createTable();
    const item = { pk: fresh(), sk: 'SESSION', text: 'x' };
    await put(table, item);
    await expect(put(table, { ...item, text: 'x'.repeat(410_000) })).rejects.toThrow();
    expect(await table.get(item)).toEqual(item);
    expect(await put(table, { ...item, text: 'x'.repeat(408_000) })).toEqual({ ok: true });
  });

  it('refuses an update that touches an attribute twice, or the key', async () => {
    const table = await createTable();
    const key = { pk: fresh(), sk: 'SESSION' };
    await expect(table.write({ write: 'update', key, set: { a: 1 }, remove: ['a'] })).rejects.toThrow();
    await expect(table.write({ write: 'update', key, set: { sk: 'other' } })).rejects.toThrow();
  });

  it('refuses to add to a text', async () => {
    const table = await createTable();
    const item = { pk: fresh(), sk: 'SESSION', status: 'active' };
    await put(table, item);
    await expect(table.write({ write: 'update', key: item, add: { status: 1 } })).rejects.toThrow();
  });

  it('leaves out attributes that are undefined', async () => {
    const table = await createTable();
    const item: Item & Key = { pk: fresh(), sk: 'SESSION' };
    Object.assign(item, { reason: undefined, map: { inner: undefined } });
    await put(table, item);
    const stored = await table.get(item);
    expect(Object.keys(stored ?? {}).sort()).toEqual(['map', 'pk', 'sk']);
    expect(stored?.map).toStrictEqual({});
  });
}
