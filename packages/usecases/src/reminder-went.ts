import { localDateTimeOf } from '@aftercare/time/zone';
import { explain } from './reason-words.ts';
import type { Chance, NearContext, ReminderConsequences, ReminderContext } from './reminder-context.ts';
import { counted, moveReminder, nameOf } from './reminder-context.ts';
import type { Happening } from './timeline.ts';
import { withEvents } from './timeline.ts';

/** The carrier has the text, or may have it. */

export function accepted(random: Chance, context: NearContext): ReminderConsequences {
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

export function delivered(random: Chance, context: NearContext): ReminderConsequences {
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
export function foundAfterAll(
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

export function unknown(random: Chance, context: NearContext, final: boolean): ReminderConsequences {
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
        text:
          `${nameOf(reminder)}: the carrier did not answer. ` +
          'We are checking before anything else is sent.',
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
