import { analyse } from '@aftercare/sms/encoding';
import type { Instant } from '@aftercare/time/instant';
import { type Saying, sayingsOf } from './advice.ts';
import { type CareOptions, type CarePlan, carePlan } from './care.ts';
import { checkExtraAdvice } from './extra-advice.ts';
import { fill } from './fill.ts';
import { chooseFitting } from './fit.ts';
import { type Frame, frameOf } from './frame.ts';
import { currentRelease, type ProtocolRelease, type Role } from './release.ts';
import type { CareSession, Language, Style } from './session.ts';
import { linesOf, type TextLine, type Wording, worded } from './words.ts';

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
  /** Facts of the day of which nothing is said; `extraAdvice` for the clinic's own line. */
  dropped: string[];
};

/** One thing the day had to say, a ban by its item; `order` 0 is the most important of the day. */
export type Told = { order: number; fact: string; role: Role; lesser: boolean; item?: string };

export type ComposedReminder = ComposedText & {
  question: { id: string; labels: readonly string[] };
  /** The body sentence by sentence, each with the facts behind it: joined by blanks they are the body. */
  lines: readonly TextLine[];
  said: readonly Told[];
  unsaid: readonly Told[];
};

const LANGUAGES = ['en', 'es'] as const;
/** The GSM-7 characters that need an escape (3GPP TS 23.038). */
const TWO_SEPTETS = /[\f^{}\\[~\]|€]/g;
const SINGLE_UNITS = 160;
const PART_UNITS = 153;

/**
 * The reminder of one day, in the order of product-rules 9: name, question, dated facts, warning signs with
 * the phone, 911, STOP. What fits is chosen for both languages at once (`fit.ts`): a standard text says as
 * much as fits, a concise one its one dated fact.
 */
export function composeReminder(request: ReminderRequest): ComposedReminder {
  const { release, session, day, now, language } = request;
  const plan = carePlan(release, session, day, now, request);
  const sayings = sayingsOf(release, plan);
  const sides = LANGUAGES.map((one) => sideOf(request, plan, sayings, one));
  const extra = extraAdviceOf(request);
  const written = write(request, sayings, sides, extra ?? []);
  const side = sides[language === 'en' ? 0 : 1] ?? sides[0];
  if (side === undefined) throw new Error('a text has a language');
  const told = toldOf(sayings, written.chosen);
  const facts = new Set<string>();
  for (const line of written.lines) for (const fact of line.facts) facts.add(fact);
  const dropped = told.unsaidFacts;
  return {
    body: written.body,
    segments: written.segments,
    encoding: written.encoding,
    lines: written.lines,
    facts: [...facts],
    dropped: extra === undefined || written.extraKept ? dropped : [...dropped, 'extraAdvice'],
    question: { id: plan.question.id, labels: side.frame.labels },
    said: told.said,
    unsaid: told.unsaid,
  };
}

function toldOf(sayings: readonly Saying[], chosen: readonly number[]) {
  const said: Told[] = [];
  const unsaid: Told[] = [];
  const spoken = new Set<string>();
  let order = -1;
  for (const saying of sayings) {
    order += 1;
    const { fact, role, lesser } = saying;
    const told: Told = { order, fact, role, lesser };
    if (saying.kind === 'noun') told.item = saying.item;
    if (chosen.includes(order)) {
      said.push(told);
      spoken.add(fact);
    } else unsaid.push(told);
  }
  const silent = new Set<string>();
  for (const { fact } of unsaid) if (!spoken.has(fact)) silent.add(fact);
  return { said, unsaid, unsaidFacts: [...silent] };
}

type LanguageSide = { wording: Wording; frame: Frame; words: readonly string[]; closingUnits: number };

function sideOf(
  request: ReminderRequest,
  plan: CarePlan,
  sayings: readonly Saying[],
  language: Language,
): LanguageSide {
  const { release, style, clinicName, phone, includeProgramTerms } = request;
  const wording = { texts: release.texts[language], language, style, healing: plan.healing };
  const withTerms = includeProgramTerms === true;
  const frame = frameOf({ wording, matrix: release.matrix, plan, clinicName, phone, withTerms });
  const closingUnits = frame.closing.reduce((total, line) => total + line.text.length + 1, 0);
  return { wording, frame, words: sayings.map((saying) => worded(wording, saying)), closingUnits };
}

type Written = {
  chosen: readonly number[];
  lines: readonly TextLine[];
  body: string;
  segments: number;
  encoding: 'GSM-7' | 'UCS-2';
  extraKept: boolean;
};

/**
 * The long question with the clinic's own line, then the short question, then both without that line: the
 * first that leaves room for what matters most. The signs to watch, the phone, 911 and STOP never go.
 */
function write(
  request: ReminderRequest,
  sayings: readonly Saying[],
  sides: readonly LanguageSide[],
  extra: readonly string[],
): Written {
  const openings = sides[0]?.frame.openings.map((_, index) => index) ?? [];
  let fallback: Written | undefined;
  for (const line of extra.length > 0 ? [extra, []] : [extra]) {
    for (const opening of openings) {
      const written = writeWith(request, sayings, sides, opening, line);
      if (written.segments > SEGMENT_BUDGET[request.style]) continue;
      if (sayings.length === 0 || written.chosen.includes(0)) return written;
      fallback =
        fallback === undefined || fallback.chosen.length < written.chosen.length ? written : fallback;
    }
  }
  return fallback ?? writeWith(request, sayings, sides, Math.max(0, openings.length - 1), []);
}

function writeWith(
  request: ReminderRequest,
  sayings: readonly Saying[],
  sides: readonly LanguageSide[],
  opening: number,
  extra: readonly string[],
): Written {
  const { language, style, clinicName } = request;
  const budget = SEGMENT_BUDGET[style];
  const extraUnits = extra.reduce((total, text) => total + text.length + 1, 0);
  const measured = sides.map(({ wording, words, frame, closingUnits }) => {
    const frameUnits = (frame.openings[opening] ?? '').length + extraUnits + closingUnits;
    return { wording, words, frameUnits };
  });
  const side = sides[language === 'en' ? 0 : 1];
  if (side === undefined) throw new Error('a text has a language');
  // Characters that cost two septets are rare: only then is the room taken smaller and the text tried again.
  let maxUnits = budget === 1 ? SINGLE_UNITS : budget * PART_UNITS;
  for (const text of [clinicName, ...extra]) maxUnits -= text.length - text.replace(TWO_SEPTETS, '').length;
  for (;;) {
    const chosen = chooseFitting(sayings, measured, maxUnits, style);
    const words = chosen.flatMap((index) => {
      const saying = sayings[index];
      return saying === undefined ? [] : { saying, words: side.words[index] ?? '' };
    });
    const lines = [
      { text: side.frame.openings[opening] ?? '', facts: side.frame.asks },
      ...linesOf(side.wording, words, request.release.matrix.cites),
      ...extra.map((text) => ({ text, facts: [] })),
      ...side.frame.closing,
    ];
    const body = lines.map((line) => line.text).join(' ');
    const { segments, encoding } = analyse(body);
    if (segments <= budget || chosen.length === 0)
      return { chosen, lines, body, segments, encoding, extraKept: extra.length > 0 };
    maxUnits -= 1;
  }
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
