import { readAlertRow, saveAlert } from '../alerts/alert-rows.ts';
import { climbAlert } from '../alerts/climb-alert.ts';
import { phoneRowKey } from '../keys.ts';
import { setOn } from '../phone-rows.ts';
import type { MessageRow } from '../rows.ts';
import { claimMessage, deliverClaimed, readMessage } from '../send-message.ts';
import { openNotice } from '../tasks/open-notice.ts';
import type { ReplyReach } from './reach.ts';

/** Carrier error 21610: the number has opted out at the carrier, which we did not know. */
const optedOutCode = 21_610;
const mostResends = 3;

/**
 * Hands a claimed reply to the carrier. What its answer changes (our suppression list, what staff are told,
 * one more try) is done before or together with the record of that answer, so that a crash in between loses
 * none of it.
 */
export async function deliverReply(system: ReplyReach, reply: MessageRow): Promise<void> {
  let next: ReturnType<typeof claimMessage> | undefined;
  await deliverClaimed(system, reply, async (outcome, stored) => {
    next = outcome.kind === 'not_processed' ? claimAgain(system, stored) : undefined;
    if (next !== undefined) return [next.write];
    if (outcome.kind === 'not_processed') await tellStaffUnanswered(system, stored, 'carrier_busy');
    if (outcome.kind === 'rejected') await noteRefusal(system, stored, outcome.code);
    return [];
  });
  if (next === undefined) return;
  const { pk, messageId } = next.message;
  // Only what was claimed may leave: the record may have met another writer once too often.
  if ((await readMessage(system, pk, messageId)) !== undefined) await deliverReply(system, next.message);
}

/** Proven not processed (429): a new message, so that each row keeps one outcome. */
function claimAgain(system: ReplyReach, reply: MessageRow): ReturnType<typeof claimMessage> | undefined {
  if (reply.resends >= mostResends) return undefined;
  const { messageId: _id, ...draft } = reply;
  return claimMessage(system.random, system.clock.now(), { ...draft, resends: reply.resends + 1 });
}

async function noteRefusal(system: ReplyReach, reply: MessageRow, code: number | undefined): Promise<void> {
  if (code === optedOutCode) await noteCarrierOptOut(system, reply);
  await tellStaffUnanswered(system, reply, code === optedOutCode ? 'opted_out' : 'carrier_refused');
}

async function noteCarrierOptOut(system: ReplyReach, reply: MessageRow): Promise<void> {
  if (reply.phoneKey === undefined) return;
  const now = system.clock.now();
  const change = { optedOutAt: now, optedOutBy: 'error_21610', optOutConfirmedAt: now };
  const stillOpen = setOn(phoneRowKey(reply.clinicId, reply.phoneKey), change, {
    is: 'all',
    of: [{ is: 'present' }, { is: 'attributeAbsent', attribute: 'optedOutAt' }],
  });
  // Counted like every change of the row: whoever read it before must not write their copy over this.
  await system.table.write({ ...stillOpen, add: { version: 1 } });
}

/**
 * The patient was not answered: who is paged must know (issue 4, point 4), or else the work list.
 * Repeatable: one line for one text of ours.
 */
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
    taskId: reply.messageId,
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
