import { analyse } from '@aftercare/sms/encoding';
import { type ComposedReminder, composeConfirmation, composeReminder } from '../compose.ts';
import { fernandezHuertaEase, fleschKincaidGrade } from '../reading-grade.ts';
import type { ContentProblem } from '../schema.ts';
import type { Language, Style } from '../session.ts';
import { type Case, casesOf, LONGEST_NAME, PHONE, REFERENCE_NAME } from './cases.ts';
import type { ProtocolContent } from './content.ts';
import { sentenceFaults } from './word-rules.ts';

/** The hardest English and the least easy Spanish that may go (issue: plain warm language). */
export const READING_LIMITS = { en: 6, es: 70 } as const;
const SEPTET_LIMITS = { standard: 306, concise: 160 } as const;

export type TextCounts = {
  cells: number;
  texts: number;
  worst: Record<`${Language} ${Style}`, { septets: number; segments: number; grade: number }>;
};

/** Composes every case and judges the text as sent. */
export function textProblems(content: ProtocolContent): { problems: ContentProblem[]; counts: TextCounts } {
  const faulty = new Map<string, ContentProblem & { alike: number }>();
  const counts: TextCounts = { cells: 0, texts: 0, worst: emptyWorst() };
  const cells = new Set<string>();
  for (const example of casesOf(content.release.days)) {
    const reminder = composeReminder({ ...example, release: content.release, phone: PHONE });
    counts.texts += 1;
    cells.add(cellOf(example));
    const faults = [...bodyFaults(reminder, example), ...referenceFaults(content, reminder, example)];
    record(counts, example, reminder);
    for (const message of faults) collect(faulty, `texts.${example.language}.json`, example.name, message);
  }
  counts.cells = cells.size;
  const problems = [...faulty.values()].map(({ file, key, message, alike }) => ({
    file,
    key,
    message: alike === 0 ? message : `${message} (and ${alike} more texts)`,
  }));
  return { problems: [...problems, ...confirmationProblems(content)], counts };
}

/** One fault of the words shows in hundreds of texts: the first is named, the others are counted. */
function collect(
  faulty: Map<string, ContentProblem & { alike: number }>,
  file: string,
  key: string,
  message: string,
): void {
  const known = faulty.get(`${file} ${message}`);
  if (known === undefined) faulty.set(`${file} ${message}`, { file, key, message, alike: 0 });
  else known.alike += 1;
}

function bodyFaults(reminder: ComposedReminder, example: Case): string[] {
  const { body } = reminder;
  const { style, language, clinicName } = example;
  const { units } = analyse(body);
  const frameless = advicePart(body, clinicName);
  const grade = gradeOf(frameless, language);
  const facts = new Set(reminder.facts);
  return [
    ...sentenceFaults(frameless),
    ...(reminder.encoding === 'GSM-7' ? [] : ['is not GSM-7']),
    ...(units > SEPTET_LIMITS[style] || reminder.segments > (style === 'concise' ? 1 : 2)
      ? [`has ${units} septets in ${reminder.segments} segments, ${SEPTET_LIMITS[style]} are allowed`]
      : []),
    ...(body.startsWith(`${clinicName}: `) ? [] : ['does not open with the clinic']),
    ...[PHONE, '911', 'STOP', '1 ', '2 ', '3 ']
      .filter((part) => !body.includes(part))
      .map((part) => `misses "${part}"`),
    ...(/[{}]/.test(body) ? ['holds an unfilled placeholder'] : []),
    ...(tooHard(grade, language)
      ? [`reads at ${grade.toFixed(1)}, ${READING_LIMITS[language]} is the limit`]
      : []),
    ...(['F-131', 'F-132', 'X-01'].every((id) => facts.has(id)) ? [] : ['lost its safety line']),
  ];
}

/** In the reference text nothing of the clinician's cell may be dropped for room (C3, C7). */
function referenceFaults(content: ProtocolContent, reminder: ComposedReminder, example: Case): string[] {
  if (!example.reference || example.includeProgramTerms) return [];
  if (example.style === 'concise') {
    return reminder.dropped.length === 0
      ? []
      : [`has no room for its one dated fact (${reminder.dropped.join(', ')})`];
  }
  const classId = example.name.slice(0, example.name.indexOf(' '));
  const cell =
    Object.entries(content.release.matrix.cells[example.day] ?? {}).find(([id]) => id === classId)?.[1] ?? [];
  const lost = cell.filter((id) => id.startsWith('F-') && reminder.dropped.includes(id));
  if (lost.length === 0) return [];
  const lengths = reminder.facts.flatMap((id) => {
    const phrase = content.release.texts[example.language].phrases[id];
    return phrase === undefined ? [] : [`phrases.${id} ${phrase.length}`];
  });
  return [
    `is over ${SEPTET_LIMITS.standard} septets: no room for ${lost.join(', ')}. Shorten one of: ${lengths.join(', ')}`,
  ];
}

/** What the patient reads of care: without name, phone, STOP and the legal terms (issue: reading grade). */
export function advicePart(body: string, clinicName: string): string {
  return body
    .slice(body.startsWith(`${clinicName}: `) ? clinicName.length + 2 : 0)
    .replace(/(?: 4 (?:texts|textos|mensajes).*| STOP to end| STOP=fin)$/, '')
    .replace(/ (?:Emergency|Emergencia): 911$/, '')
    .replace(/ (?:Unwell\?|¿Se siente mal\?) 305-555-0100\./, '')
    .replace(/(?:: )?(?:call |llame al )?305-555-0100/, '');
}

/** Flesch-Kincaid grade for English, Fernández-Huerta ease for Spanish. */
export function gradeOf(text: string, language: Language): number {
  return language === 'en' ? fleschKincaidGrade(text) : fernandezHuertaEase(text);
}

export function tooHard(grade: number, language: Language): boolean {
  return language === 'en' ? grade > READING_LIMITS.en : grade < READING_LIMITS.es;
}

function confirmationProblems(content: ProtocolContent): ContentProblem[] {
  return (['en', 'es'] as const).flatMap((language) =>
    [REFERENCE_NAME, LONGEST_NAME].flatMap((clinicName) => {
      const { release } = content;
      const text = composeConfirmation({ language, clinicName, phone: PHONE, release });
      const place = { file: `texts.${language}.json`, key: 'confirmation' };
      if (text.segments === 1 && text.encoding === 'GSM-7') return [];
      return [
        { ...place, message: `takes ${text.segments} segments of ${text.encoding} with "${clinicName}"` },
      ];
    }),
  );
}

function record(counts: TextCounts, example: Case, reminder: ComposedReminder): void {
  const worst = counts.worst[`${example.language} ${example.style}`];
  worst.septets = Math.max(worst.septets, analyse(reminder.body).units);
  worst.segments = Math.max(worst.segments, reminder.segments);
  const grade = gradeOf(advicePart(reminder.body, example.clinicName), example.language);
  worst.grade = example.language === 'en' ? Math.max(worst.grade, grade) : Math.min(worst.grade, grade);
}

function emptyWorst(): TextCounts['worst'] {
  return {
    'en standard': { septets: 0, segments: 0, grade: 0 },
    'en concise': { septets: 0, segments: 0, grade: 0 },
    'es standard': { septets: 0, segments: 0, grade: 206.84 },
    'es concise': { septets: 0, segments: 0, grade: 206.84 },
  };
}

function cellOf(example: Case): string {
  return example.name.replace(/, ended .*$/, '').replace(/ (?:en|es) (?:standard|concise)/, '');
}
