import { staffTexts } from '@aftercare/alerts/page-text';
import { addHours, isBefore } from '@aftercare/time/instant';
import { isOpenAt } from '@aftercare/time/opening-hours';
import { placeOf, readStaffedClinic } from '../alerts/alert-rows.ts';
import type { ReplyReach } from '../inbound/reach.ts';
import { sendToStaff } from './send-to-staff.ts';
import { markUnreachable, noteTestPage } from './staff-phone.ts';

/**
 * Product-rules 6: every ladder number gets a test page a month, so that a dead phone is found before it is
 * needed.
 */
const testEveryHours = 30 * 24;
const optedOutCode = 21_610;

/**
 * Sends the test pages that are due; called daily or more often, sends only while the default location is
 * open.
 */
export async function sendTestPages(
  system: ReplyReach,
  clinicId: string,
): Promise<{ readonly sent: number }> {
  const staffed = await readStaffedClinic(system, clinicId);
  if (staffed === undefined) return { sent: 0 };
  const now = system.clock.now();
  const { config } = staffed;
  if (!isOpenAt(now, placeOf(config, config.defaultLocationId))) return { sent: 0 };
  const onLadder = new Set([
    ...config.locations.flatMap((place) => place.ladder),
    ...config.onCall.flatMap((entry) => entry.staffIds),
  ]);
  let sent = 0;
  for (const person of staffed.people.staff) {
    if (!onLadder.has(person.staffId) || person.disabled === true) continue;
    if (person.confirmedAt === undefined || person.unreachableSince !== undefined) continue;
    const phone = staffed.phones.get(person.staffId);
    const last = phone?.phone === person.phone ? phone.testPagedAt : undefined;
    // A number that was just confirmed has proved itself.
    if (isBefore(now, addHours(last ?? person.confirmedAt, testEveryHours))) continue;
    await noteTestPage(system, clinicId, person.staffId);
    const body = staffTexts.test(config.displayName);
    const outcome = await sendToStaff(system, config, {
      to: person.phone,
      body,
      reason: 'Monthly test page',
      staffId: person.staffId,
    });
    if (outcome.kind === 'rejected' && outcome.code === optedOutCode)
      await markUnreachable(system, clinicId, person.staffId, 'error_21610');
    sent += 1;
  }
  system.metrics.count('test_pages', sent);
  return { sent };
}
