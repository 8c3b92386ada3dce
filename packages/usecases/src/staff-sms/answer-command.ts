import { staffTexts } from '@aftercare/alerts/page-text';
import { parseStaffCommand, type StaffCommand } from '@aftercare/alerts/staff-command';
import type { ClinicConfig, StaffMember } from '@aftercare/contract/clinic-config';
import { acknowledgeAlert, closeAlert } from '../alerts/acknowledge-alert.ts';
import { alertByCode, alertEvents, readAlertRow, readAlertRows } from '../alerts/alert-rows.ts';
import { spokenPhone } from '../claim-reminder.ts';
import type { AlertRow } from '../desk-rows.ts';
import type { ReplyReach } from '../inbound/reach.ts';
import { readPhone } from '../phone-rows.ts';
import type { Happening } from '../timeline.ts';
import { confirmByCode } from './staff-phone.ts';

type Asker = Pick<StaffMember, 'staffId' | 'name'>;
type Found = { readonly alert: AlertRow } | { readonly answer: string };

/** Does what a staff member's text asks for and says what to answer (product-rules 6). */
export async function answerCommand(
  system: ReplyReach,
  config: ClinicConfig,
  asker: Asker,
  body: string,
): Promise<string> {
  const command = parseStaffCommand(body);
  const { clinicId } = config;
  switch (command.kind) {
    case 'unreadable':
      return staffTexts.usage();
    case 'list': {
      const open = await notDone(system, clinicId);
      return open.length === 0 ? staffTexts.none() : staffTexts.open(open.map((alert) => alert.code));
    }
    case 'bare':
      return bareDigits(system, config, asker, command.code);
    case 'info':
    case 'ack':
    case 'done': {
      const found = await findAlert(system, clinicId, command);
      return 'answer' in found ? found.answer : carryOut(system, config, asker, command, found.alert);
    }
  }
}

/** A confirmation code when one is waiting for this person; otherwise the code of an alert, taken. */
async function bareDigits(
  system: ReplyReach,
  config: ClinicConfig,
  asker: Asker,
  code: string,
): Promise<string> {
  const alert = await alertByCode(system, config.clinicId, code);
  if (alert !== undefined) return carryOut(system, config, asker, { kind: 'ack', code }, alert);
  const confirmation = await confirmByCode(system, config.clinicId, asker.staffId, code);
  if (confirmation === 'confirmed') return staffTexts.confirmed(config.displayName);
  return confirmation === 'wrong' ? staffTexts.wrongCode() : staffTexts.noSuchAlert(code);
}

async function notDone(system: ReplyReach, clinicId: string): Promise<readonly AlertRow[]> {
  return (await readAlertRows(system, clinicId)).filter((alert) => alert.status !== 'done');
}

/** The alert a command means: by its code, or the only one it can mean. */
async function findAlert(
  system: ReplyReach,
  clinicId: string,
  command: Extract<StaffCommand, { kind: 'info' | 'ack' | 'done' }>,
): Promise<Found> {
  if (command.code !== undefined) {
    const alert = await alertByCode(system, clinicId, command.code);
    return alert === undefined ? { answer: staffTexts.noSuchAlert(command.code) } : { alert };
  }
  const all = await notDone(system, clinicId);
  const open = all.filter((alert) => alert.status === 'open');
  const candidates = command.kind === 'ack' && open.length > 0 ? open : all;
  const [only, ...others] = candidates;
  if (only === undefined) return { answer: staffTexts.none() };
  return others.length === 0
    ? { alert: only }
    : { answer: staffTexts.which(candidates.map((one) => one.code)) };
}

async function carryOut(
  system: ReplyReach,
  config: ClinicConfig,
  asker: Asker,
  command: Extract<StaffCommand, { kind: 'info' | 'ack' | 'done' }>,
  alert: AlertRow,
): Promise<string> {
  const order = { clinicId: config.clinicId, alertId: alert.alertId, by: asker.staffId };
  switch (command.kind) {
    case 'info':
      return contactOf(system, config, asker, alert);
    case 'ack': {
      const outcome = await acknowledgeAlert(system, order);
      if (outcome.kind === 'not_found') return staffTexts.noSuchAlert(alert.code);
      if (outcome.kind === 'closed') return staffTexts.alreadyDone(outcome.alert.code);
      const { code, acknowledgedBy } = outcome.alert;
      const taken = nameOf(config, acknowledgedBy ?? asker.staffId);
      if (outcome.kind === 'already' && acknowledgedBy !== asker.staffId)
        return staffTexts.takenBy(code, taken);
      const moved = code === alert.code ? '' : `${staffTexts.movedOn(alert.code, code)} `;
      return `${moved}${staffTexts.acknowledged(code, taken)}`;
    }
    case 'done': {
      const outcome = await closeAlert(system, { ...order, outcome: command.outcome ?? 'real' });
      if (outcome.kind === 'not_found') return staffTexts.noSuchAlert(alert.code);
      if (outcome.kind === 'already') return staffTexts.alreadyDone(outcome.alert.code);
      return staffTexts.done(outcome.alert.code, command.outcome ?? 'real');
    }
  }
}

/** First name and phone, to ladder numbers only, and never without a trace (product-rules 6). */
async function contactOf(
  system: ReplyReach,
  config: ClinicConfig,
  asker: Asker,
  alert: AlertRow,
): Promise<string> {
  if (!config.infoAnswers || !isOnLadder(config, asker.staffId)) return staffTexts.infoOff(alert.code);
  const { phone, patients } = await readPhone(system, alert.clinicId, alert.phoneKey);
  const patient = patients.find((one) => one.patientId === alert.patientId);
  const text = `Contact of alert ${alert.code} was sent to ${asker.staffId}.`;
  await trace(system, alert, { type: 'alert.contact_sent', alertId: alert.alertId, text });
  system.log.info('alert_contact_sent', {
    clinicId: alert.clinicId,
    alertId: alert.alertId,
    staffId: asker.staffId,
  });
  const number = phone === undefined ? 'not on file' : spokenPhone(phone.phone);
  return patient === undefined
    ? staffTexts.infoUnknown(alert.code, number)
    : staffTexts.info(alert.code, patient.firstName, number);
}

const attempts = 5;

/** Stored before the answer leaves; throws when other writers were in the way, so that the queue retries. */
async function trace(system: ReplyReach, alert: AlertRow, happening: Happening): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const current = await readAlertRow(system, alert.clinicId, alert.alertId);
    const events = await alertEvents(system, current ?? alert, [happening]);
    if ((await system.table.transact(events)).ok) return;
  }
  throw new Error('The trace of a contact met other writers too often; the queue brings the text back');
}

function isOnLadder(config: ClinicConfig, staffId: string): boolean {
  const onCall = config.onCall.some((entry) => entry.staffIds.includes(staffId));
  const manager = config.staff.some((one) => one.staffId === staffId && one.role === 'manager');
  return onCall || manager || config.locations.some((place) => place.ladder.includes(staffId));
}

function nameOf(config: ClinicConfig, staffId: string): string {
  return config.staff.find((one) => one.staffId === staffId)?.name ?? staffId;
}
