import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { classifyError, type ErrorReading } from '@aftercare/reminders/error-classes';
import { decideRetry } from '@aftercare/reminders/retry';
import { addMinutes, type Instant } from '@aftercare/time/instant';
import { localDateTimeOf } from '@aftercare/time/zone';
import { type SwitchRow, switchRow } from './clinic-rows.ts';
import { overdueLookAt } from './ensure-schedules.ts';
import { clinicSwitchRowKey, workShardOf } from './keys.ts';
import type { LedgerEntry, PatientRow, PhoneRow } from './person-rows.ts';
import { newPhone, type PhoneRecord, savePatient, savePhone, setOn } from './phone-rows.ts';
import type { Random, Update, Write } from './ports.ts';
import { explain } from './reason-words.ts';
import { putRow } from './row-item.ts';
import type { MessageRow, ReminderRow, SessionRow } from './rows.ts';
import { type Happening, withEvents } from './timeline.ts';

/**
 * What a carrier's word about a reminder changes besides the message itself: the reminder, the ledger, the
 * number, the timeline. The same for the answer to our request, for a receipt, and for a settled loss.
 */

/** `lost`: the carrier's own list proves that it never took the text. */
export type ReminderResult =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'delivered' }
  | { readonly kind: 'unknown'; readonly final: boolean }
  | { readonly kind: 'not_processed' }
  | { readonly kind: 'lost'; readonly resend: boolean }
  | { readonly kind: 'failed'; readonly code: number | undefined; readonly when: 'sync' | 'async' };

export type ReminderContext = {
  readonly config: ClinicConfig;
  readonly session: SessionRow;
  readonly reminder: ReminderRow;
  /** The session's number now, with the patient's limits. */
  readonly phone: PhoneRecord;
  /** The number this text went to. */
  readonly texted: PhoneRow | undefined;
  readonly message: MessageRow;
  readonly now: Instant;
};

/** The writes of one result, without the message's own; and the row that must be scheduled again, if any. */
export type ReminderConsequences = {
  readonly writes: readonly Write[];
  readonly again?: ReminderRow;
};

/** Statuses that a message of this reminder may still move. */
const open: readonly string[] = ['sending', 'sent', 'unknown'];
/** Statuses in which the text counts as not gone, or is about to go again: a late receipt corrects them. */
const givenUp: readonly string[] = ['planned', 'scheduled', 'failed', 'undelivered'];

type Chance = Pick<Random, 'ulid' | 'fraction'>;

export function reminderConsequences(
  random: Chance,
  context: ReminderContext,
  result: ReminderResult,
): ReminderConsequences {
  const { reminder, message } = context;
  if (!reminder.messageIds.includes(message.messageId)) return { writes: [] };
  if (result.kind === 'accepted' || result.kind === 'delivered') {
    if (givenUp.includes(reminder.status)) return foundAfterAll(random, context, result.kind);
  }
  const isLatest = reminder.messageIds.at(-1) === message.messageId;
  if (!isLatest || !open.includes(reminder.status)) return { writes: [] };
  switch (result.kind) {
    case 'accepted':
      return reminder.status === 'sent' ? { writes: [] } : accepted(random, context);
    case 'delivered':
      return delivered(random, context);
    case 'unknown':
      return unknown(random, context, result.final);
    case 'not_processed':
      return planAgain(random, context, { attempt: reminder.attempt, dueAt: context.now }, 'carrier_busy');
    case 'lost':
      return lost(random, context, result.resend);
    case 'failed':
      return failed(random, context, result);
  }
}

function accepted(random: Chance, context: ReminderContext): ReminderConsequences {
  const { session, reminder, now } = context;
  const happening: Happening = {
    type: 'reminder.sent',
    publishAs: 'reminder.sent',
    day: reminder.day,
    segments: context.message.segments,
    text: `${nameOf(reminder)} sent at ${localDateTimeOf(now, session.timeZone)} (${session.timeZone}).`,
  };
  return {
    writes: [
      moveReminder(reminder, { status: 'sent', settledAt: now }),
      ...withEvents(random, now, session, [happening]),
    ],
  };
}

