import { hoursBetween } from '@aftercare/time/instant';
import { severityOf } from '@aftercare/triage/assessment';
import { aliveQuestion, bareAnswer } from './answer-digits.ts';
import type { ConversationContext, PatientView } from './context.ts';
import { type Reading, readFor } from './reading.ts';

const healingHours = 14 * 24;

export type Chosen = {
  readonly reading: Reading;
  /** More than one person it could be about: the most urgent reading was taken. */
  readonly candidates: readonly PatientView[];
};

/**
 * Who a text is about (product-rules 7). One patient under the number, or one still healing, or the one
 * whose question a bare answer answers. Otherwise it is read for each and the most urgent reading counts.
 */
export function choosePatient(context: ConversationContext): Chosen {
  const [only, ...others] = context.patients;
  if (only === undefined || others.length === 0) return { reading: readFor(context, only), candidates: [] };
  const candidates = candidatesOf(context);
  const readings = candidates.map((patient) => readFor(context, patient));
  const reading = readings.reduce((worst, one) =>
    severityOf(one.level) > severityOf(worst.level) ? one : worst,
  );
  return { reading, candidates: candidates.length > 1 ? candidates : [] };
}

/** A number with several patients or a minor gets no named symptom, patient or date (product-rules 7). */
export function mustBeDiscreet(context: ConversationContext): boolean {
  return context.patients.length > 1 || context.patients.some((patient) => patient.minor);
}

function candidatesOf(context: ConversationContext): [PatientView, ...PatientView[]] {
  const { patients, text } = context;
  const alive = aliveQuestion(patients, text.receivedAt);
  if (
    alive !== undefined &&
    bareAnswer(text.body) !== undefined &&
    !isSharedQuestion(context, alive.pending.askedAt)
  )
    return [alive.patient];
  const healing = patients.filter((patient) =>
    patient.sessions.some((one) => hoursBetween(one.treatment.endedAt, text.receivedAt) <= healingHours),
  );
  const [first, ...rest] = healing.length > 0 ? healing : patients;
  if (first === undefined) throw new Error('A number with several patients has at least one');
  return [first, ...rest];
}

/**
 * Two patients due on one date for one number get one text (product-rules 7), so one question is asked of
 * both.
 */
function isSharedQuestion(context: ConversationContext, askedAt: string): boolean {
  return context.patients.filter((patient) => patient.pending?.askedAt === askedAt).length > 1;
}
