import { acceptSession } from '@aftercare/usecases/accept-session';
import { receiveInbound } from '@aftercare/usecases/receive-inbound';
import { describe, expect, it } from 'vitest';
import { createWorld, sampleSession } from '../world/memory-world.ts';

const keptForever = new Set(['clinic', 'secrets', 'number', 'registry']);

describe('retention', () => {
  it('gives every row about a patient an end, 400 days after it was last needed', async () => {
    const world = await createWorld();
    await acceptSession(world.system, world.clinic, sampleSession());
    await receiveInbound(world.system, {
      messageSid: `SM${'1'.repeat(32)}`,
      from: '+13055550123',
      to: '+13055550100',
      body: 'hello',
      mediaUrls: [],
      source: 'webhook',
    });
    const rows = world.table.everything().filter((row) => !keptForever.has(String(row.row)));
    const endless = rows.filter((row) => row.expiresAtEpochSeconds === undefined).map((row) => row.row);
    expect(new Set(rows.map((row) => row.row))).toContain('inbound');
    expect(endless).toEqual([]);
    const now = Date.parse(world.clock.now()) / 1000;
    for (const row of rows)
      expect(Number(row.expiresAtEpochSeconds)).toBeGreaterThanOrEqual(now + 400 * 86_400 - 1);
  });
});
