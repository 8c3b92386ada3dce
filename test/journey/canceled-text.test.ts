import { acceptSession } from '@aftercare/usecases/accept-session';
import { readSession } from '@aftercare/usecases/read-session';
import { recordDelivery } from '@aftercare/usecases/record-delivery';
import { sendReminder } from '@aftercare/usecases/send-reminder';
import { expect, it } from 'vitest';
import { createWorld, sampleSession, type World } from '../world/memory-world.ts';

async function sendNext(world: World): Promise<void> {
  const [next] = world.schedules.pending();
  if (next === undefined) throw new Error('nothing is planned');
  world.clock.moveTo(next.at);
  for (const { body } of world.schedules.takeDue(next.at)) {
    await sendReminder(world.system, {
      sessionKey: String(body.sessionKey),
      revision: Number(body.revision),
      day: Number(body.day),
      attempt: Number(body.attempt),
    });
  }
}

it('says that a text may have arrived that was sent and then canceled, and does not repeat it', async () => {
  const world = await createWorld({ clinic: { sendConfirmation: false } });
  await acceptSession(world.system, world.clinic, sampleSession());
  await sendNext(world);
  const [text] = world.sms.accepted();
  if (text === undefined) throw new Error('no text left');
  const reach = { ...world.system, onPageReceipt: async () => undefined };
  for (const status of ['sent', 'canceled'] as const)
    await recordDelivery(reach, { ref: text.ref, providerSid: text.providerSid, status });
  const [day1] = (await readSession(world.system, 'glow', 'visit-2026-0042'))?.reminders ?? [];
  expect(day1).toMatchObject({ day: 1, status: 'undelivered', reason: 'carrier_canceled' });
  expect(day1?.reasonText).toMatch(/carrier canceled this text.+may have arrived.+call the patient/);
  const patient = world.table.everything().find((item) => item.row === 'patient');
  expect(patient?.ledger).toMatchObject([{ day: 1, counts: true }]);
  expect(world.schedules.pending()).toHaveLength(3);
});
