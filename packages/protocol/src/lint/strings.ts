import type { ContentProblem } from '../schema.ts';
import type { ProtocolContent } from './content.ts';
import { characterFaults, sentenceFaults } from './word-rules.ts';

/** Which placeholders a text at a key may carry, and which it must. First match wins. */
const PLACEHOLDERS: readonly {
  file: RegExp;
  key: RegExp;
  must: readonly string[];
  may: readonly string[];
}[] = [
  { file: /^texts/, key: /^frame\.\w+\.watch(?:WithTerms)?$/, must: ['{symptoms}', '{phone}'], may: [] },
  { file: /^texts/, key: /^discreet\.watch$/, must: ['{phone}'], may: [] },
  { file: /^texts/, key: /^confirmation$/, must: ['{clinic}', '{phone}'], may: [] },
  { file: /^texts/, key: /^grammar\.ban(Ask)?$/, must: ['{items}', '{until}'], may: [] },
  { file: /^texts/, key: /^grammar\.(until|from|through)$/, must: ['{date}'], may: [] },
  { file: /^texts/, key: /^grammar\.untilTime$/, must: ['{time}'], may: [] },
  { file: /^texts/, key: /^grammar\.untilDateTime$/, must: ['{time}', '{date}'], may: [] },
  { file: /^texts/, key: /^phrases\.F-11[12]-waiting$/, must: ['{from}'], may: [] },
  { file: /^texts/, key: /^phrases\.\S*-waiting/, must: [], may: ['{from}', '{until}'] },
  { file: /^texts/, key: /^phrases\./, must: [], may: [] },
  { file: /^texts/, key: /^nextSession\.notBefore/, must: ['{date}'], may: [] },
  { file: /^answers/, key: /^frame\.body$/, must: ['{clinic}', '{answer}', '{phone}'], may: [] },
  { file: /^answers/, key: /^frame\.silentBody$/, must: ['{clinic}', '{answer}'], may: [] },
  { file: /^answers/, key: /^frame\.silent$/, must: ['{topic}', '{phone}'], may: [] },
  { file: /^answers/, key: /^items\.next_session\.text$/, must: ['{next}'], may: [] },
  { file: /^answers/, key: /^items\.\w+\.(waiting|during)/, must: [], may: ['{until}'] },
];

/** These may say STOP, HELP and the rest: the law wants them there (product-rules 8 and 9). */
const MAY_NAME_RESERVED = /^(?:frame\.\w+\.(?:stop|terms)|confirmation)$/;
const MUST_HOLD: readonly { key: RegExp; words: readonly string[] }[] = [
  { key: /^frame\.\w+\.stop$/, words: ['STOP'] },
  { key: /^frame\.\w+\.terms$/, words: ['STOP', 'HELP'] },
  { key: /^frame\.\w+\.emergency/, words: ['911'] },
  { key: /^discreet\.emergency$/, words: ['911'] },
  { key: /^confirmation$/, words: ['STOP', 'HELP', '911'] },
  { key: /^questions\.\d+\.(?:standard|concise)$/, words: ['1 ', '2 ', '3 '] },
];

/** Pieces of a sentence: their blanks at the ends are wanted. */
const PIECES = /^grammar\.(?:comma|last|lastSymptom|shortSymptom)$/;

/** Judges every string of the words, one by one, so that a fault is named at its own key. */
export function stringProblems(content: Pick<ProtocolContent, 'files'>): ContentProblem[] {
  return Object.entries(content.files)
    .filter(([file]) => /^(?:texts|answers)\.(?:en|es)\.json$/.test(file))
    .flatMap(([file, value]) =>
      leaves(value, []).flatMap(({ key, text }) => {
        if (PIECES.test(key)) return [];
        const faults = MAY_NAME_RESERVED.test(key) ? characterFaults(text) : sentenceFaults(text);
        return [...faults, ...placeholderFaults(file, key, text), ...missingWords(file, key, text)].map(
          (message) => ({
            file,
            key,
            message,
          }),
        );
      }),
    );
}

function leaves(value: unknown, path: readonly string[]): { key: string; text: string }[] {
  if (typeof value === 'string') return [{ key: path.join('.'), text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => leaves(entry, [...path, key]));
}

function placeholderFaults(file: string, key: string, text: string): string[] {
  const rule = PLACEHOLDERS.find((candidate) => candidate.file.test(file) && candidate.key.test(key));
  const found: readonly string[] = text.match(/\{[^}]*\}?/g) ?? [];
  const must: readonly string[] = rule?.must ?? [];
  const known = [...must, ...(rule?.may ?? [])];
  return [
    ...must.filter((name) => !found.includes(name)).map((name) => `misses the placeholder ${name}`),
    ...found.filter((name) => !known.includes(name)).map((name) => `has the unknown placeholder ${name}`),
  ];
}

function missingWords(file: string, key: string, text: string): string[] {
  if (!file.startsWith('texts')) return [];
  const wanted = MUST_HOLD.find((rule) => rule.key.test(key))?.words ?? [];
  return wanted.filter((word) => !text.includes(word)).map((word) => `misses "${word.trim()}"`);
}
