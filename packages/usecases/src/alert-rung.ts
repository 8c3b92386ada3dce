import { type ClimbOutcome, climbAlert } from './alerts/climb-alert.ts';
import { resumePages } from './alerts/deliver-pages.ts';
import type { ReplyReach } from './inbound/reach.ts';
import { tellStaffUnanswered } from './inbound/reply-outcome.ts';
import type { MessageRow } from './rows.ts';
import { markUnreachable } from './staff-sms/staff-phone.ts';

/** What the queue brings: an alert whose next rung, receipts or DONE may be due. */
export type RungCommand = { readonly clinicId: string; readonly alertId: string; readonly rung: number };

/**
 * Pages the next person if that is due now; the rows decide, so an early, late or repeated command is
 * harmless.
 */
export async function alertRung(system: ReplyReach, command: RungCommand): Promise<ClimbOutcome> {
  await resumePages(system, command.clinicId, command.alertId);
  return climbAlert(system, command.clinicId, command.alertId);
}

const optedOutCode = 21_610;

/**
 * A terminal receipt of anything but a reminder (for `SettleReach.onPageReceipt`). A page that failed moves
 * on at once (product-rules 6); a reply that did not arrive is a patient whom staff must call.
 */
export async function onPageReceipt(system: ReplyReach, message: MessageRow): Promise<void> {
  const { deliveryStatus, alertId, clinicId, staffId, errorCode } = message;
  if (deliveryStatus === 'delivered') return;
  if (message.kind !== 'alert') {
    if (message.phoneKey !== undefined) await tellStaffUnanswered(system, message, 'not_delivered');
    return;
  }
  if (errorCode === optedOutCode && staffId !== undefined)
    await markUnreachable(system, clinicId, staffId, 'error_21610');
  if (alertId !== undefined) await climbAlert(system, clinicId, alertId);
}
