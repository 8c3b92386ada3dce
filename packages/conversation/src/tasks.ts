import { addHours, addMinutes, earliest, type Instant } from '@aftercare/time/instant';
import { addOpenMinutes } from '@aftercare/time/opening-hours';
import type { ConversationContext, LocationView } from './context.ts';
import type { TaskDraft, TaskKind } from './decision.ts';
import type { Reading } from './reading.ts';

/** A working day of the front desk, in open minutes. */
const workingDayMinutes = 8 * 60;
const reviewAtMostHours = 48;

/** What raises a review to the top of the list: a risk told only now (product-rules 2). */
const riskConcepts = /thinner|isotretinoin|pregnan|immune|diabetes|_history|implant|disclos/;

type Wanted =
  | 'review'
  | 'unclear'
  | 'question_unanswered'
  | 'photo'
  | 'complaint'
  | 'other_language'
  | 'front_desk';

/** The line of the work list for a text that a human must see, due while the location is open. */
export function taskFor(
  wanted: Wanted,
  now: Instant,
  place: LocationView,
  reading: Pick<Reading, 'assessment'>,
): TaskDraft {
  const due = (minutes: number): Instant => addOpenMinutes(now, minutes, place);
  switch (wanted) {
    case 'review':
      return task(
        'review',
        'clinical',
        dueReview(now, place),
        textOf('review'),
        hasLateRisk(reading) ? 1 : 2,
      );
    case 'unclear': {
      const severe = reading.assessment.severeWordSeen;
      return task('unclear', 'clinical', due(severe ? 30 : 120), textOf('unclear'), severe ? 1 : 2);
    }
    case 'question_unanswered':
      return task('question_unanswered', 'clinical', due(workingDayMinutes), textOf('question'), 3);
    case 'photo':
      return task('photo', 'clinical', due(workingDayMinutes / 2), textOf('photo'), 2);
    case 'complaint':
      return task('complaint', 'manager', due(workingDayMinutes), textOf('complaint'), 2);
    case 'other_language':
      return task('admin', 'front_desk', due(workingDayMinutes / 2), textOf('language'), 1);
    case 'front_desk':
      return task('admin', 'front_desk', due(workingDayMinutes / 2), textOf('front_desk'), 3);
  }
}

/** Something the clinic must know although nobody asked: the front desk's copy of an event. */
export function noticeTask(text: string, now: Instant, place: LocationView): TaskDraft {
  return task('notice', 'front_desk', addOpenMinutes(now, workingDayMinutes / 2, place), text, 2);
}

function dueReview(now: Instant, place: LocationView): Instant {
  return earliest(addOpenMinutes(now, workingDayMinutes, place), addHours(now, reviewAtMostHours));
}

function hasLateRisk(reading: Pick<Reading, 'assessment'>): boolean {
  return reading.assessment.concepts.some((concept) => riskConcepts.test(concept));
}

/** Work list lines of a text: what its level and its situation ask for. Severe texts page instead. */
export function tasksOf(context: ConversationContext, reading: Reading, place: LocationView): TaskDraft[] {
  const { now } = context;
  const { situation, level } = reading;
  const wanted: Wanted[] = [];
  if (level === 'review') wanted.push('review');
  if (level === 'unclear') wanted.push(situation === 'photo' ? 'photo' : 'unclear');
  else if (context.text.mediaCount > 0) wanted.push('photo');
  if (situation === 'complaint') wanted.push('complaint');
  if (situation === 'other_language') wanted.push('other_language');
  const forDesk = situation === 'booking' || situation === 'billing' || situation === 'staff';
  if (forDesk && level === 'admin') wanted.push('front_desk');
  return [...new Set(wanted)].map((one) => taskFor(one, now, place, reading));
}

function task(
  kind: TaskKind,
  role: TaskDraft['role'],
  dueAt: Instant,
  text: string,
  priority: TaskDraft['priority'],
): TaskDraft {
  return { kind, role, dueAt, text, priority };
}

function textOf(
  about: 'review' | 'unclear' | 'question' | 'photo' | 'complaint' | 'language' | 'front_desk',
): string {
  switch (about) {
    case 'review':
      return 'A text needs a clinician to look at it.';
    case 'unclear':
      return 'A text could not be read with confidence.';
    case 'question':
      return 'A question has no signed answer.';
    case 'photo':
      return 'A picture came by text; it was not assessed.';
    case 'complaint':
      return 'A complaint came by text.';
    case 'language':
      return 'A text in another language; only 911 and the phone number were answered.';
    case 'front_desk':
      return 'A text about visits, bills or staff.';
  }
}

/** After 30 minutes of silence a question on a severe word pages (product-rules 8). */
export const silenceAfter = (askedAt: Instant): Instant => addMinutes(askedAt, 30);
