import { fill } from '@aftercare/conversation/templates';
import { spokenPhone } from '../claim-reminder.ts';
import type { NumberRow } from '../clinic-rows.ts';
import { phonePartition } from '../keys.ts';
import type { InboundRow } from '../person-rows.ts';
import type { Update } from '../ports.ts';
import { claimMessage, deliverClaimed } from '../send-message.ts';
import type { ReplyReach } from './reach.ts';

/**
 * A clinic that left: for 90 days its number says whom to call (product-rules 10), once per text, nothing
 * is read.
 */
export async function answerRetired(
  system: ReplyReach,
  inbound: InboundRow,
  route: NumberRow | undefined,
): Promise<void> {
  const recorded: Update = {
    write: 'update',
    key: { pk: inbound.pk, sk: inbound.sk },
    set: { status: 'processed', outcome: 'retired_number' },
    remove: ['workShard', 'attendAt'],
    condition: { is: 'equal', attribute: 'status', value: 'received' },
  };
  const call = route?.callPhone;
  if (call === undefined) {
    await system.table.write(recorded);
    return;
  }
  const values = { clinic: '', phone: spokenPhone(call) };
  const { message, write } = claimMessage(system.random, system.clock.now(), {
    pk: phonePartition(inbound.clinicId, inbound.phoneKey),
    clinicId: inbound.clinicId,
    kind: 'reply',
    reason: 'The number is retired',
    to: inbound.from,
    from: inbound.to,
    body: `${fill('not_monitored', 'en', values)} ${fill('not_monitored', 'es', values)}`,
    phoneKey: inbound.phoneKey,
    inboundSid: inbound.messageSid,
  });
  if ((await system.table.transact([recorded, write])).ok) await deliverClaimed(system, message);
}
