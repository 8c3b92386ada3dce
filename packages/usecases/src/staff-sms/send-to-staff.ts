import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { ReplyReach } from '../inbound/reach.ts';
import { alertPartition } from '../keys.ts';
import type { SendOutcome, Write } from '../ports.ts';
import { claimMessage, deliverClaimed } from '../send-message.ts';

/**
 * One text to a staff phone from the alert number, which staff and patients never share (product-rules 6).
 * `also` is written together with the claim; `conflict` when it could not be.
 */
export async function sendToStaff(
  system: Pick<ReplyReach, 'table' | 'sms' | 'clock' | 'random' | 'log' | 'metrics' | 'settings'>,
  config: ClinicConfig,
  text: {
    readonly to: string;
    readonly body: string;
    readonly reason: string;
    readonly staffId?: string;
    readonly inboundSid?: string;
    readonly also?: readonly Write[];
  },
): Promise<SendOutcome | { readonly kind: 'conflict' }> {
  const { also = [], ...draft } = text;
  const { message, write } = claimMessage(system.random, system.clock.now(), {
    ...draft,
    pk: alertPartition(config.clinicId),
    clinicId: config.clinicId,
    kind: 'notice',
    from: config.alertNumber,
  });
  if (!(await system.table.transact([write, ...also])).ok) return { kind: 'conflict' };
  return deliverClaimed(system, message);
}
