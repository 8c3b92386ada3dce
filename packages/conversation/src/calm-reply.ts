import { shortDate, spokenTime } from '@aftercare/time/format';
import { hoursBetween, type Instant } from '@aftercare/time/instant';
import { localDateOf, localTimeOf } from '@aftercare/time/zone';
import { aliveQuestion } from './answer-digits.ts';
import type { Chosen } from './choose-patient.ts';
import type { ConversationContext, LocationView } from './context.ts';
import { type DatedAnswer, datedAnswer } from './dated-answer.ts';
import type { QuestionDraft, TaskDraft } from './decision.ts';
import { onlySaysWell, type Reading } from './reading.ts';
import { requestedLanguage } from './reply-language.ts';
import { taskFor } from './tasks.ts';
import { fill, type Language, type TemplateId } from './templates.ts';

/** What is answered to a text that is not severe, before any guard is asked. */
export type CalmReply = {
  readonly templateId: TemplateId | 'answer';
  readonly body: string;
  readonly facts: readonly string[];
  readonly question?: QuestionDraft;
  readonly task?: TaskDraft;
};

export type CalmInput = {
  readonly context: ConversationContext;
  readonly chosen: Chosen;
  readonly place: LocationView;
  readonly language: Language;
  readonly discreet: boolean;
  /** By when somebody answers, for the texts that say so. */
  readonly dueAt: Instant | undefined;
};

/** A moment as a patient reads it, `28 Nov 5:30 PM`. */
export function spokenMoment(at: Instant, timeZone: string, language: Language): string {
  const date = shortDate(localDateOf(at, timeZone), language);
  return `${date} ${spokenTime(localTimeOf(at, timeZone), language)}`;
}

/** The calm reply by level, then by situation (product-rules 3 and 4). */
export function calmReply(input: CalmInput): CalmReply {
  const { context, chosen, discreet } = input;
  const { reading } = chosen;
  if (!context.clinic.approvedLanguages.includes(input.language))
    return withTask(template(input, 'draft_line'), input, 'unclear');
  if (context.patients.length === 0) return unknownNumber(input);
  if (requestedLanguage(context.text.body) !== undefined && isTalk(reading))
    return template(input, 'language_switched');
  if (chosen.candidates.length > 1 && asksWhichPatient(reading)) return whichPatient(input);
  switch (reading.level) {
    case 'review':
      if (reading.answered !== undefined) return template(input, 'review_ask');
      if (reading.situation === 'complaint') return template(input, 'complaint');
      return template(input, discreet ? 'review_discreet' : 'review');
    case 'self_care':
      return selfCare(input);
    case 'question':
      return question(input);
    case 'help':
      return template(input, 'help');
    case 'admin':
      return template(input, adminTemplate(reading));
    case 'unclear':
      return unclear(input);
    case 'opt_in':
      return template(input, 'opt_in');
    case 'opt_out':
      return template(input, 'opt_out');
    case 'emergency':
    case 'urgent':
      throw new Error('Severe texts are answered in severe-reply.ts');
  }
}

function template(input: CalmInput, templateId: TemplateId, question?: QuestionDraft): CalmReply {
  const { context, place, language, dueAt } = input;
  const body = fill(templateId, language, {
    clinic: context.clinic.displayName,
    phone: place.phone,
    ...(dueAt === undefined ? {} : { by: spokenMoment(dueAt, place.timeZone, language) }),
  });
  return { templateId, body, facts: [], ...(question === undefined ? {} : { question }) };
}

function withTask(reply: CalmReply, input: CalmInput, wanted: Parameters<typeof taskFor>[0]): CalmReply {
  return { ...reply, task: taskFor(wanted, input.context.now, input.place, input.chosen.reading) };
}

function isTalk(reading: Reading): boolean {
  return reading.level === 'admin' || reading.level === 'unclear' || reading.level === 'question';
}

/**
 * Product-rules 5: 911 and the clinic's phone, nothing about any patient; staff look at what may be a
 * patient.
 */
function unknownNumber(input: CalmInput): CalmReply {
  const { level, situation } = input.chosen.reading;
  if (situation === 'other_language')
    return withTask(template(input, 'other_language'), input, 'other_language');
  const reply = template(input, 'unknown_number');
  return level === 'review' || level === 'unclear' || level === 'question'
    ? withTask(reply, input, 'front_desk')
    : reply;
}

function asksWhichPatient(reading: Reading): boolean {
  const talk = reading.situation === 'thanks' || reading.orphanAnswer;
  return (reading.level === 'review' || reading.level === 'self_care') && !talk;
}

