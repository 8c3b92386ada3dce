import { addMinutes } from '@aftercare/time/instant';
import { listAlerts } from '@aftercare/usecases/alerts/list-alerts';
import { followUpRowKey, workShardOf } from '@aftercare/usecases/keys';
import { describe, expect, it } from 'vitest';
import { ana, nurse, type ReplyWorld, replyWorld } from './reply-world.ts';

/** As if the text just sent had been answered with our question about danger signs. */
async function askedAboutDanger(world: ReplyWorld): Promise<void> {
  const inbound = world.table.everything().find((item) => item.row === 'inbound');
  const [clinicId, phoneKey, messageSid] = [inbound?.clinicId, inbound?.phoneKey, inbound?.messageSid].map(
    String,
  );
  const askedAt = world.clock.now();
  const key = followUpRowKey(clinicId ?? '', phoneKey ?? '', 'silence', messageSid ?? '');
  await world.system.table.write({
    write: 'put',
    item: {
      ...key,
      row: 'follow_up',
      kind: 'silence',
      clinicId: 'glow',
      phoneKey: phoneKey ?? '',
      messageSid: messageSid ?? '',
      patientId: 'p-881',
      locationId: 'brickell',
      askedAt,
      workShard: workShardOf(key.pk),
      attendAt: addMinutes(askedAt, 30),
    },
  });
}

describe('silence after our question on a severe word', () => {
  it('pages after 30 minutes, once', async () => {
    const world = await replyWorld();
    await world.text(ana, 'asdf qwer');
    await askedAboutDanger(world);
    await world.advanceTo('2026-11-21T17:59:00.000Z');
    expect(world.to(nurse)).toEqual([]);
    await world.advanceTo('2026-11-21T18:06:00.000Z');
    expect(world.to(nurse)).toHaveLength(1);
    expect(await listAlerts(world.system, { clinicId: 'glow' })).toMatchObject([
      { level: 'urgent', status: 'open', patientId: 'p-881', sessionId: 'visit-2026-0042' },
    ]);
  });

  it('pages nobody when the patient answered', async () => {
    const world = await replyWorld();
    await world.text(ana, 'asdf qwer');
    await askedAboutDanger(world);
    await world.text(ana, '1');
    await world.advanceTo('2026-11-21T19:00:00.000Z');
    expect(world.to(nurse)).toEqual([]);
  });
});
