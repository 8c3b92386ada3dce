import { analyse } from '@aftercare/sms/encoding';
import type { Instant } from '@aftercare/time/instant';
import { type Advice, adviceOf, listWords, sentencesOf, type Wording } from './advice.ts';
import { type CareOptions, carePlan } from './care.ts';
import { checkExtraAdvice } from './extra-advice.ts';
import { currentRelease, type ProtocolRelease, type Texts } from './release.ts';
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
  /** The confirmation was not sent: its frequency, rates and HELP wording joins this text (product-rules 8). */
  includeProgramTerms?: boolean;
};

export type ComposedText = {
  body: string;
  segments: number;
  encoding: 'GSM-7' | 'UCS-2';
  /** Ids of the facts and lines that stand in the body, in order of appearance. */
  facts: string[];
  /** What did not fit, in the order of the cell; `extraAdvice` for the clinic's own line. */
  dropped: string[];
};

export type ComposedReminder = ComposedText & { question: { id: string; labels: readonly string[] } };

/**
 * The reminder of one day, in the order of product-rules 9: name, question, dated facts, warning signs with the phone,
 * 911, STOP. Facts are dropped from the end until it fits, the day's dated fact last of all, the clinic's own line only
 * after the facts; the question, the safety line and STOP never.
 */
export function composeReminder(request: ReminderRequest): ComposedReminder {
  const { release, session, day, now, language, style } = request;
  const texts = release.texts[language];
  const plan = carePlan(release, session, day, now, request);
  const wording: Wording = { release, texts, plan, language, style };
  const frame = frameOf(request, texts, wording);
  const all = adviceOf(wording, plan.facts);
  const headline = headlineOf(release, wording, all);
  const fitted = fitToBudget(request, texts, frame, style === 'concise' ? headline : all, headline);
  const shown = fitted.advices.map((advice) => advice.fact);
  const candidates = style === 'concise' ? headline : all;
  const dropped = candidates.map((advice) => advice.fact).filter((fact) => !shown.includes(fact));
  const covered = plan.question.covers.filter(
    (fact) => plan.facts.includes(fact) || plan.watch.includes(fact),
  );
  return {
    ...measured(fitted.body),
    facts: [...new Set([...covered, ...shown, ...frame.facts])],
    dropped: fitted.extraDropped ? [...dropped, 'extraAdvice'] : dropped,
    question: { id: plan.question.id, labels: frame.labels },
  };
}

/** The day-0 text of product-rules 8 and 9: programme, frequency, 911, phone, rates, HELP, STOP; no care advice. */
export function composeConfirmation(request: {
  language: Language;
  clinicName: string;
  phone: string;
  release?: ProtocolRelease;
}): ComposedText {
  const texts = (request.release ?? currentRelease()).texts[request.language];
  const body = texts.confirmation.replace('{clinic}', request.clinicName).replace('{phone}', request.phone);
  return { ...measured(body), facts: [], dropped: [] };
}

type FrameParts = { opening: string; closing: string; facts: readonly string[]; labels: readonly string[] };

function frameOf(request: ReminderRequest, texts: Texts, wording: Wording): FrameParts {
  const { style, release, clinicName, phone } = request;
  const { plan } = wording;
  const frame = texts.frame[style];
  const question = questionTexts(texts, plan.day);
  const symptoms =
    style === 'concise' ? conciseSymptoms(texts, plan.watch) : standardSymptoms(texts, wording);
  const eyes = plan.watch.includes(release.matrix.emergency[1] ?? '');
  const emergency = eyes ? frame.emergencyEyes : frame.emergency;
  const watch = frame.watch.replace('{symptoms}', symptoms.words).replace('{phone}', phone);
  const ending = request.includeProgramTerms === true ? frame.terms : frame.stop;
  return {
    opening: `${clinicName}: ${question[style]}`,
    closing: `${watch} ${emergency} ${ending}`,
    facts: [...symptoms.facts, ...plan.watch.filter((id) => release.matrix.emergency.includes(id))],
    labels: question.labels,
  };
}

function questionTexts(texts: Texts, day: number): Texts['questions'][string] {
  const days = Object.keys(texts.questions).map(Number);
  const known = Math.max(...days.filter((candidate) => candidate <= day), Math.min(...days));
  const question = texts.questions[String(known)];
  if (question === undefined) throw new Error(`the release asks no question on or before day ${day}`);
  return question;
}