function whichPatient(input: CalmInput): CalmReply {
  const { context, chosen } = input;
  // A is the person treated first: an order both know, and no name on a shared phone.
  const inOrder = chosen.candidates.toSorted((a, b) => firstTreated(a) - firstTreated(b));
  const options = [...inOrder.slice(0, 2).map((patient) => patient.patientId), context.text.inboundSid];
  return template(input, 'which_patient', { questionId: 'which_patient', severeWord: false, options });
}

function firstTreated(patient: Chosen['candidates'][number]): number {
  return Date.parse(patient.sessions[0]?.treatment.endedAt ?? '');
}

/**
 * "Worse" after 48 hours is urgent, so that one answer would change the level: ask, once a day
 * (triage-evidence E3).
 */
const trendHours = { from: 36, to: 14 * 24 };
const trendConcepts = /redness|swelling|pain|warmth|tender|heat/;
const saidTrend = /improv|worsen|all_good|pain_up/;

function selfCare(input: CalmInput): CalmReply {
  const { context, chosen, discreet } = input;
  const { reading } = chosen;
  if (reading.answered?.digit === 1 || onlySaysWell(reading.assessment)) return template(input, 'thanks');
  const { concepts } = reading.assessment;
  const hours = reading.hoursSinceTreatment;
  const alive = aliveQuestion(context.patients, context.text.receivedAt);
  const askedLately = alive !== undefined && hoursBetween(alive.pending.askedAt, context.now) < 24;
  const wouldChange = hours !== null && hours >= trendHours.from && hours <= trendHours.to;
  const open =
    concepts.some((one) => trendConcepts.test(one)) && !concepts.some((one) => saidTrend.test(one));
  if (open && wouldChange && !askedLately && !discreet && reading.answered === undefined)
    return template(input, 'ask_trend', { questionId: 'trend', severeWord: false });
  return template(input, discreet ? 'self_care_discreet' : 'self_care');
}

function question(input: CalmInput): CalmReply {
  const { context, chosen, discreet, language, place } = input;
  const { reading } = chosen;
  const { questionItem, concepts } = reading.assessment;
  if (
    !discreet &&
    questionItem === undefined &&
    concepts.some((one) => /hypothetical|watch|warning/.test(one))
  )
    return template(input, 'red_flags');
  const answer = discreet ? undefined : answerTo(context, reading, place, language);
  if (answer === undefined) {
    const task = taskFor('question_unanswered', context.now, place, reading);
    return {
      ...template({ ...input, dueAt: task.dueAt }, discreet ? 'question_discreet' : 'question_passed'),
      task,
    };
  }
  const reply: CalmReply = { templateId: 'answer', body: answer.body, facts: answer.facts };
  return answer.clinicDecides ? withTask(reply, input, 'question_unanswered') : reply;
}

function answerTo(
  context: ConversationContext,
  reading: Reading,
  place: LocationView,
  language: Language,
): DatedAnswer | undefined {
  const item = reading.assessment.questionItem;
  if (item === undefined || reading.session === undefined) return undefined;
  return datedAnswer({
    item,
    session: reading.session,
    now: context.now,
    language,
    clinicName: context.clinic.displayName,
    phone: place.phone,
    ownAnswers: context.clinic.ownAnswers,
  });
}

function adminTemplate(reading: Reading): TemplateId {
  const { situation } = reading;
  switch (situation) {
    case 'booking':
    case 'billing':
    case 'complaint':
    case 'photo':
    case 'thanks':
    case 'wrong_number':
    case 'other_language':
      return situation;
    default:
      return 'staff';
  }
}

function unclear(input: CalmInput): CalmReply {
  const { context, chosen } = input;
  const { reading } = chosen;
  const { situation } = reading;
  if (situation === 'other_language') return template(input, 'other_language');
  if (situation === 'photo' || (context.text.mediaCount > 0 && context.text.body.trim() === ''))
    return template(input, 'photo');
  const alive = aliveQuestion(context.patients, context.text.receivedAt);
  const askedAlready = alive?.pending.questionId === 'feel' || alive?.pending.questionId === 'severe_check';
  if (reading.assessment.severeWordSeen && alive?.pending.questionId !== 'severe_check')
    return template(input, 'ask_severe', { questionId: 'severe_check', severeWord: true });
  if (reading.orphanAnswer)
    return template(input, 'repeat_labels', { questionId: 'feel', severeWord: false });
  // One short question, then a human (issue 4, point 3).
  if (askedAlready) return template(input, 'unclear_again');
  return template(input, 'ask_feel', { questionId: 'feel', severeWord: false });
}
