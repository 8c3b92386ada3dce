import type { Instant } from '@aftercare/time/instant';
import { aliveQuestion, bareLetter } from './answer-digits.ts';
import { calmReply } from './calm-reply.ts';
import { type Chosen, choosePatient, mustBeDiscreet } from './choose-patient.ts';
import type { ConversationContext, LocationView, PatientView } from './context.ts';
import type { Decision, NoReplyReason, ReplyDraft, TaskDraft } from './decision.ts';
import { calmReplyGuard } from './loop-guard.ts';
import type { Reading } from './reading.ts';
import { replyLanguage, requestedLanguage } from './reply-language.ts';
import { severeOutcome } from './severe-reply.ts';
import { noticeTask, taskFor, tasksOf } from './tasks.ts';
import { fill, type Language, type TemplateId } from './templates.ts';

/**
 * Everything that follows from one text of a patient, or of a number we do not know: the level, at most one
 * reply, the next question, work for humans, whether to page, opt-out. Pure; plain values in and out
 * (product-rules 2 to 8).
 */
export function decideReply(context: ConversationContext): Decision {
  const resolved = whoWasMeant(context);
  if (resolved !== undefined) return { ...decideReply(resolved), answersQuestion: true };
  const carrier = carrierDecision(context);
  if (carrier !== undefined) return carrier;
  const chosen = choosePatient(context);
  const { reading } = chosen;
  const place = reading.patient?.location ?? context.clinic.defaultLocation;
  const language = replyLanguage(context, reading.patient, reading.assessment);
  const candidateIds = chosen.candidates.map((one) => one.patientId);
  const base = {
    ...baseOf(context, reading, place, language),
    ...(candidateIds.length === 0 ? {} : { candidateIds }),
  };
  if (reading.level === 'emergency' || reading.level === 'urgent') {
    const tasks = tasksOf(context, reading, place).filter(
      (one) => one.kind === 'complaint' || one.kind === 'photo',
    );
    return { ...base, tasks, ...severeOutcome(context, reading, reading.level, place, language) };
  }
  return { ...base, ...calmOutcome(context, chosen, place, language) };
}

/** `A` or `B` after "who is this about?": the earlier text is decided again, for that person alone. */
function whoWasMeant(context: ConversationContext): ConversationContext | undefined {
  const alive = aliveQuestion(context.patients, context.text.receivedAt);
  const letter = bareLetter(context.text.body);
  if (letter === undefined || alive?.pending.questionId !== 'which_patient') return undefined;
  const [first, second, inboundSid] = alive.pending.options ?? [];
  const meant = context.patients.find((patient) => patient.patientId === (letter === 0 ? first : second));
  const about = context.earlier.find((one) => one.inboundSid === inboundSid);
  if (meant === undefined || about === undefined) return undefined;
  const asked: PatientView = { ...meant, pending: undefined, minor: true };
  return {
    ...context,
    text: { ...context.text, body: about.body, mediaCount: 0 },
    // Still a shared phone, so still discreet; the one who was meant is the only one it can be about.
    patients: [asked],
    earlier: context.earlier.filter((one) => one.at < about.at),
  };
}

/** Carrier-handled words (product-rules 5): we record, Twilio answers. */
function carrierDecision(context: ConversationContext): Decision | undefined {
  const { text, phone } = context;
  const word = text.carrierWord;
  if (word === undefined) return undefined;
  // YES is a keyword only for somebody who had stopped; otherwise it is an answer to nobody's question.
  if (word === 'start' && phone.optedOutBy === undefined && text.body.trim().toUpperCase() === 'YES')
    return undefined;
  const chosen = choosePatient(context);
  const place = chosen.reading.patient?.location ?? context.clinic.defaultLocation;
  const language = chosen.reading.patient?.language ?? context.clinic.defaultLanguage;
  const level = word === 'stop' ? 'opt_out' : word === 'start' ? 'opt_in' : 'help';
  return {
    ...baseOf(context, { ...chosen.reading, level }, place, language),
    tasks: [],
    noReplyReason: 'carrier_answers',
    ...(word === 'stop' ? { optOut: { by: 'carrier' as const } } : {}),
    ...(word === 'start' ? { optIn: true as const } : {}),
  };
}

function baseOf(
  context: ConversationContext,
  reading: Reading,
  place: LocationView,
  language: Language,
): Omit<Decision, 'tasks'> {
  const wanted = requestedLanguage(context.text.body);
  const switched = wanted !== undefined && context.clinic.languages.includes(wanted) ? wanted : undefined;
  return {
    level: reading.level,
    assessment: reading.assessment,
    language,
    locationId: place.locationId,
    ...(reading.patient === undefined ? {} : { patientId: reading.patient.patientId }),
    ...(reading.session === undefined ? {} : { sessionKey: reading.session.sessionKey }),
    answersQuestion: reading.answered !== undefined,
    ...(switched === undefined ? {} : { switchLanguage: switched }),
  };
}

