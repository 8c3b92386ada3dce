import type { CarePlan } from './care.ts';
import { fill } from './fill.ts';
import type { Matrix, Texts } from './release.ts';
import { listWords, type TextLine, type Wording } from './words.ts';

/**
 * What every text carries around its advice: who asks what, what to watch for, whom to call, how to leave.
 */
export type Frame = {
  /** Name and question, the wanted wording first, a shorter one for when the first leaves no room. */
  openings: readonly string[];
  /** What the question asks about. */
  asks: readonly string[];
  /** Warning signs with the phone, 911, and STOP or the legal terms. */
  closing: readonly TextLine[];
  labels: readonly string[];
};

export type FrameRequest = {
  wording: Wording;
  matrix: Matrix;
  plan: CarePlan;
  clinicName: string;
  phone: string;
  /** Frequency, rates, HELP and STOP in place of STOP alone. */
  withTerms: boolean;
};

const MAX_KNOWN_FRAMES = 512;
const knownFrames = new WeakMap<Texts, Map<string, Omit<Frame, 'asks'>>>();

/** The frame in the order of product-rules 9; a clinic's texts of one day mostly share theirs. */
export function frameOf(request: FrameRequest): Frame {
  const { wording, plan, clinicName, phone, withTerms } = request;
  const { covers } = plan.question;
  const asks = covers.filter((id) => plan.facts.includes(id) || plan.watch.includes(id));
  const frames = knownFrames.get(wording.texts) ?? new Map<string, Omit<Frame, 'asks'>>();
  const signs = `${plan.watch.join()}|${covers.join()}`;
  const key = `${plan.day}|${wording.style}|${withTerms}|${phone}|${signs}|${clinicName}`;
  const known = frames.get(key);
  if (known !== undefined) return { ...known, asks };
  const written = writtenFrame(request);
  if (frames.size >= MAX_KNOWN_FRAMES) frames.clear();
  knownFrames.set(wording.texts, frames.set(key, written));
  return { ...written, asks };
}

function writtenFrame(request: FrameRequest): Omit<Frame, 'asks'> {
  const { wording, matrix, plan, clinicName, phone, withTerms } = request;
  const { texts, style } = wording;
  const frame = texts.frame[style];
  const question = questionTexts(texts, plan.day);
  const symptoms = style === 'concise' ? conciseSymptoms(texts, plan.watch) : standardSymptoms(request);
  const short = style === 'concise' && withTerms;
  const words = short
    ? symptoms.words.join(texts.grammar.shortSymptom)
    : listWords(texts, symptoms.words, texts.grammar.lastSymptom);
  const watch = fill(withTerms ? frame.watchWithTerms : frame.watch, { symptoms: words, phone });
  const eyes = plan.watch.includes(matrix.emergency[1] ?? '');
  const { standard, concise, brief } = question;
  const openings = style === 'standard' ? [standard, concise] : withTerms ? [brief] : [concise, brief];
  return {
    openings: openings.map((text) => `${clinicName}: ${text}`),
    closing: [
      { text: watch.charAt(0).toUpperCase() + watch.slice(1), facts: symptoms.facts },
      {
        text: eyes ? frame.emergencyEyes : frame.emergency,
        facts: plan.watch.filter((id) => matrix.emergency.includes(id)),
      },
      { text: withTerms ? frame.terms : frame.stop, facts: [] },
    ],
    labels: question.labels,
  };
}

function questionTexts(texts: Texts, day: number): Texts['questions'][string] {
  const asked = texts.questions[String(day)];
  if (asked !== undefined) return asked;
  const days = Object.keys(texts.questions).map(Number);
  const known = Math.max(...days.filter((candidate) => candidate <= day), Math.min(...days));
  const question = texts.questions[String(known)];
  if (question === undefined) throw new Error(`the release asks no question on or before day ${day}`);
  return question;
}

type Symptoms = { words: readonly string[]; facts: readonly string[] };

/** Fever and pus always; other signs unless the day's question already asks for them. */
function standardSymptoms({ plan, matrix, wording }: FrameRequest): Symptoms {
  const { symptoms } = wording.texts;
  const facts = plan.watch.filter(
    (id) =>
      symptoms[id] !== undefined && (matrix.alwaysWatched.includes(id) || !plan.question.covers.includes(id)),
  );
  return { words: facts.map((id) => symptoms[id] ?? ''), facts };
}

/** One segment has room for the two signs of infection and, after heat, the burn. */
function conciseSymptoms(texts: Texts, watch: readonly string[]): Symptoms {
  const facts = watch.filter((id) => texts.conciseSymptoms[id] !== undefined);
  return { words: facts.map((id) => texts.conciseSymptoms[id] ?? ''), facts };
}
