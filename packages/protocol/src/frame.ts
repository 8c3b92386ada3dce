import { listWords, type TextLine, type Wording } from './advice.ts';
import { fill } from './fill.ts';
import type { Texts } from './release.ts';

/**
 * What every text carries around its advice: who asks what, what to watch for, whom to call, how to leave.
 */
export type Frame = {
  /** Name and question, the wanted wording first, a shorter one for when nothing else makes the text fit. */
  openings: readonly string[];
  /** What the question asks about. */
  asks: readonly string[];
  /** Warning signs with the phone, 911, and STOP or the legal terms. */
  closing: readonly TextLine[];
  labels: readonly string[];
};

/**
 * The frame in the order of product-rules 9. `withTerms` replaces STOP by frequency, rates, HELP and STOP.
 */
export function frameOf(wording: Wording, clinicName: string, phone: string, withTerms: boolean): Frame {
  const { plan, release, style, texts } = wording;
  const frame = texts.frame[style];
  const question = questionTexts(texts, plan.day);
  const symptoms = style === 'concise' ? conciseSymptoms(texts, plan.watch) : standardSymptoms(wording);
  const eyes = plan.watch.includes(release.matrix.emergency[1] ?? '');
  const watch = fill(frame.watch, { symptoms: symptoms.words, phone });
  const questions = style === 'standard' ? [question.standard, question.concise] : [question.concise];
  return {
    openings: (style === 'concise' && withTerms ? [question.brief] : questions).map(
      (text) => `${clinicName}: ${text}`,
    ),
    asks: plan.question.covers.filter((id) => plan.facts.includes(id) || plan.watch.includes(id)),
    closing: [
      { text: watch, facts: symptoms.facts },
      {
        text: eyes ? frame.emergencyEyes : frame.emergency,
        facts: plan.watch.filter((id) => release.matrix.emergency.includes(id)),
      },
      { text: withTerms ? frame.terms : frame.stop, facts: [] },
    ],
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

/** Fever and pus always; other signs unless the day's question already asks for them. */
function standardSymptoms({ plan, release, texts }: Wording): { words: string; facts: string[] } {
  const always = release.matrix.alwaysWatched;
  const facts = plan.watch.filter(
    (id) => texts.symptoms[id] !== undefined && (always.includes(id) || !plan.question.covers.includes(id)),
  );
  const words = listWords(
    texts,
    facts.map((id) => texts.symptoms[id] ?? ''),
    texts.grammar.lastSymptom,
  );
  return { words: words.charAt(0).toUpperCase() + words.slice(1), facts };
}

/** One segment has room for the two signs of infection and, after heat, the burn: "Fever/pus/burn". */
function conciseSymptoms(texts: Texts, watch: readonly string[]): { words: string; facts: string[] } {
  const facts = watch.filter((id) => texts.conciseSymptoms[id] !== undefined);
  return { words: facts.map((id) => texts.conciseSymptoms[id]).join('/'), facts };
}
