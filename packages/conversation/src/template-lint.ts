import { analyse } from '@aftercare/sms/encoding';
import { englishGrade, spanishEase } from './readability.ts';
import { fillGaps, type Language, type TemplateId, templateIds, wordingOf } from './templates.ts';

/** Product-rules 9: the longest name a clinic may have; 12 characters of phone; the longest date and time. */
const longest = {
  clinic: 'W'.repeat(20),
  phone: '305-555-0100',
  time: '12:42 PM',
  by: '28 Nov 12:30 PM',
} as const;
const mostSegments = 2;
const hardestGrade = 7;
const leastEase = 65;

/** Answering with one of these would change the subscription at the carrier (product-rules 4 and 5). */
const reserved =
  /\b(?:stop|stopall|end|quit|cancel|revoke|optout|unsubscribe|start|unstop|yes|help|info|alto|baja)\b/i;
const mayNameReserved: ReadonlyMap<TemplateId, RegExp> = new Map([
  ['opt_out', /START (?:to resume|para volver)\./g],
  ['opt_out_after_severe', /START (?:to resume|para volver)\./g],
  ['opt_in', /STOP (?:to end|para terminar)\./g],
  ['help', /STOP (?:to end|para terminar)$/g],
]);

/**
 * Product-rules 3: no drug, no dose, no diagnosis, no promise that all is well. Blood thinners are its own
 * words.
 */
const forbidden: readonly RegExp[] = [
  /\b(?:ibuprofen|advil|tylenol|acetaminophen|aspirin|benadryl|valacyclovir)/i,
  /\b(?:antibiotic|antihistamine|steroid)/i,
  /\b(?:ibuprofeno|paracetamol|aspirina|antibi|antihist|cortisona|pomada|aciclovir)/i,
  /\b(?:infect|sepsis|celluli|herpes|anaphyla|allerg|granuloma|hyperpig|infecci|alerg|celulitis)/i,
  /\b\d+ ?(?:mg|ml)\b/i,
  /\b(?:you(?:'re| are) (?:fine|ok|okay|safe)|nothing to worry|don't worry|all is well|no problem)\b/i,
  /\b(?:est(?:a|á)s? bien|no se preocupe|no te preocupes|todo bien|no es nada)\b/i,
  /\b(?:needl|microneed|roller|derma|microaguj|tratamiento)/i,
];

/** Templates that a patient may get first and alone: each must say where to go in an emergency. */
const withoutEmergencyLine: ReadonlySet<TemplateId> = new Set([
  'wrong_number',
  'opt_out_after_severe',
  'seen_urgent',
]);

/** What is wrong with the texts, one line each; empty when all may be shown to a clinician. */
export function lintTemplates(): string[] {
  return templateIds.flatMap((id) =>
    (['en', 'es'] as const).flatMap((language) =>
      lintWording(id, language, wordingOf(id, language)).map(
        (fault) => `replies ${id} (${language}): ${fault}`,
      ),
    ),
  );
}

/** The same for one wording that is not released yet. */
export function lintWording(id: TemplateId, language: Language, wording: string): string[] {
  const size = analyse(fillGaps(wording, longest));
  const faults: string[] = [];
  if (size.encoding !== 'GSM-7')
    faults.push(`not GSM-7: ${size.offending.map((one) => one.character).join(' ')}`);
  if (size.segments > mostSegments) faults.push(`${size.segments} segments, at most ${mostSegments}`);
  const answerable = wording.replaceAll(mayNameReserved.get(id) ?? /(?!)/g, '');
  const word = reserved.exec(answerable);
  if (word !== null) faults.push(`names the reserved word "${word[0]}"`);
  for (const pattern of forbidden) {
    const found = pattern.exec(wording);
    if (found !== null) faults.push(`must not say "${found[0]}"`);
  }
  if (!withoutEmergencyLine.has(id) && !wording.includes('911')) faults.push('has no emergency line');
  return [...faults, ...hardToRead(wording, language)];
}

function hardToRead(wording: string, language: Language): string[] {
  if (language === 'en') {
    const grade = englishGrade(wording);
    return grade > hardestGrade ? [`reads at grade ${grade.toFixed(1)}, at most ${hardestGrade}`] : [];
  }
  const ease = spanishEase(wording);
  return ease < leastEase ? [`reading ease ${ease.toFixed(0)}, at least ${leastEase}`] : [];
}
