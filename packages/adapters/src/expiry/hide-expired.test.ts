import type { Instant } from '@aftercare/time/instant';
import type { Item, Key } from '@aftercare/usecases/ports';
import { describe, expect, it } from 'vitest';
import { createMemoryClock } from '../memory/clock.ts';
import { createMemoryTable } from '../memory/table.ts';
import { hideExpired } from './hide-expired.ts';

const start: Instant = '2026-11-21T12:00:00.000Z';
const startSeconds = Date.parse(start) / 1000;
const key: Key = { pk: 'S#a', sk: 'SESSION' };
const row = (change: Item = {}) => ({ ...key, expiresAtEpochSeconds: startSeconds + 60, ...change });

async function stored(item: Item & Key = row()) {
  const clock = createMemoryClock(start);
  const inner = createMemoryTable();
  await inner.write({ write: 'put', item });
  return { clock, inner, table: hideExpired(inner, clock) };
}

describe('hide expired', () => {
  it('shows an item up to its last second and not after, in get and query', async () => {
    const { clock, table, inner } = await stored();
    clock.advanceSeconds(59);
    expect(await table.get(key)).toEqual(row());
    clock.advanceSeconds(1);
    expect(await table.get(key)).toBeUndefined();
    expect(await table.query({ pk: key.pk })).toEqual({ items: [] });
    expect(await inner.get(key)).toEqual(row());
  });

  it('goes on to the next page when a page holds expired items only', async () => {
    const { clock, table, inner } = await stored();
    await inner.write({ write: 'put', item: { pk: key.pk, sk: 'Z', alive: true } });
    clock.advanceSeconds(60);
    const page = await table.query({ pk: key.pk, limit: 1 });
    expect(page).toEqual({ items: [], next: 'SESSION' });
    expect((await table.query({ pk: key.pk, limit: 1, after: 'SESSION' })).items).toHaveLength(1);
  });

  it('lets a write that asks for absent replace an expired item, also in a transaction', async () => {
    const put = {
      write: 'put',
      item: row({ expiresAtEpochSeconds: startSeconds + 999 }),
      condition: { is: 'absent' },
    } as const;
    const first = await stored();
    expect(await first.table.write(put)).toMatchObject({ ok: false });
    first.clock.advanceSeconds(60);
    expect(await first.table.write(put)).toMatchObject({ ok: true });
    const second = await stored();
    expect(await second.table.transact([put])).toMatchObject({ ok: false });
    second.clock.advanceSeconds(60);
    const nested = { ...put, condition: { is: 'all', of: [{ is: 'absent' }] } } as const;
    expect(await second.table.transact([nested])).toEqual({ ok: true });
  });

  it('never touches an item without an expiry, such as an opt-out', async () => {
    const item = { ...key, optedOutAt: start };
    const { clock, table } = await stored(item);
    clock.advanceSeconds(10 * 366 * 86_400);
    expect(await table.get(key)).toEqual(item);
    const put = { write: 'put', item: row(), condition: { is: 'absent' } } as const;
    expect(await table.write(put)).toMatchObject({ ok: false });
  });
});
