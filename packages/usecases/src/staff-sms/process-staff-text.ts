import { staffTexts } from '@aftercare/alerts/page-text';
import { carrierKeyword } from '@aftercare/sms/carrier-words';
import { readAlertRows, saveAlert } from '../alerts/alert-rows.ts';
import { climbAlert } from '../alerts/climb-alert.ts';
import type { Clinic } from '../clinics.ts';
import type { ReplyReach } from '../inbound/reach.ts';
import type { InboundRow } from '../person-rows.ts';
import type { Update } from '../ports.ts';
import { answerCommand } from './answer-command.ts';
import { sendToStaff } from './send-to-staff.ts';
import { markReachable, markUnreachable } from './staff-phone.ts';

/**
 * A text to the alert number. From a phone of the staff it is a command; from any other it is no staff
 * text, and is read like a stranger's. What a command changes is done first and may be repeated; the answer
 * goes once.
 */
export async function processStaffText(
  system: ReplyReach,
  clinic: Clinic,
  inbound: InboundRow,
): Promise<'processed' | 'done_before' | 'not_staff'> {
  const { config } = clinic;
  const person = config.staff.find((one) => one.phone === inbound.from && one.disabled !== true);
  if (person === undefined) return 'not_staff';
  const { staffId } = person;
  const word = subscriptionWord(inbound);
  if (word === 'stop') await stopPaging(system, config.clinicId, staffId);
  if (word === 'start') await markReachable(system, config.clinicId, staffId);
  const body =
    word === 'start'
      ? staffTexts.reachableAgain(config.displayName)
      : word === 'stop'
        ? undefined
        : await answerCommand(system, config, person, inbound.body);
  const recorded: Update = {
    write: 'update',
    key: { pk: inbound.pk, sk: inbound.sk },
    set: { status: 'processed', outcome: word === undefined ? 'staff_command' : `staff_${word}` },
    remove: ['workShard', 'attendAt'],
    condition: { is: 'equal', attribute: 'status', value: 'received' },
  };
  if (body === undefined) {
    const written = await system.table.write(recorded);
    return written.ok ? 'processed' : 'done_before';
  }
  const sent = await sendToStaff(system, config, {
    to: inbound.from,
    body,
    reason: 'Answer to a staff text',
    staffId,
    inboundSid: inbound.messageSid,
    also: [recorded],
  });
  return sent.kind === 'conflict' ? 'done_before' : 'processed';
}

/** INFO is a carrier word for help, but on this line it is a command: only stop and start count. */
function subscriptionWord(inbound: InboundRow): 'stop' | 'start' | undefined {
  if (inbound.optOutType === 'STOP') return 'stop';
  if (inbound.optOutType === 'START') return 'start';
  const word = carrierKeyword(inbound.body);
  return word === 'stop' || word === 'start' ? word : undefined;
}

/**
 * Product-rules 6: STOP there marks the phone unreachable, and whoever waits for it is paged elsewhere at
 * once.
 */
async function stopPaging(system: ReplyReach, clinicId: string, staffId: string): Promise<void> {
  await markUnreachable(system, clinicId, staffId, 'stop');
  const alerts = await readAlertRows(system, clinicId);
  for (const alert of alerts) {
    const waitsForThem =
      alert.status === 'open' &&
      alert.pages.some((page) => page.rung === alert.rung) &&
      alert.pages.filter((page) => page.rung === alert.rung).every((page) => page.staffId === staffId);
    if (!waitsForThem) continue;
    await system.table.write(saveAlert(alert, { nextRungAt: system.clock.now() }));
    await climbAlert(system, clinicId, alert.alertId);
  }
}