function delivered(random: Chance, context: ReminderContext): ReminderConsequences {
  const { session, reminder, now } = context;
  const sentFirst: Happening[] =
    reminder.status === 'sent'
      ? []
      : [
          {
            type: 'reminder.sent',
            publishAs: 'reminder.sent',
            day: reminder.day,
            segments: context.message.segments,
            text: `${nameOf(reminder)} sent; the carrier confirmed it.`,
          },
        ];
  const happening: Happening = {
    type: 'reminder.delivered',
    publishAs: 'reminder.delivered',
    day: reminder.day,
    text: `${nameOf(reminder)} reached the phone.`,
  };
  return {
    writes: [
      moveReminder(reminder, { status: 'delivered', settledAt: now }),
      ...withEvents(random, now, session, [...sentFirst, happening]),
    ],
  };
}

/** A text thought lost reached the carrier after all: it counts again, and nothing is sent in its place. */
function foundAfterAll(
  random: Chance,
  context: ReminderContext,
  kind: 'accepted' | 'delivered',
): ReminderConsequences {
  const { session, reminder, now, message } = context;
  const happening: Happening = {
    type: kind === 'delivered' ? 'reminder.delivered' : 'reminder.sent',
    publishAs: kind === 'delivered' ? 'reminder.delivered' : 'reminder.sent',
    day: reminder.day,
    segments: message.segments,
    text: `${nameOf(reminder)} went after all: the carrier's receipt came late.`,
  };
  const status = kind === 'delivered' ? 'delivered' : 'sent';
  return {
    writes: [
      moveReminder(reminder, { status, settledAt: now }),
      ...counted(context, true),
      ...withEvents(random, now, session, [happening]),
    ],
  };
}

function unknown(random: Chance, context: ReminderContext, final: boolean): ReminderConsequences {
  const { session, reminder, now } = context;
  const happening: Happening = final
    ? {
        type: 'reminder.unknown',
        publishAs: 'reminder.failed',
        day: reminder.day,
        reason: 'outcome_unknown',
        text: `${nameOf(reminder)}: ${explain('outcome_unknown')}`,
      }
    : {
        type: 'reminder.unknown',
        day: reminder.day,
        reason: 'checking',
        text: `${nameOf(reminder)}: the carrier did not answer. We are checking before anything else is sent.`,
      };
  return {
    writes: [
      moveReminder(reminder, {
        status: 'unknown',
        ...(final ? { reason: 'outcome_unknown', settledAt: now } : {}),
      }),
      ...withEvents(random, now, session, [happening]),
    ],
  };
}

/** Proven not taken by the carrier: one deliberate resend, under every limit anew; then it has failed. */
function lost(random: Chance, context: ReminderContext, resend: boolean): ReminderConsequences {
  const { reminder, now } = context;
  if (!resend || (reminder.resends ?? 0) >= 1) {
    return endAsFailed(random, context, 'failed', 'never_left', []);
  }
  const again = { attempt: reminder.attempt, dueAt: now, resends: 1 };
  return planAgain(random, context, again, 'resend_after_loss');
}

function failed(
  random: Chance,
  context: ReminderContext,
  result: { readonly code: number | undefined; readonly when: 'sync' | 'async' },
): ReminderConsequences {
  const { session, reminder, now, config, phone, message } = context;
  const reading = classifyError(result.code, { when: result.when });
  const reason = `carrier_${result.code ?? 'unknown'}`;
  if (reading.stopsSender && result.when === 'sync') {
    // Nothing of this clinic can leave: it is paused for a person to look, and this text is kept.
    const dueAt = addMinutes(now, lookAgainMinutes);
    const kept = planAgain(random, context, { attempt: reminder.attempt, dueAt }, reason);
    return { ...kept, writes: [...kept.writes, pauseClinic(session.clinicId, now)] };
  }
  if (reading.retry.kind === 'backoff' && isCurrent(session, reminder)) {
    const dueAt = addMinutes(now, busyMinutes);
    return planAgain(random, context, { attempt: reminder.attempt, dueAt }, reason);
  }
  const retry = decideRetry({
    now,
    kind: reminder.kind,
    attempt: reminder.attempt,
    rule: reading.retry,
    onDate: reminder.onDate,
    timeZone: reminder.timeZone,
    window: config.window,
    optedOut: phone.phone?.optedOutAt !== undefined,
    ledger: ledgerWithout(context, message.messageId),
    fraction: random.fraction(),
  });
  if (retry.do === 'retry' && isCurrent(session, reminder)) {
    return planAgain(random, context, { attempt: reminder.attempt + 1, dueAt: retry.at }, reason);
  }
  const status = result.when === 'sync' ? 'failed' : 'undelivered';
  return endAsFailed(random, context, status, reason, numberWrites(context, reading), reading);
}

