import type {
  Chance,
  NearContext,
  ReminderConsequences,
  ReminderContext,
  ReminderResult,
} from './reminder-context.ts';
import { open } from './reminder-context.ts';
import { failed, lost, planAgain } from './reminder-failed.ts';
import { accepted, delivered, foundAfterAll, unknown } from './reminder-went.ts';

/**
 * What a carrier's word about a reminder changes besides the message itself: the reminder, the ledger, the
 * number, the timeline. The same for the answer to our request, for a receipt, and for a settled loss.
 */

/** Statuses in which the text counts as not gone, or is about to go again: a late receipt corrects them. */
const givenUp: readonly string[] = ['planned', 'scheduled', 'failed', 'undelivered'];

/** What follows where the number and its patients do not matter; undefined where they must be read too. */
export function consequencesWithoutNumber(
  random: Chance,
  context: NearContext,
  result: ReminderResult,
): ReminderConsequences | undefined {
  const { reminder, message } = context;
  if (!reminder.messageIds.includes(message.messageId)) return { writes: [] };
  if (result.kind === 'accepted' || result.kind === 'delivered') {
    if (givenUp.includes(reminder.status)) return undefined;
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
    case 'lost':
    case 'failed':
      return undefined;
  }
}

export function reminderConsequences(
  random: Chance,
  context: ReminderContext,
  result: ReminderResult,
): ReminderConsequences {
  const near = consequencesWithoutNumber(random, context, result);
  if (near !== undefined) return near;
  switch (result.kind) {
    case 'accepted':
    case 'delivered':
      return foundAfterAll(random, context, result.kind);
    case 'unknown':
      return unknown(random, context, result.final);
    case 'not_processed': {
      const { attempt } = context.reminder;
      return planAgain(random, context, { attempt, dueAt: context.now }, 'carrier_busy');
    }
    case 'lost':
      return lost(random, context, result.resend);
    case 'failed':
      return failed(random, context, result);
  }
}
