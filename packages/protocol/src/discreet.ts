import { analyse } from '@aftercare/sms/encoding';
import { type ComposedText, SEGMENT_BUDGET } from './compose.ts';
import { fill } from './fill.ts';
import type { ProtocolRelease } from './release.ts';
import type { Language, Style } from './session.ts';

export type DiscreetRequest = {
  release: ProtocolRelease;
  day: number;
  language: Language;
  style: Style;
  clinicName: string;
  phone: string;
  includeProgramTerms?: boolean;
};

/**
 * The reminder for a number that several patients share, or that a minor's guardian answers: the question,
 * whom to call, 911 and STOP; no symptom, no date, no patient (product-rules 7). Always one segment in the
 * concise style: the sentence about the care sheet gives way to the legal terms.
 */
export function composeDiscreet(
  request: DiscreetRequest,
): ComposedText & { question: { id: string; labels: readonly string[] } } {
  const { release, day, language, style, clinicName, phone } = request;
  const texts = release.texts[language];
  const asked = questionOf(release, language, day);
  const frame = texts.frame[style];
  const ending = request.includeProgramTerms === true ? frame.terms : frame.stop;
  const opening = `${clinicName}: ${asked.brief}`;
  const closing = [fill(texts.discreet.watch, { phone }), texts.discreet.emergency, ending];
  const whole = [opening, texts.discreet.care, ...closing].join(' ');
  const fits = analyse(whole).segments <= SEGMENT_BUDGET[style];
  const body = fits ? whole : [opening, ...closing].join(' ');
  const { segments, encoding } = analyse(body);
  const question = { id: asked.id, labels: asked.labels };
  return { body, segments, encoding, facts: [], dropped: fits ? [] : ['care-sheet'], question };
}

function questionOf(release: ProtocolRelease, language: Language, day: number) {
  const questions = release.texts[language].questions;
  const days = Object.keys(questions).map(Number);
  const known = Math.max(...days.filter((candidate) => candidate <= day), Math.min(...days));
  const question = questions[String(known)];
  if (question === undefined) throw new Error(`the release asks no question on or before day ${day}`);
  const { id } = release.matrix.questions[String(known)] ?? { id: `day${known}` };
  return { id, brief: question.brief, labels: question.labels };
}
