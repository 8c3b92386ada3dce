import type { ErrorReading } from '@aftercare/reminders/error-classes';
import { canceledReading, classifyError } from '@aftercare/reminders/error-classes';
import { decideRetry } from '@aftercare/reminders/retry';
import type { Instant } from '@aftercare/time/instant';
import { addMinutes } from '@aftercare/time/instant';
import { localDateTimeOf } from '@aftercare/time/zone';
import type { SwitchRow } from './clinic-rows.ts';
import { switchRow } from './clinic-rows.ts';
import { overdueLookAt } from './ensure-schedules.ts';
import { clinicSwitchRowKey, workShardOf } from './keys.ts';
import { newPhone, savePhone, setOn } from './phone-rows.ts';
import type { Write } from './ports.ts';
import { explain } from './reason-words.ts';
import type { Chance, ReminderConsequences, ReminderContext, ReminderResult } from './reminder-context.ts';
import { counted, ledgerWithout, moveReminder, nameOf, open } from './reminder-context.ts';
import { putRow } from './row-item.ts';
import type { ReminderRow, SessionRow } from './rows.ts';
import type { Happening } from './timeline.ts';
import { withEvents } from './timeline.ts';

/** The carrier does not have the text, or could not deliver it: again under every limit, or not, and why. */

/** Proven not taken by the carrier: one deliberate resend, under every limit anew; then it has failed. */
export function lost(random: Chance, context: ReminderContext, resend: boolean): ReminderConsequences {
  const { reminder, now } = context;
  if (!resend || (reminder.resends ?? 0) >= 1) {
    return endAsFailed(random, context, 'failed', 'never_left', []);
  }
  const again = { attempt: reminder.attempt, dueAt: now, resends: 1 };
  return planAgain(random, context, again, 'resend_after_loss');
}

export function failed(
  random: Chance,
  context: ReminderContext,
  result: Extract<ReminderResult, { readonly kind: 'failed' }>,
): ReminderConsequences {
  const { session, reminder, now, config, phone, message } = context;
  const isCanceled = result.isCanceled === true && result.code === undefined;
  const reading = isCanceled ? canceledReading : classifyError(result.code, { when: result.when });
  const reason = isCanceled ? 'carrier_canceled' : `carrier_${result.code ?? 'unknown'}`;
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

/**
 * A refused account or sender is looked at again this often; the pause keeps the text from going meanwhile.
 */
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

const isCurrent = (session: SessionRow, reminder: ReminderRow): boolean =>
  session.status === 'active' && session.revision === reminder.revision;

export function planAgain(
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