type Outcome = Pick<
  Decision,
  'reply' | 'noReplyReason' | 'question' | 'tasks' | 'optOut' | 'optIn' | 'wrongNumber'
>;

function calmOutcome(
  context: ConversationContext,
  chosen: Chosen,
  place: LocationView,
  language: Language,
): Outcome {
  const { reading } = chosen;
  // A stranger's text is one line for the front desk, whatever it says; calm-reply.ts adds it.
  const asksLanguage = requestedLanguage(context.text.body) !== undefined && reading.level === 'admin';
  const tasks = context.patients.length === 0 || asksLanguage ? [] : tasksOf(context, reading, place);
  const only = (templateId: TemplateId, kind: ReplyDraft['kind']): ReplyDraft => ({
    kind,
    templateId,
    body: fill(templateId, language, { clinic: context.clinic.displayName, phone: place.phone }),
    facts: [],
    severe: false,
    counts: false,
  });
  const { phone } = context;
  if (context.text.fromMachine === true) return { tasks: [], noReplyReason: 'not_a_phone' };
  if (reading.assessment.optOut || reading.level === 'opt_out') {
    if (phone.optedOutBy !== undefined) return { tasks, noReplyReason: 'opted_out' };
    const optOut = { by: 'words' as const };
    if (phone.optOutConfirmed) return { tasks, optOut, noReplyReason: 'opted_out' };
    return { tasks, optOut, reply: only('opt_out', 'opt_out') };
  }
  if (reading.level === 'opt_in' && phone.optedOutBy !== undefined)
    return optInOutcome(context, reading, place, only);
  if (phone.optedOutBy !== undefined) return { tasks, noReplyReason: 'opted_out' };
  if (reading.assessment.autoResponder) return { tasks: [], noReplyReason: 'auto_responder' };
  if (reading.assessment.reaction) return { tasks: [], noReplyReason: 'reaction' };
  if (phone.blockedReason === 'wrong_number') return { tasks: [], noReplyReason: 'blocked' };
  if (reading.situation === 'wrong_number') {
    const notice = noticeTask('Wrong number: the patient needs another phone.', context.now, place);
    return { tasks: [notice], wrongNumber: true, reply: only('wrong_number', 'reply') };
  }
  return guarded(context, chosen, place, language, tasks);
}

/**
 * Opt-in by words lifts only an opt-out by words: the carrier's own block only START can lift
 * (product-rules 5).
 */
function optInOutcome(
  context: ConversationContext,
  reading: Reading,
  place: LocationView,
  only: (templateId: TemplateId, kind: ReplyDraft['kind']) => ReplyDraft,
): Outcome {
  if (context.phone.optedOutBy === 'words') return { tasks: [], optIn: true, reply: only('opt_in', 'reply') };
  const task = taskFor('front_desk', context.now, place, reading);
  const text = 'Asks for texts again after a carrier stop: only START from that phone can turn them on.';
  return { tasks: [{ ...task, text }], noReplyReason: 'carrier_opt_out' };
}

function guarded(
  context: ConversationContext,
  chosen: Chosen,
  place: LocationView,
  language: Language,
  tasks: readonly TaskDraft[],
): Outcome {
  const { reading } = chosen;
  const timeZone = reading.session?.treatment.timeZone ?? place.timeZone;
  const guard = calmReplyGuard(context, timeZone, reading.answered !== undefined);
  const dueAt = tasks[0]?.dueAt;
  const calm = calmReply({ context, chosen, place, language, discreet: mustBeDiscreet(context), dueAt });
  const all = mergeTasks(tasks, calm.task);
  if (guard !== undefined && 'refuse' in guard) return refused(context, reading, place, all, guard.refuse);
  return {
    tasks: all,
    ...(calm.question === undefined ? {} : { question: calm.question }),
    reply: {
      kind: 'reply',
      templateId: calm.templateId,
      body: calm.body,
      facts: calm.facts,
      severe: false,
      counts: true,
      ...(guard === undefined ? {} : deferral(guard.deferUntil)),
    },
  };
}

const deferral = (deferUntil: Instant): { deferUntil: Instant } => ({ deferUntil });

/** Beyond the cap a human takes over, once a day. */
function refused(
  context: ConversationContext,
  reading: Reading,
  place: LocationView,
  tasks: readonly TaskDraft[],
  noReplyReason: NoReplyReason,
): Outcome {
  const handed = context.earlier.some((one) => one.handedToHuman === true);
  if (noReplyReason !== 'loop_cap' || tasks.length > 0 || handed) return { tasks, noReplyReason };
  return { tasks: [taskFor('unclear', context.now, place, reading)], noReplyReason };
}

function mergeTasks(tasks: readonly TaskDraft[], extra: TaskDraft | undefined): TaskDraft[] {
  if (extra === undefined || tasks.some((one) => one.kind === extra.kind)) return [...tasks];
  return [...tasks, extra];
}
