import { createMemoryClock } from '@aftercare/adapters/memory/clock';
import { createMemoryRandom } from '@aftercare/adapters/memory/random';
import { createMemoryTable } from '@aftercare/adapters/memory/table';
import type { Instant } from '@aftercare/time/instant';
import {
  noteDead,
  noteFailing,
  noteGone,
  noteWorking,
  readWebhookState,
} from '@aftercare/usecases/webhook-state';
import { describe, expect, it } from 'vitest';

const start: Instant = '2026-11-21T10:00:00.000Z';
const later: Instant = '2026-11-22T10:00:00.000Z';

function reach(inTheWay: () => boolean = () => false) {
  const table = createMemoryTable({ inTheWay });
  const system = { table, clock: createMemoryClock(start), random: createMemoryRandom(1) };
  const history = () =>
    table
      .everything()
      .filter((item) => item.row === 'event')
      .map((item) => item.type);
  return { system, history };
}

describe('the state of a webhook endpoint', () => {
  it('stays off after a 410, though an attempt that began earlier succeeds later', async () => {
    const { system, history } = reach();
    await noteFailing(system, await readWebhookState(system, 'glow'), start);
    const before = await readWebhookState(system, 'glow');
    expect(await noteGone(system, 'glow', start)).toBe(true);
    await noteWorking(system, before);
    expect(await readWebhookState(system, 'glow')).toMatchObject({ disabledAt: start });
    expect(history()).toEqual(['webhook_disabled']);
  });

  it('tells of one finding once, whoever else finds the same', async () => {
    const { system, history } = reach();
    expect([
      await noteGone(system, 'glow', start),
      await noteGone(system, 'glow', later),
      await noteDead(system, 'glow', start, later),
      await noteDead(system, 'glow', start, later),
    ]).toEqual([true, false, true, false]);
    expect(history()).toEqual(['webhook_disabled', 'webhook_dead']);
  });

  it('keeps the first moment of failing', async () => {
    const { system } = reach();
    const unread = await readWebhookState(system, 'glow');
    expect(await noteFailing(system, unread, start)).toBe(start);
    expect(await noteFailing(system, unread, later)).toBe(start);
  });

  it('stores a finding although another transaction was in the way, and else says so', async () => {
    let conflicts = 2;
    const { system, history } = reach(() => conflicts-- > 0);
    expect(await noteGone(system, 'glow', start)).toBe(true);
    expect(history()).toEqual(['webhook_disabled']);
    const always = reach(() => true);
    await expect(noteGone(always.system, 'glow', start)).rejects.toThrow('too often');
  });
});
