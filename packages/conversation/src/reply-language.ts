import type { Assessment } from '@aftercare/triage/assessment';
import { bareAnswer } from './answer-digits.ts';
import type { ConversationContext, PatientView } from './context.ts';
import type { Language } from './templates.ts';

const asksFor: readonly (readonly [Language, RegExp])[] = [
  ['en', /\b(?:english please|in english|en ingl[eé]s|no spanish|no hablo espa[nñ]ol|text me in english)\b/i],
  ['es', /\b(?:en espa[nñ]ol|espa[nñ]ol por favor|in spanish|no english|no hablo ingl[eé]s)\b/i],
];

/** The language somebody asks to be written in, when the text says so. */
export function requestedLanguage(body: string): Language | undefined {
  return asksFor.find(([, words]) => words.test(body))?.[0];
}

/**
 * The language of the reply: the one asked for, else the one written in, as far as the clinic has it. A
 * digit, an emoji or a word or two says nothing about English; Spanish is recognised by its words, so one
 * is enough.
 */
export function replyLanguage(
  context: ConversationContext,
  patient: PatientView | undefined,
  assessment: Assessment,
): Language {
  const { clinic, text } = context;
  const usual = patient?.language ?? clinic.defaultLanguage;
  const written = writtenLanguage(text.body, assessment, usual);
  const wanted = requestedLanguage(text.body) ?? written;
  return clinic.languages.includes(wanted) ? wanted : usual;
}

function writtenLanguage(body: string, assessment: Assessment, usual: Language): Language {
  if (bareAnswer(body) !== undefined || assessment.language === 'other') return usual;
  const words = body.match(/\p{L}+/gu)?.length ?? 0;
  return assessment.language === 'en' && words < 3 ? usual : assessment.language;
}