function standardSymptoms(texts: Texts, wording: Wording): { words: string; facts: string[] } {
  const { plan, release } = wording;
  const always = release.matrix.alwaysWatched;
  const facts = plan.watch.filter(
    (id) => texts.symptoms[id] !== undefined && (always.includes(id) || !plan.question.covers.includes(id)),
  );
  const words = facts.map((id) => texts.symptoms[id] ?? '');
  return { words: capitalised(listWords(texts, words, texts.grammar.lastSymptom)), facts };
}

/** One segment has room for the two signs of infection and, after heat, the burn: "Fever/pus/burn". */
function conciseSymptoms(texts: Texts, watch: readonly string[]): { words: string; facts: string[] } {
  const facts = watch.filter((id) => texts.conciseSymptoms[id] !== undefined);
  return { words: facts.map((id) => texts.conciseSymptoms[id]).join('/'), facts };
}

/** The dated fact of the day: the release's first choice that still waits, else its first that says anything. */
function headlineOf(release: ProtocolRelease, wording: Wording, all: readonly Advice[]): Advice[] {
  const wanted = headlineFacts(release, wording);
  const candidates = adviceOf(wording, wanted);
  const chosen =
    candidates.find((advice) => advice.dated) ??
    all.find((advice) => advice.dated) ??
    candidates[0] ??
    all[0];
  return chosen === undefined ? [] : [chosen];
}

function headlineFacts(release: ProtocolRelease, wording: Wording): string[] {
  const { plan } = wording;
  const sun = release.modifiers.sunLine.waiting;
  const first = plan.facts[0] === sun ? [sun] : [];
  const listed = release.matrix.headlines[String(plan.day)] ?? [];
  return [...first, ...listed.filter((fact) => plan.facts.includes(fact))];
}

type Fitted = { body: string; advices: readonly Advice[]; extraDropped: boolean };

/** Drops advice from the end until the text fits, the dated fact last; only then the clinic's own line. */
function fitToBudget(
  request: ReminderRequest,
  texts: Texts,
  frame: FrameParts,
  all: readonly Advice[],
  kept: readonly Advice[],
): Fitted {
  const extra = extraAdviceOf(request);
  const withExtra = fitAround(request, texts, frame, all, kept, extra.words);
  if (withExtra !== undefined) return { ...withExtra, extraDropped: extra.weaker };
  const without = fitAround(request, texts, frame, all, kept, []);
  const bare = { body: `${frame.opening} ${frame.closing}`, advices: [] };
  return { ...(without ?? bare), extraDropped: extra.words.length > 0 || extra.weaker };
}

function fitAround(
  request: ReminderRequest,
  texts: Texts,
  frame: FrameParts,
  all: readonly Advice[],
  kept: readonly Advice[],
  extra: readonly string[],
): { body: string; advices: readonly Advice[] } | undefined {
  let advices = all;
  for (;;) {
    const body = [frame.opening, ...sentencesOf(texts, advices), ...extra, frame.closing].join(' ');
    if (analyse(body).segments <= SEGMENT_BUDGET[request.style]) return { body, advices };
    if (advices.length === 0) return undefined;
    advices = withoutLast(advices, kept);
  }
}

function withoutLast(advices: readonly Advice[], kept: readonly Advice[]): Advice[] {
  const facts = kept.map((advice) => advice.fact);
  const last = advices.findLastIndex((advice) => !facts.includes(advice.fact));
  return last < 0 ? advices.slice(0, -1) : advices.toSpliced(last, 1);
}

function extraAdviceOf(request: ReminderRequest): { words: string[]; weaker: boolean } {
  const text = request.session.extraAdvice?.[String(request.day)];
  if (text === undefined) return { words: [], weaker: false };
  const check = checkExtraAdvice(text, request.release, request.session, request.day);
  if (!check.ok || !check.keep) return { words: [], weaker: true };
  return { words: [/[.!?]$/.test(check.text) ? check.text : `${check.text}.`], weaker: false };
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function measured(body: string): { body: string; segments: number; encoding: 'GSM-7' | 'UCS-2' } {
  const { segments, encoding } = analyse(body);
  return { body, segments, encoding };
}
