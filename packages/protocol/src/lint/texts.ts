import { analyse } from '@aftercare/sms/encoding';
import {
  type ComposedReminder,
  composeConfirmation,
  composeReminder,
  SEGMENT_BUDGET,
  type Told,
} from '../compose.ts';
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

/** Composes every case, or those given, and judges the text as sent. */
export function textProblems(
  content: Pick<ProtocolContent, 'release' | 'noRoom'>,
  examples: Iterable<Case> = casesOf(content.release.days),
): { problems: ContentProblem[]; counts: TextCounts } {
  const faulty = new Map<string, ContentProblem & { alike: number }>();
  const counts: TextCounts = { cells: 0, texts: 0, worst: emptyWorst() };
  const cells = new Set<string>();
  const judged = new Map<string, Judgement>();
  const told = new Map<string, string>();
  for (const example of examples) {
    const reminder = composeReminder({ ...example, release: content.release, phone: PHONE });
    counts.texts += 1;
    cells.add(cellOf(example));
    const words = judge(judged, advicePart(reminder.body, example.clinicName), example.language);
    const faults = [
      ...words.faults,
      ...bodyFaults(reminder, example),
      ...orderFaults(reminder),
      ...parityFaults(told, reminder, example),
      ...referenceFaults(content, reminder, example),
    ];
    record(counts, example, reminder, words.grade);
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

type Judgement = { faults: readonly string[]; grade: number };

/** The same words stand in many texts and need judging once. */
function judge(judged: Map<string, Judgement>, care: string, language: Language): Judgement {
  const known = judged.get(`${language} ${care}`);
  if (known !== undefined) return known;
  const grade = gradeOf(care, language);
  const hard = `reads at ${grade.toFixed(1)}, ${READING_LIMITS[language]} is the limit`;
  const judgement = { grade, faults: [...sentenceFaults(care), ...(tooHard(grade, language) ? [hard] : [])] };
  judged.set(`${language} ${care}`, judgement);
  return judgement;
}

function bodyFaults({ body, encoding, facts, segments }: ComposedReminder, example: Case): string[] {
  const { style, clinicName } = example;
  const { units } = analyse(body);
  return [
    ...(encoding === 'GSM-7' ? [] : ['is not GSM-7']),
    ...(units > SEPTET_LIMITS[style] || segments > SEGMENT_BUDGET[style]
      ? [`has ${units} septets in ${segments} segments, ${SEPTET_LIMITS[style]} are allowed`]
      : []),
    ...(body.startsWith(`${clinicName}: `) ? [] : ['does not open with the clinic']),
    ...[PHONE, '911', 'STOP', '1 ', '2 ', '3 ']
      .filter((part) => !body.includes(part))
      .map((part) => `misses "${part}"`),
    ...(/[{}]/.test(body) ? ['holds an unfilled placeholder'] : []),
    ...(['F-131', 'F-132', 'X-01'].every((id) => facts.includes(id)) ? [] : ['lost its safety line']),
  ];
}

/** A prohibition never loses its place to a reassurance; the lesser ones only fill what is left. */
export function orderFaults({ said, unsaid }: Pick<ComposedReminder, 'said' | 'unsaid'>): string[] {
  const comfort = said.find(({ role }) => role === 'expect');
  const ban = unsaid.find(({ role, lesser }) => role === 'ban' && !lesser);
  if (comfort === undefined || ban === undefined) return [];
  return [`says what is normal (${comfort.fact}) but has no room for the ban ${nameOf(ban)}`];
}

/**
 * The same patient is told the same in every language: `told` keeps what the first language said of each
 * case.
 */
export function parityFaults(
  told: Map<string, string>,
  { said }: Pick<ComposedReminder, 'said'>,
  { name, language }: Pick<Case, 'name' | 'language'>,
): string[] {
  const key = name.replace(` ${language} `, ' ');
  const says = said.map(nameOf).join(', ');
  const other = told.get(key);
  told.set(key, says);
  return other === undefined || other === says ? [] : [`says ${says}, the other language says ${other}`];
}

function nameOf({ fact, item }: Pick<Told, 'fact' | 'item'>): string {
  return item === undefined ? fact : `${fact} ${item}`;
}

/**
 * The reference text leaves out nothing of its cell and no main ban but what no-room.json admits, a concise
 * one never what comes first on the day: a longer phrase cannot push something out unseen.
 */
function referenceFaults(
  content: Pick<ProtocolContent, 'release' | 'noRoom'>,
  reminder: ComposedReminder,
  example: Case,
): string[] {
  if (!example.reference || example.includeProgramTerms) return [];
  if (example.style === 'concise') {
    const first = reminder.unsaid.find(({ order }) => order === 0);
    return first === undefined ? [] : [`has no room for ${nameOf(first)}, the first of the day`];
  }
  const classId = example.name.slice(0, example.name.indexOf(' '));
  const known = content.noRoom[`day ${example.day} ${classId}`] ?? [];
  const owed = reminder.unsaid.filter(({ lesser }) => !lesser);
  const lost = owed.map(nameOf).filter((name) => !known.includes(name));
  if (lost.length === 0) return [];
  const lengths = reminder.lines.map(({ text, facts }) => `${facts.join('+') || 'frame'} ${text.length}`);
  const room = `is over ${SEPTET_LIMITS.standard} septets in one language: no room for ${lost.join(', ')}`;
  return [`${room}. Shorten one of: ${lengths.join(', ')}`];
}

/** What the patient reads of care: without name, phone, STOP and the legal terms (issue: reading grade). */
export function advicePart(body: string, clinicName: string): string {
  return body
    .slice(body.startsWith(`${clinicName}: `) ? clinicName.length + 2 : 0)
    .replace(/(?: 4 (?:texts|textos|mensajes).*| STOP to end| STOP=fin)$/, '')
    .replace(/ (?:Emergency|Emergencia): 911$/, '')
    .replace(/ (?:Unwell\?|¿Se siente mal\?) 305-555-0100\./, '')
    .replace(/(?:: )?(?:(?:also )?call |llame (?:al )?)?305-555-0100/, '');
}

/** Flesch-Kincaid grade for English, Fernández-Huerta ease for Spanish. */
export function gradeOf(text: string, language: Language): number {
  return language === 'en' ? fleschKincaidGrade(text) : fernandezHuertaEase(text);
}

export function tooHard(grade: number, language: Language): boolean {
  return language === 'en' ? grade > READING_LIMITS.en : grade < READING_LIMITS.es;
}

function confirmationProblems(content: Pick<ProtocolContent, 'release'>): ContentProblem[] {
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

function record(counts: TextCounts, example: Case, reminder: ComposedReminder, grade: number): void {
  const worst = counts.worst[`${example.language} ${example.style}`];
  worst.septets = Math.max(worst.septets, analyse(reminder.body).units);
  worst.segments = Math.max(worst.segments, reminder.segments);
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
