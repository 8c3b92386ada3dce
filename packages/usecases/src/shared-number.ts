import { storedSession } from '@aftercare/contract/stored-session';
import type { CareSession } from '@aftercare/protocol/session';
import { careSessionOf } from './care-session.ts';
import type { ReminderFacts } from './claim-reminder.ts';
import { setOn } from './phone-rows.ts';
import type { System, Write } from './ports.ts';
import { explain } from './reason-words.ts';
import { nameOf } from './reminder-context.ts';
import type { SessionRow } from './rows.ts';
import { currentReminders, readReminderRows, readSessionRow } from './session-rows.ts';
import { isOpen } from './session-writes.ts';
import { withEvents } from './timeline.ts';

/**
 * Two patients due on one date for one number get one text with the strictest advice (product-rules 7): the
 * text of whoever is due first carries the others' restrictions, and theirs say that it did.
 */
export type Sharing = {
  /** Several patients use this number: no name, date or symptom in the text. */
  readonly shared: boolean;
  readonly healing: readonly CareSession[];
  readonly writes: readonly Write[];
};

export async function readSharing(
  system: Pick<System, 'table' | 'random'>,
  facts: ReminderFacts,
): Promise<Sharing> {
  const { phone, session } = facts;
  const others = phone.patients.filter((patient) => patient.patientId !== session.patientId);
  const keys = others.flatMap((patient) => patient.currentSessionKey ?? []);
  if (keys.length === 0) return { shared: false, healing: [], writes: [] };
  const sessions = await Promise.all(keys.map((key) => readSessionRow(system, key)));
  const active = sessions.filter(
    // Someone who moved to another number is still listed at this one.
    (other): other is SessionRow =>
      other !== undefined && other.status === 'active' && other.phoneKey === session.phoneKey,
  );
  const writes = await Promise.all(active.map((other) => foldIn(system, facts, other)));
  return {
    shared: active.length > 0,
    healing: active.map((other) => careSessionOf(storedSession.parse(other.request), session.timeZone)),
    writes: writes.flat(),
  };
}

/** The other patient's text of the same date is not sent by itself. */
async function foldIn(
  system: Pick<System, 'table' | 'random'>,
  facts: ReminderFacts,
  other: SessionRow,
): Promise<readonly Write[]> {
  const rows = currentReminders(await readReminderRows(system, other.sessionKey));
  const sameDate = rows.filter((row) => isOpen(row) && row.onDate === facts.reminder.onDate);
  if (sameDate.length === 0) return [];
  const happenings = sameDate.map((row) => ({
    type: 'reminder.skipped',
    publishAs: 'reminder.skipped' as const,
    day: row.day,
    reason: 'shared_number',
    text: `${nameOf(row)} was not sent by itself. ${explain('shared_number')}`,
  }));
  const set = { status: 'skipped', reason: 'shared_number' };
  return [
    ...sameDate.map((row) => ({
      ...setOn(row, set, { is: 'equal', attribute: 'status', value: row.status }),
      remove: ['workShard', 'attendAt'],
    })),
    ...withEvents(system.random, facts.now, other, happenings),
  ];
}

/** Whether another patient of this number already got the one text of this date. */
export function numberAlreadyTexted(facts: ReminderFacts): boolean {
  return facts.phone.patients.some(
    (patient) =>
      patient.patientId !== facts.session.patientId &&
      patient.ledger.some((entry) => entry.counts && entry.onDate === facts.reminder.onDate),
  );
}
