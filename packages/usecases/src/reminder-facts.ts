import type { ReminderFacts } from './claim-reminder.ts';
import { switchRow } from './clinic-rows.ts';
import type { ClinicDirectory } from './clinics.ts';
import {
  clinicSwitchRowKey,
  patientRowKey,
  phoneRowKey,
  reminderRowKey,
  sessionRowKey,
  systemSwitchRowKey,
} from './keys.ts';
import { isCapReached } from './monthly-usage.ts';
import { patientRow, phoneRow } from './person-rows.ts';
import { type PhoneRecord, readPhone } from './phone-rows.ts';
import type { Item, System } from './ports.ts';
import { openHint, type ReminderHint } from './reminder-hint.ts';
import { type ReminderRow, reminderRow, type SessionRow, sessionRow } from './rows.ts';

/** What the queue brings: which row to look at. Everything else is read now. */
export type ReminderCommand = {
  readonly sessionKey: string;
  readonly revision: number;
  readonly day: number;
  readonly attempt: number;
  /** Where its patient's rows are (reminder-hint.ts). */
  readonly hint?: string | undefined;
};

type Reading = Pick<System, 'table' | 'clock'> & { readonly clinics: ClinicDirectory };

type Rows = {
  readonly session: SessionRow;
  readonly reminder: ReminderRow;
  readonly phone: PhoneRecord;
  readonly clinicSwitch: Item | undefined;
  readonly systemSwitch: Item | undefined;
};

/**
 * Everything a decision about one text rests on; undefined when there is no such text. One call of the table
 * where the hint is right and one patient uses the number, which is nearly always; three otherwise.
 */
export async function readFacts(
  system: Reading & Pick<System, 'secrets'>,
  command: ReminderCommand,
): Promise<ReminderFacts | undefined> {
  const hint = await openHint(system, command.sessionKey, command.hint);
  const rows = hint === undefined ? undefined : await readAtOnce(system, command, hint);
  return rows === undefined ? readFactsInSteps(system, command) : factsOf(system, rows);
}

/** The same without a hint. */
export async function readFactsInSteps(
  system: Reading,
  command: ReminderCommand,
): Promise<ReminderFacts | undefined> {
  const rows = await readInSteps(system, command);
  return rows === undefined ? undefined : factsOf(system, rows);
}

async function factsOf(system: Reading, rows: Rows): Promise<ReminderFacts | undefined> {
  const { session, reminder, phone } = rows;
  const clinic = await system.clinics.load(session.clinicId);
  if (clinic === undefined) return undefined;
  const now = system.clock.now();
  return {
    clinic,
    session,
    reminder,
    phone,
    now,
    capReached: await isCapReached(system, clinic.config, now),
    clinicPaused: isPausedBy(rows.clinicSwitch),
    allPaused: isPausedBy(rows.systemSwitch),
  };
}

const isPausedBy = (row: Item | undefined): boolean => row !== undefined && switchRow.parse(row).paused;

/** Undefined when the hint does not fit what was read, or others use the number too: then read on. */
async function readAtOnce(
  { table }: Reading,
  { sessionKey, revision, day }: ReminderCommand,
  { clinicId, phoneKey, patientId }: ReminderHint,
): Promise<Rows | undefined> {
  const [session, reminder, phoneItem, patientItem, clinicSwitch, systemSwitch] = await table.getAll([
    sessionRowKey(sessionKey),
    reminderRowKey(sessionKey, revision, day),
    phoneRowKey(clinicId, phoneKey),
    patientRowKey(clinicId, phoneKey, patientId),
    clinicSwitchRowKey(clinicId),
    systemSwitchRowKey,
  ]);
  if (session === undefined || reminder === undefined) return undefined;
  if (phoneItem === undefined || patientItem === undefined) return undefined;
  const phone = phoneRow.parse(phoneItem);
  const read = sessionRow.parse(session);
  const fits = read.clinicId === clinicId && read.phoneKey === phoneKey && read.patientId === patientId;
  if (!fits || phone.patientCount !== 1) return undefined;
  return {
    session: read,
    reminder: reminderRow.parse(reminder),
    phone: { phone, patients: [patientRow.parse(patientItem)] },
    clinicSwitch,
    systemSwitch,
  };
}

async function readInSteps(
  system: Reading,
  { sessionKey, revision, day }: ReminderCommand,
): Promise<Rows | undefined> {
  const [item, reminder, systemSwitch] = await system.table.getAll([
    sessionRowKey(sessionKey),
    reminderRowKey(sessionKey, revision, day),
    systemSwitchRowKey,
  ]);
  if (item === undefined || reminder === undefined) return undefined;
  const session = sessionRow.parse(item);
  const [phone, clinicSwitch] = await Promise.all([
    readPhone(system, session.clinicId, session.phoneKey),
    system.table.get(clinicSwitchRowKey(session.clinicId)),
  ]);
  return { session, reminder: reminderRow.parse(reminder), phone, clinicSwitch, systemSwitch };
}
