import type { Condition } from '@aftercare/usecases/ports';
import { expect, it } from 'vitest';
import { type CreateTable, freshPartition as fresh, put } from './table-cases.ts';

const conditionCases: readonly (readonly [Condition, boolean])[] = [
  [{ is: 'attributeAbsent', attribute: 'missing' }, true],
  [{ is: 'attributeAbsent', attribute: 'nothing' }, false],
  [{ is: 'attributePresent', attribute: 'nothing' }, true],
  [{ is: 'attributePresent', attribute: 'missing' }, false],
  [{ is: 'equal', attribute: 'status', value: 'active' }, true],
  [{ is: 'equal', attribute: 'status', value: 'Active' }, false],
  [{ is: 'equal', attribute: 'missing', value: 'active' }, false],
  [{ is: 'equal', attribute: 'sequence', value: '7' }, false],
  [{ is: 'equal', attribute: 'nothing', value: null }, true],
  [{ is: 'equal', attribute: 'map', value: { b: [2], a: 1 } }, true],
  [{ is: 'equal', attribute: 'map', value: { a: 1 } }, false],
  [{ is: 'oneOf', attribute: 'status', values: ['planned', 'active'] }, true],
  [{ is: 'oneOf', attribute: 'status', values: ['planned'] }, false],
  [{ is: 'oneOf', attribute: 'missing', values: ['planned'] }, false],
  [{ is: 'below', attribute: 'sequence', value: 8 }, true],
  [{ is: 'below', attribute: 'sequence', value: 7 }, false],
  [{ is: 'below', attribute: 'sequence', value: '8' }, false],
  [{ is: 'below', attribute: 'status', value: 'b' }, true],
  [{ is: 'below', attribute: 'missing', value: 8 }, false],
  [{ is: 'all', of: [{ is: 'present' }, { is: 'equal', attribute: 'sequence', value: 7 }] }, true],
  [{ is: 'all', of: [{ is: 'present' }, { is: 'equal', attribute: 'sequence', value: 8 }] }, false],
  [{ is: 'any', of: [{ is: 'absent' }, { is: 'equal', attribute: 'sequence', value: 7 }] }, true],
  [
    {
      is: 'all',
      of: [
        { is: 'any', of: [{ is: 'absent' }, { is: 'attributeAbsent', attribute: 'optedOutAt' }] },
        { is: 'any', of: [{ is: 'absent' }, { is: 'below', attribute: 'sequence', value: 3 }] },
      ],
    },
    false,
  ],
];

/** Conditions and transactions: what holds, and what is written when it does not. */
export function conditionsContract(createTable: CreateTable): void {
  it.each(conditionCases)('agrees on the condition %j', async (condition, expected) => {
    const table = await createTable();
    const item = {
      pk: fresh(),
      sk: 'R',
      status: 'active',
      sequence: 7,
      nothing: null,
      map: { a: 1, b: [2] },
    };
    await put(table, item);
    const result = await table.write({ write: 'update', key: item, set: { touched: true }, condition });
    expect(result.ok).toBe(expected);
    expect((await table.get(item))?.touched).toBe(expected ? true : undefined);
  });

  it('lets a condition hold for an item that was never stored', async () => {
    const table = await createTable();
    const key = { pk: fresh(), sk: 'PHONE' };
    const condition = { is: 'attributeAbsent', attribute: 'optedOutAt' } as const;
    expect(await table.transact([{ write: 'check', key, condition }])).toEqual({ ok: true });
  });

  it('throws on an empty list of values or conditions, which is a bug', async () => {
    const table = await createTable();
    const key = { pk: fresh(), sk: 'SESSION' };
    const conditions = [
      { is: 'oneOf', attribute: 'status', values: [] },
      { is: 'all', of: [] },
      { is: 'any', of: [] },
    ] as const;
    for (const condition of conditions) {
      await expect(table.write({ write: 'delete', key, condition })).rejects.toThrow('at least one');
    }
  });

  it('writes a transaction whole', async () => {
    const table = await createTable();
    const pk = fresh();
    await put(table, { pk, sk: 'A', size: 1 });
    await put(table, { pk, sk: 'B' });
    const result = await table.transact([
      { write: 'update', key: { pk, sk: 'A' }, add: { size: 1 } },
      { write: 'delete', key: { pk, sk: 'B' } },
      { write: 'put', item: { pk, sk: 'C' }, condition: { is: 'absent' } },
      { write: 'check', key: { pk, sk: 'D' }, condition: { is: 'absent' } },
    ]);
    expect(result).toEqual({ ok: true });
    expect((await table.query({ pk })).items).toEqual([
      { pk, sk: 'A', size: 2 },
      { pk, sk: 'C' },
    ]);
  });

  it('writes nothing of a transaction with one failed condition, and names the one', async () => {
    const table = await createTable();
    const pk = fresh();
    await put(table, { pk, sk: 'B', status: 'sent' });
    const result = await table.transact([
      { write: 'put', item: { pk, sk: 'A' } },
      { write: 'update', key: { pk, sk: 'B' }, set: { status: 'x' }, condition: { is: 'absent' } },
      { write: 'check', key: { pk, sk: 'Z' }, condition: { is: 'present' } },
    ]);
    expect(result).toEqual({
      ok: false,
      failed: [{ index: 1, stored: { pk, sk: 'B', status: 'sent' } }, { index: 2 }],
    });
    expect((await table.query({ pk })).items).toEqual([{ pk, sk: 'B', status: 'sent' }]);
  });

  it('refuses a transaction that is empty, too long or touches an item twice', async () => {
    const table = await createTable();
    const pk = fresh();
    const puts = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ write: 'put', item: { pk, sk: `N${n}` } }) as const);
    await expect(table.transact([])).rejects.toThrow();
    await expect(table.transact(puts(101))).rejects.toThrow();
    await expect(table.transact([...puts(1), ...puts(1)])).rejects.toThrow();
    expect((await table.query({ pk })).items).toEqual([]);
    expect(await table.transact(puts(100))).toEqual({ ok: true });
  });
}
