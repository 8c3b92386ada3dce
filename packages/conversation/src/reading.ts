import { hoursBetween, type Instant, secondsBetween } from '@aftercare/time/instant';
import { levelOfAnswer } from '@aftercare/triage/answers';
import { assess } from '@aftercare/triage/assess';
import { type Assessment, type Level, type ReplySituation, severityOf } from '@aftercare/triage/assessment';
import { aliveQuestion, bareAnswer, type Digit, isAcknowledgement, saysFine } from './answer-digits.ts';
import type { ConversationContext, EarlierInbound, PatientView, Pending, SessionView } from './context.ts';

/** Texts this close together are one message that somebody sent in pieces. */
const togetherSeconds = 600;
const healingHours = 14 * 24;

/** What a text means for one patient: the assessment, raised by what only the conversation knows. */
export type Reading = {
  readonly assessment: Assessment;
  readonly level: Level;
  readonly patient?: PatientView;
  readonly session?: SessionView;
  readonly hoursSinceTreatment: number | null;
  /** The question that this text answers, with the digit it gave. */
  readonly answered?: { readonly pending: Pending; readonly digit: Digit };
  /** A bare answer to no question of ours: the labels are repeated (product-rules 4). */
  readonly orphanAnswer: boolean;
  /** The family of reply: the reader's, unless the whole text only says "ok". */
  readonly situation: ReplySituation;
};

/** Reads the text as if it came from this patient; without one, as from a number we do not know. */
export function readFor(context: ConversationContext, patient: PatientView | undefined): Reading {
  const { text } = context;
  const session = patient?.sessions[0];
  const alive = aliveQuestion(context.patients, text.receivedAt);
  const pending = alive !== undefined && alive.patient === patient ? alive.pending : undefined;
  const earlier = context.earlier.filter((one) => patient === undefined || isAbout(one, patient));
  const assessment = context.assessment ?? assessFor(text.body, context, session, earlier, pending);
  const hours = hoursSince(session, text.receivedAt);
  const bare = bareAnswer(text.body);
  const digit = pending === undefined ? undefined : digitOf(bare, assessment, pending);
  const orphanAnswer = bare !== undefined && digit === undefined && !saysFine(text.body);
  const received = isAcknowledgement(text.body) && severityOf(assessment.level) === 0;
  let level: Level = orphanAnswer ? 'unclear' : received ? 'admin' : assessment.level;
  if (!orphanAnswer && !received) {
    level = higher(level, readTogether(context, session, earlier, assessment.level));
    level = higher(level, oldestStillHealing(context, patient, earlier));
    level = lateSign(level, assessment, hours);
  }
  if (digit !== undefined && pending !== undefined) {
    const answer = levelOfAnswer(digit, pending.questionId, hours);
    level = severityOf(level) === 0 ? answer : higher(level, answer);
  }
  return {
    assessment,
    level,
    ...(patient === undefined ? {} : { patient }),
    ...(session === undefined ? {} : { session }),
    hoursSinceTreatment: hours,
    ...(digit === undefined || pending === undefined ? {} : { answered: { pending, digit } }),
    orphanAnswer,
    situation: received ? 'thanks' : assessment.situation,
  };
}

/** The more urgent of two; of two that are not urgent at all, the first. */
export function higher(first: Level, second: Level | undefined): Level {
  return second !== undefined && severityOf(second) > severityOf(first) ? second : first;
}

function isAbout(earlier: EarlierInbound, patient: PatientView): boolean {
  return earlier.patientId === undefined || earlier.patientId === patient.patientId;
}

function digitOf(
  bare: ReturnType<typeof bareAnswer>,
  assessment: Assessment,
  pending: Pending,
): Digit | undefined {
  if (pending.questionId === 'which_patient') return undefined;
  if (bare === 1 || bare === 2 || bare === 3) return bare;
  return bare === undefined ? assessment.digit : undefined;
}

function assessFor(
  body: string,
  context: ConversationContext,
  session: SessionView | undefined,
  earlier: readonly EarlierInbound[],
  pending: Pending | undefined,
): Assessment {
  const { text } = context;
  return assess({
    text: body,
    hoursSinceTreatment: hoursSince(session, text.receivedAt),
    device: session?.treatment.device ?? null,
    needleDepthMm: session?.treatment.needleDepthMm ?? null,
    ...(session === undefined ? {} : { areas: session.treatment.areas, flags: session.treatment.flags }),
    ...(pending === undefined
      ? {}
      : {
          pending: {
            questionId: pending.questionId,
            ...(pending.options === undefined ? {} : { options: pending.options }),
          },
        }),
    earlier: earlier.slice(-10).map((one) => ({
      text: one.body,
      level: one.level,
      hoursAgo: hoursBetween(one.at, text.receivedAt),
    })),
    media: text.mediaCount,
  });
}

/**
 * Several texts in a row are also read as one ("101" after "took my temperature"), which may only raise:
 * each was already acted on by itself.
 */
function readTogether(
  context: ConversationContext,
  session: SessionView | undefined,
  earlier: readonly EarlierInbound[],
  alone: Level,
): Level | undefined {
  const { text } = context;
  const row = earlier.filter((one) => secondsBetween(one.at, text.receivedAt) <= togetherSeconds).slice(-4);
  if (row.length === 0) return undefined;
  const before = row.map((one) => one.level);
  const joined = [...row.map((one) => one.body), text.body].join('\n');
  const together = assessFor(joined, context, session, [], undefined).level;
  return [alone, ...before].every((level) => severityOf(level) < severityOf(together)) ? together : undefined;
}

/** Product-rules 7: "worse after 48 h" is judged by the oldest treatment that is still healing. */
function oldestStillHealing(
  context: ConversationContext,
  patient: PatientView | undefined,
  earlier: readonly EarlierInbound[],
): Level | undefined {
  const { text } = context;
  const healing = (patient?.sessions ?? []).filter(
    (one) => hoursBetween(one.treatment.endedAt, text.receivedAt) <= healingHours,
  );
  const oldest = healing.at(-1);
  if (oldest === undefined || healing.length < 2) return undefined;
  const level = assessFor(text.body, context, oldest, earlier, undefined).level;
  return severityOf(level) >= severityOf('urgent') ? level : undefined;
}

/** Product-rules 8: after day 14 a sign is never called usual. */
function lateSign(level: Level, assessment: Assessment, hours: number | null): Level {
  const late = hours !== null && hours > healingHours;
  return late && level === 'self_care' && !onlySaysWell(assessment) ? 'review' : level;
}

const wellConcepts: ReadonlySet<string> = new Set(['all_good', 'improving', 'thanks', 'greeting']);

/** "All good, thanks": no sign is named, so nothing is called usual either. */
export function onlySaysWell(assessment: Assessment): boolean {
  const { concepts } = assessment;
  return concepts.length > 0 && concepts.every((concept) => wellConcepts.has(concept));
}

function hoursSince(session: SessionView | undefined, at: Instant): number | null {
  return session === undefined ? null : Math.max(0, hoursBetween(session.treatment.endedAt, at));
}
