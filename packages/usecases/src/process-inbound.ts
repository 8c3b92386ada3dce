import { climbAlert } from './alerts/climb-alert.ts';
import { resumePages } from './alerts/deliver-pages.ts';
import { numberRow } from './clinic-rows.ts';
import { answerRetired } from './inbound/answer-retired.ts';
import { processPatientText } from './inbound/process-patient-text.ts';
import type { ReplyReach } from './inbound/reach.ts';
import { inboundRowKey, numberRowKey } from './keys.ts';
import { type InboundRow, inboundRow } from './person-rows.ts';
import { processStaffText } from './staff-sms/process-staff-text.ts';

/** What the queue brings: which stored text to read. */
export type InboundCommand = {
  readonly clinicId: string;
  readonly phoneKey: string;
  readonly messageSid: string;
};

export type ProcessOutcome =
  | { readonly kind: 'processed'; readonly as: 'patient' | 'staff' | 'retired' }
  | { readonly kind: 'nothing'; readonly why: 'gone' | 'done_before' | 'no_clinic' };

/**
 * Reads one stored text and does what follows. The number it was sent to decides the role: the alert number
 * is the staff's, the patient number everybody else's (product-rules 6). A repeated command finishes what a
 * crash left.
 */
export async function processInbound(system: ReplyReach, command: InboundCommand): Promise<ProcessOutcome> {
  const { clinicId, phoneKey, messageSid } = command;
  const item = await system.table.get(inboundRowKey(clinicId, phoneKey, messageSid));
  if (item === undefined) return { kind: 'nothing', why: 'gone' };
  const inbound = inboundRow.parse(item);
  if (inbound.status === 'processed') {
    await finish(system, inbound);
    return { kind: 'nothing', why: 'done_before' };
  }
  const routed = await system.table.get(numberRowKey(inbound.to));
  const route = routed === undefined ? undefined : numberRow.parse(routed);
  if (route === undefined || route.role === 'retired') {
    await answerRetired(system, inbound, route);
    return { kind: 'processed', as: 'retired' };
  }
  const clinic = await system.clinics.load(clinicId);
  if (clinic === undefined) return { kind: 'nothing', why: 'no_clinic' };
  if (route.role === 'alert') {
    const staff = await processStaffText(system, clinic, inbound);
    if (staff !== 'not_staff')
      return staff === 'done_before' ? { kind: 'nothing', why: staff } : { kind: 'processed', as: 'staff' };
  }
  const decision = await processPatientText(system, clinic, inbound);
  if (decision !== 'done_before') return { kind: 'processed', as: 'patient' };
  // Somebody was faster, and may have died before the page left: this message of the queue is its last one.
  const now = await system.table.get(inboundRowKey(clinicId, phoneKey, messageSid));
  if (now !== undefined) await finish(system, inboundRow.parse(now));
  return { kind: 'nothing', why: decision };
}

/**
 * Recorded, but perhaps we crashed before the page left. A reply is never repeated: its row says what
 * became of it.
 */
async function finish(system: ReplyReach, inbound: InboundRow): Promise<void> {
  const { alertId, clinicId } = inbound;
  if (alertId === undefined) return;
  await resumePages(system, clinicId, alertId);
  await climbAlert(system, clinicId, alertId);
}
