import { analyse } from '@aftercare/sms/encoding';
import type { Instant } from '@aftercare/time/instant';
import { type Advice, adviceOf, type TextLine, type Wording } from './advice.ts';
import { type CareOptions, carePlan } from './care.ts';
import { checkExtraAdvice } from './extra-advice.ts';
import { fill } from './fill.ts';
import { fitToSegments } from './fit.ts';
import { frameOf } from './frame.ts';
import { currentRelease, type ProtocolRelease } from './release.ts';
import type { CareSession, Language, Style } from './session.ts';

/** The largest number of segments of a text in each style (issue: standard two, concise exactly one). */
export const SEGMENT_BUDGET = { standard: 2, concise: 1 } as const;

export type ReminderRequest = CareOptions & {
  release: ProtocolRelease;
  session: CareSession;
  day: number;
  now: Instant;
  language: Language;
  style: Style;
  /** At most 20 GSM-7 characters, validated with the clinic's configuration (product-rules 9). */
  clinicName: string;
  phone: string;
  /**
   * The confirmation was not sent: its frequency, rates and HELP wording joins this text (product-rules 8).
   */
  includeProgramTerms?: boolean;
};

export type ComposedText = {
  body: string;
  segments: number;
  encoding: 'GSM-7' | 'UCS-2';
  /** Ids of the facts and lines that stand in the body. */
  facts: string[];
  /** What did not fit, in the order of the cell; `extraAdvice` for the clinic's own line. */
  dropped: string[];
};

export type ComposedReminder = ComposedText & {
  question: { id: string; labels: readonly string[] };
  /** The body sentence by sentence, each with the facts behind it: joined by blanks they are the body. */
  lines: readonly TextLine[];
};

/**
 * The reminder of one day, in the order of product-rules 9: name, question, dated facts, warning signs with
 * the phone, 911, STOP. A concise text carries the day's one dated fact, a standard one as many facts as fit
 * (`fit.ts`).
 */
export function composeReminder(request: ReminderRequest): ComposedReminder {
  const { release, session, day, now, language, style } = request;
  const texts = release.texts[language];
  const plan = carePlan(release, session, day, now, request);
  const wording: Wording = { release, texts, plan, language, style };
  const frame = frameOf(wording, request.clinicName, request.phone, request.includeProgramTerms === true);
  const all = adviceOf(wording, plan.facts);
  const headline = () => headlineOf(wording, all);
  const advices = style === 'concise' ? headline() : all;
  const extra = extraAdviceOf(request);
  const fitted = fitToSegments(
    { texts, frame, advices, headline, extra: extra ?? [] },
    SEGMENT_BUDGET[style],
  );
  const shown = fitted.advices.map((advice) => advice.fact);
  const dropped = advices.map((advice) => advice.fact).filter((fact) => !shown.includes(fact));
  return {
    body: fitted.body,
    segments: fitted.segments,
    encoding: fitted.encoding,
    lines: fitted.lines,
    facts: [...new Set(fitted.lines.flatMap((line) => line.facts))],
    dropped: extra === undefined || fitted.extraKept ? dropped : [...dropped, 'extraAdvice'],
    question: { id: plan.question.id, labels: frame.labels },
  };
}

/**
 * The day-0 text of product-rules 8 and 9: programme, frequency, 911, phone, rates, HELP, STOP; no care
 * advice.
 */
export function composeConfirmation(request: {
  language: Language;
  clinicName: string;
  phone: string;
  release?: ProtocolRelease;
}): ComposedText {
  const texts = (request.release ?? currentRelease()).texts[request.language];
  const body = fill(texts.confirmation, { clinic: request.clinicName, phone: request.phone });
  const { segments, encoding } = analyse(body);
  return { body, segments, encoding, facts: [], dropped: [] };
}

/**
 * The dated fact of the day: the release's first choice that still waits, else any that waits, else what
 * there is.
 */
function headlineOf(wording: Wording, all: readonly Advice[]): Advice[] {
  const candidates = adviceOf(wording, headlineFacts(wording));
  const dated = (advice: Advice) => advice.dated;
  const chosen = candidates.find(dated) ?? all.find(dated) ?? candidates[0] ?? all[0];
  return chosen === undefined ? [] : [chosen];
}

function headlineFacts({ plan, release }: Wording): string[] {
  const sun = release.modifiers.sunLine.waiting;
  const first = plan.facts[0] === sun ? [sun] : [];
  const listed = release.matrix.headlines[String(plan.day)] ?? [];
  return [...first, ...listed.filter((fact) => plan.facts.includes(fact))];
}

/**
 * `undefined` without a line for the day; empty when it may not be sent (weaker than the protocol, or
 * refused).
 */
function extraAdviceOf({ release, session, day }: ReminderRequest): string[] | undefined {
  const text = session.extraAdvice?.[String(day)];
  if (text === undefined) return undefined;
  const check = checkExtraAdvice(text, release, session, day);
  if (!check.ok || !check.keep) return [];
  return [/[.!?]$/.test(check.text) ? check.text : `${check.text}.`];
}
