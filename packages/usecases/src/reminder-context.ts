import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { Instant } from '@aftercare/time/instant';
import type { LedgerEntry, PatientRow, PhoneRow } from './person-rows.ts';
import type { PhoneRecord } from './phone-rows.ts';
import { savePatient, setOn } from './phone-rows.ts';
import type { Random, Update, Write } from './ports.ts';
import type { MessageRow, ReminderRow, SessionRow } from './rows.ts';

/**
 * What every consequence of a carrier's word about a reminder needs to know, and the small moves they share.
 */

export type Chance = Pick<Random, 'ulid' | 'fraction'>;

/** `lost`: the carrier's own list proves that it never took the text. */
export type ReminderResult =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'delivered' }
  | { readonly kind: 'unknown'; readonly final: boolean }
  | { readonly kind: 'not_processed' }
  | { readonly kind: 'lost'; readonly resend: boolean }
  | {
      readonly kind: 'failed';
      readonly code: number | undefined;
      readonly when: 'sync' | 'async';
      /** The carrier says that somebody called the text off. */
      readonly isCanceled?: boolean;
    };

/** What stands in the session's own partition. */
export type NearContext = {
  readonly session: SessionRow;
  readonly reminder: ReminderRow;
  readonly message: MessageRow;
  readonly now: Instant;
};

export type ReminderContext = NearContext & {
  readonly config: ClinicConfig;
  /** The session's number now, with the patient's limits. */
  readonly phone: PhoneRecord;
  /** The number this text went to. */
  readonly texted: PhoneRow | undefined;
};

/** The writes of one result, without the message's own; and the row that must be scheduled again, if any. */
export type ReminderConsequences = {
  readonly writes: readonly Write[];
  readonly again?: ReminderRow;
};

export function moveReminder(reminder: ReminderRow, set: Partial<ReminderRow>): Update {
  return {
    ...setOn(reminder, set, { is: 'equal', attribute: 'status', value: reminder.status }),
    remove: ['workShard', 'attendAt'],
  };
}

/** A text that certainly did not go is taken out of the limits (invariant 3 counts the others). */
export function counted(context: ReminderContext, counts: boolean): readonly Write[] {
  const { phone, session, message } = context;
  const patient = patientOf(phone, session);
  if (patient === undefined) return [];
  const isOther = (entry: LedgerEntry) => entry.messageId !== message.messageId || entry.counts === counts;
  if (patient.ledger.every(isOther)) return [];
  const ledger = patient.ledger.map((entry) =>
    entry.messageId === message.messageId ? { ...entry, counts } : entry,
  );
  return [savePatient(patient, { ledger })];
}

export function ledgerWithout(context: ReminderContext, messageId: string) {
  const ledger = patientOf(context.phone, context.session)?.ledger ?? [];
  return ledger.map((entry) => (entry.messageId === messageId ? { ...entry, counts: false } : entry));
}

export function patientOf(phone: PhoneRecord, session: SessionRow): PatientRow | undefined {
  return phone.patients.find((patient) => patient.patientId === session.patientId);
}

/** How staff call a text of ours. */
export const nameOf = (reminder: Pick<ReminderRow, 'kind' | 'day'>): string =>
  reminder.kind === 'confirmation' ? 'The confirmation text' : `The day-${reminder.day} text`;

/** Statuses that a message of this reminder may still move. */
export const open: readonly string[] = ['sending', 'sent', 'unknown'];
