import { fill } from '@aftercare/conversation/templates';
import { isBefore } from '@aftercare/time/instant';
import { alertEvents, readAlertRow, readStaffedClinic } from '../alerts/alert-rows.ts';
import { armNextRung, deliverPages } from '../alerts/deliver-pages.ts';
import { openAlert } from '../alerts/open-alert.ts';
import { spokenPhone } from '../claim-reminder.ts';
import { inboundRowKey, phonePartition } from '../keys.ts';
import { type FollowUpRow, inboundRow } from '../person-rows.ts';
import { readPhone, savePatient } from '../phone-rows.ts';
import type { Delete, Write } from '../ports.ts';
import { toItem } from '../row-item.ts';
import { claimMessage } from '../send-message.ts';
import { readAll, readSessionRow } from '../session-rows.ts';
import type { ReplyReach } from './reach.ts';
import { locationOf } from './read-facts.ts';
import { approvedLanguages } from './reply-approval.ts';
import { deliverReply } from './reply-outcome.ts';

export type FollowUpOutcome = 'sent' | 'paged' | 'not_due' | 'overtaken' | 'conflict';

/** What the sweep comes back for about a text: its late reply, or nobody having answered our question. */
export async function followUp(system: ReplyReach, row: FollowUpRow): Promise<FollowUpOutcome> {
  if (row.attendAt !== undefined && isBefore(system.clock.now(), row.attendAt)) return 'not_due';
  const overtaken = await hasLaterText(system, row);
  if (overtaken) {
    await system.table.write(removal(row));
    return 'overtaken';
  }
  return row.kind === 'silence' ? pageForSilence(system, row) : sendDeferred(system, row);
}

/** A later text was read and answered by itself: the latest only (product-rules 8). */
async function hasLaterText(system: ReplyReach, row: FollowUpRow): Promise<boolean> {
  const items = await readAll(system, phonePartition(row.clinicId, row.phoneKey), 'IN#');
  const texts = items.map((item) => inboundRow.parse(item));
  const mine = texts.find((text) => text.messageSid === row.messageSid);
  return mine !== undefined && texts.some((text) => isBefore(mine.receivedAt, text.receivedAt));
}

/** The row goes in the transaction that does its work, so that it is done once. */
const removal = (row: FollowUpRow): Delete => ({
  write: 'delete',
  key: { pk: row.pk, sk: row.sk },
  condition: { is: 'present' },
});

async function sendDeferred(system: ReplyReach, row: FollowUpRow): Promise<FollowUpOutcome> {
  const clinic = await system.clinics.load(row.clinicId);
  const { phone } = await readPhone(system, row.clinicId, row.phoneKey);
  const cannot = clinic === undefined || phone === undefined || phone.optedOutAt !== undefined;
  if (cannot || row.body === undefined) {
    await system.table.write(removal(row));
    return 'overtaken';
  }
  const now = system.clock.now();
  const { config } = clinic;
  const language = row.language ?? config.defaultLanguage;
  // Looked at again: an approval can be withdrawn while a reply waits for the morning.
  const signed = approvedLanguages(config, system.settings, phone.phone).includes(language);
  const place = locationOf(config, row.locationId);
  const line = { clinic: config.displayName, phone: spokenPhone(place.phone) };
  const { message, write } = claimMessage(system.random, now, {
    pk: row.pk,
    clinicId: row.clinicId,
    kind: 'reply',
    reason: `Late reply: ${signed ? (row.templateId ?? 'answer') : 'draft_line'}`,
    to: phone.phone,
    from: config.patientNumber,
    body: signed ? row.body : fill('draft_line', language, line),
    phoneKey: row.phoneKey,
    inboundSid: row.messageSid,
    ...(row.patientId === undefined ? {} : { patientId: row.patientId }),
  });
  const notOptedOut: Write = {
    write: 'update',
    key: { pk: phone.pk, sk: phone.sk },
    set: toItem({ repliesAt: [...phone.repliesAt, now], version: phone.version + 1 }),
    condition: {
      is: 'all',
      of: [
        { is: 'equal', attribute: 'version', value: phone.version },
        { is: 'attributeAbsent', attribute: 'optedOutAt' },
      ],
    },
  };
  const answered: Write = {
    write: 'update',
    key: inboundRowKey(row.clinicId, row.phoneKey, row.messageSid),
    set: { replyMessageId: message.messageId },
    condition: { is: 'present' },
  };
  if (!(await system.table.transact([removal(row), write, notOptedOut, answered])).ok) return 'conflict';
  await deliverReply(system, message);
  return 'sent';
}

/** Product-rules 8: silence after our question on a severe word pages after 30 minutes. */
async function pageForSilence(system: ReplyReach, row: FollowUpRow): Promise<FollowUpOutcome> {
  const { clinicId, phoneKey } = row;
  const staffed = await readStaffedClinic(system, clinicId);
  const { patients } = await readPhone(system, clinicId, phoneKey);
  const patient = patients.find((one) => one.patientId === row.patientId);
  if (staffed === undefined || patient === undefined) return 'overtaken';
  const key = patient.currentSessionKey;
  const session = key === undefined ? undefined : await readSessionRow(system, key);
  const known =
    patient.openAlertId === undefined ? undefined : await readAlertRow(system, clinicId, patient.openAlertId);
  const subject = {
    clinicId,
    phoneKey,
    inboundSid: row.messageSid,
    locationId: row.locationId,
    language: patient.language,
    patientId: patient.patientId,
    sessionKey: session?.sessionKey,
    sessionId: session?.sessionId,
  };
  const draft = { level: 'urgent', pace: 'urgent', infection: false } as const;
  const opened = await openAlert(system, staffed, subject, draft, known);
  const written = await system.table.transact([
    removal(row),
    savePatient(patient, { openAlertId: opened.alertId }),
    ...opened.writes,
    ...(await alertEvents(system, { ...subject }, opened.happenings)),
  ]);
  if (!written.ok) return 'conflict';
  system.metrics.count('alerts_for_silence');
  if (opened.joined) return 'paged';
  await deliverPages(system, opened.pages);
  const alert = await readAlertRow(system, clinicId, opened.alertId);
  if (alert !== undefined) await armNextRung(system, alert);
  return 'paged';
}
