import { readAlertRow, saveAlert } from '../alerts/alert-rows.ts';
import { climbAlert } from '../alerts/climb-alert.ts';
import { phoneRowKey } from '../keys.ts';
import { setOn } from '../phone-rows.ts';
import type { SendOutcome } from '../ports.ts';
import type { MessageRow } from '../rows.ts';
import { claimMessage, deliverClaimed } from '../send-message.ts';
import { openNotice } from '../tasks/open-notice.ts';
import type { ReplyReach } from './reach.ts';

/** Carrier error 21610: the number has opted out at the carrier, which we did not know. */
const optedOutCode = 21_610;
const mostResends = 3;

/** What the carrier's answer to a reply changes: our suppression list, what staff are told, one more try. */
export async function afterReply(system: ReplyReach, reply: MessageRow, outcome: SendOutcome): Promise<void> {
  switch (outcome.kind) {
    case 'accepted':
    case 'unknown':
      return;
    case 'not_processed':
      await sendAgain(system, reply);
      return;
    case 'rejected':
      if (outcome.code === optedOutCode) await noteCarrierOptOut(system, reply);
      await tellStaffUnanswered(
        system,
        reply,
        outcome.code === optedOutCode ? 'opted_out' : 'carrier_refused',
      );
  }
}

/** Proven not processed (429): a new message, so that each row keeps one outcome. */
async function sendAgain(system: ReplyReach, reply: MessageRow): Promise<void> {
  if (reply.resends >= mostResends) {
    await tellStaffUnanswered(system, reply, 'carrier_busy');
    return;
  }
  const { messageId: _id, ...draft } = reply;
  const { message, write } = claimMessage(system.random, system.clock.now(), {
    ...draft,
    resends: reply.resends + 1,
  });
  if (!(await system.table.transact([write])).ok) return;
  await afterReply(system, message, await deliverClaimed(system, message));
}

async function noteCarrierOptOut(system: ReplyReach, reply: MessageRow): Promise<void> {
  if (reply.phoneKey === undefined) return;
  const now = system.clock.now();
  const change = { optedOutAt: now, optedOutBy: 'error_21610', optOutConfirmedAt: now };
  await system.table.write(
    setOn(phoneRowKey(reply.clinicId, reply.phoneKey), change, {
      is: 'all',
      of: [{ is: 'present' }, { is: 'attributeAbsent', attribute: 'optedOutAt' }],
    }),
  );
}

/** The patient was not answered: who is paged must know (issue 4, point 4), or else the work list. */
export async function tellStaffUnanswered(
  system: ReplyReach,
  reply: MessageRow,
  reason: string,
): Promise<void> {
  system.metrics.count('replies_not_delivered', 1, { reason });
  const { alertId, patientId } = reply;
  const alert = alertId === undefined ? undefined : await readAlertRow(system, reply.clinicId, alertId);
  if (alert !== undefined && alert.noReplyReason === undefined)
    await system.table.write(saveAlert(alert, { noReplyReason: reason }));
  await openNotice(system, reply.clinicId, {
    role: 'clinical',
    text: 'An automatic reply did not reach the patient: please call.',
    ...(patientId === undefined ? {} : { patientId }),
  });
}

/**
 * A reply, notice or page that the carrier never took, as its own list proves (for the sweep's `onLost`): a
 * page moves on to the next person, for a patient's text a human takes over. Never sent late by a guess.
 */
export async function onLostMessage(system: ReplyReach, message: MessageRow): Promise<void> {
  if (message.kind === 'alert' && message.alertId !== undefined) {
    await climbAlert(system, message.clinicId, message.alertId);
    return;
  }
  if (message.phoneKey !== undefined) await tellStaffUnanswered(system, message, 'lost');
}
