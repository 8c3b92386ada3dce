import { fill, type Language, type TemplateId } from '@aftercare/conversation/templates';
import { spokenTime } from '@aftercare/time/format';
import { addMinutes, epochMs, type Instant, instantFromEpochMs } from '@aftercare/time/instant';
import { localTimeOf } from '@aftercare/time/zone';
import { spokenPhone } from '../claim-reminder.ts';
import type { AlertRow } from '../desk-rows.ts';
import { approvedLanguages } from '../inbound/reply-approval.ts';
import { phonePartition } from '../keys.ts';
import { readPhone } from '../phone-rows.ts';
import type { System, Write } from '../ports.ts';
import type { MessageRow } from '../rows.ts';
import { claimMessage } from '../send-message.ts';
import { placeOf, type StaffedClinic } from './alert-rows.ts';

/**
 * A text to the patient about their alert, claimed but not sent; nothing for a number that opted out. While
 * no clinician has signed its words for this clinic, the 911-and-phone line takes the place of the last one.
 */
export type Notice = { readonly message: MessageRow; readonly writes: readonly Write[] };

const quarterMs = 15 * 60_000;

/**
 * "No call by 11:15" for a text seen at 10:42: half an hour on, rounded up to a quarter (product-rules 3).
 */
export function callBy(seenAt: Instant): Instant {
  const half = epochMs(addMinutes(seenAt, 30));
  return instantFromEpochMs(Math.ceil(half / quarterMs) * quarterMs);
}

export async function claimNotice(
  system: Pick<System, 'table' | 'random' | 'clock' | 'settings'>,
  staffed: StaffedClinic,
  alert: AlertRow,
  templateId: Extract<TemplateId, 'seen_emergency' | 'seen_urgent' | 'last_rung'>,
): Promise<Notice | undefined> {
  const now = system.clock.now();
  const { phone } = await readPhone(system, alert.clinicId, alert.phoneKey);
  if (phone === undefined || phone.optedOutAt !== undefined) return undefined;
  const place = placeOf(staffed.config, alert.locationId);
  const language: Language = alert.language ?? staffed.config.defaultLanguage;
  const clock = (at: Instant): string => spokenTime(localTimeOf(at, place.timeZone), language);
  const approved = approvedLanguages(staffed.config, system.settings, phone.phone).includes(language);
  // Unsigned words reach no stranger; that nobody has answered yet must be said all the same.
  if (!approved && templateId !== 'last_rung') return undefined;
  const body = fill(approved ? templateId : 'draft_line', language, {
    clinic: staffed.config.displayName,
    phone: spokenPhone(place.phone),
    time: clock(now),
    by: clock(callBy(now)),
  });
  const { message, write } = claimMessage(system.random, now, {
    pk: phonePartition(alert.clinicId, alert.phoneKey),
    clinicId: alert.clinicId,
    kind: 'notice',
    reason: templateId,
    to: phone.phone,
    from: staffed.config.patientNumber,
    body,
    alertId: alert.alertId,
    phoneKey: alert.phoneKey,
    ...(alert.patientId === undefined ? {} : { patientId: alert.patientId }),
  });
  const notOptedOut: Write = {
    write: 'check',
    key: { pk: phone.pk, sk: phone.sk },
    condition: { is: 'attributeAbsent', attribute: 'optedOutAt' },
  };
  return { message, writes: [write, notOptedOut] };
}