/** A refused account or sender is looked at again this often; the pause keeps the text from going meanwhile. */
const lookAgainMinutes = 15;

/** A full queue at the carrier needs minutes, not seconds (Twilio 21611). */
const busyMinutes = 5;

function pauseClinic(clinicId: string, now: Instant): Write {
  const row: SwitchRow = {
    ...clinicSwitchRowKey(clinicId),
    row: 'switch',
    paused: true,
    by: 'carrier refused the account or sender',
    at: now,
  };
  return putRow(switchRow, row);
}

function ledgerWithout(context: ReminderContext, messageId: string) {
  const ledger = patientOf(context.phone, context.session)?.ledger ?? [];
  return ledger.map((entry) => (entry.messageId === messageId ? { ...entry, counts: false } : entry));
}

const isCurrent = (session: SessionRow, reminder: ReminderRow): boolean =>
  session.status === 'active' && session.revision === reminder.revision;

function planAgain(
  random: Chance,
  context: ReminderContext,
  change: Pick<ReminderRow, 'attempt' | 'dueAt'> & Partial<Pick<ReminderRow, 'onDate' | 'resends'>>,
  reason: string,
): ReminderConsequences {
  const { session, reminder, now } = context;
  const again: ReminderRow = { ...reminder, ...change, status: 'planned' };
  const happening: Happening = {
    type: 'reminder.retry',
    day: reminder.day,
    reason,
    text:
      `${nameOf(reminder)} did not leave (${explain(reason)}) and is planned again for ` +
      `${localDateTimeOf(change.dueAt, session.timeZone)}.`,
  };
  const set = {
    ...change,
    status: 'planned',
    workShard: workShardOf(reminder.pk),
    attendAt: overdueLookAt(change.dueAt),
  };
  return {
    again,
    writes: [
      setOn(reminder, set, { is: 'oneOf', attribute: 'status', values: [...open] }),
      ...counted(context, false),
      ...withEvents(random, now, session, [happening]),
    ],
  };
}

function endAsFailed(
  random: Chance,
  context: ReminderContext,
  status: 'failed' | 'undelivered',
  reason: string,
  more: readonly Write[],
  reading?: ErrorReading,
): ReminderConsequences {
  const { session, reminder, now } = context;
  const happening: Happening = {
    type: 'reminder.failed',
    publishAs: 'reminder.failed',
    day: reminder.day,
    reason,
    text: `${nameOf(reminder)} did not reach the phone: ${reading?.clinicText ?? explain(reason)}`,
  };
  return {
    writes: [
      moveReminder(reminder, { status, reason, settledAt: now }),
      // What may have reached the phone after all keeps counting.
      ...(reading?.errorClass === 'ambiguous' ? [] : counted(context, false)),
      ...more,
      ...withEvents(random, now, session, [happening]),
    ],
  };
}

/** A text that certainly did not go is taken out of the limits (invariant 3 counts the others). */
function counted(context: ReminderContext, counts: boolean): readonly Write[] {
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

/** What an error says about the number itself: an opt-out at the carrier, or a number no text reaches. */
function numberWrites(context: ReminderContext, reading: ErrorReading): readonly Write[] {
  const { texted, session, message, now } = context;
  const row = texted ?? newPhone(session.clinicId, message.phoneKey ?? session.phoneKey, message.to);
  if (reading.number === 'opted_out' && row.optedOutAt === undefined) {
    return [savePhone(row, { optedOutAt: now, optedOutBy: 'error_21610' })];
  }
  if (reading.number === 'unusable' && row.blockedReason === undefined) {
    return [savePhone(row, { blockedReason: 'unreachable' })];
  }
  return [];
}

function moveReminder(reminder: ReminderRow, set: Partial<ReminderRow>): Update {
  return {
    ...setOn(reminder, set, { is: 'equal', attribute: 'status', value: reminder.status }),
    remove: ['workShard', 'attendAt'],
  };
}

export function patientOf(phone: PhoneRecord, session: SessionRow): PatientRow | undefined {
  return phone.patients.find((patient) => patient.patientId === session.patientId);
}

/** How staff call a text of ours. */
export const nameOf = (reminder: Pick<ReminderRow, 'kind' | 'day'>): string =>
  reminder.kind === 'confirmation' ? 'The confirmation text' : `The day-${reminder.day} text`;
