import type { ContentProblem } from '../schema.ts';
import type { ProtocolContent } from './content.ts';
import { factUses } from './fact-uses.ts';

/**
 * Every id known, every fact used or excused, every conflict settled in data, every item and phrase worded.
 */
export function referenceProblems(content: ProtocolContent): ContentProblem[] {
  return [
    ...unknownIds(content),
    ...unusedFacts(content),
    ...lonelyLowConfidence(content),
    ...unsettledConflicts(content),
    ...wordingProblems(content),
  ];
}

/** What the data names and the words do not say: the part that also holds for a clinic's own protocol. */
export function wordingProblems(content: Pick<ProtocolContent, 'release'>): ContentProblem[] {
  return [...wordlessLines(content), ...wordlessAnswers(content), ...looseMatrixEntries(content)];
}

function unknownIds(content: ProtocolContent): ContentProblem[] {
  return factUses(content)
    .filter(({ id }) => content.facts[id] === undefined && content.lines[id] === undefined)
    .map(({ id, file, key }) => ({ file, key, message: `names ${id}, which no fact or line has` }));
}

function unusedFacts(content: ProtocolContent): ContentProblem[] {
  const used = new Set(factUses(content).map(({ id }) => id));
  return [
    ...Object.keys(content.facts)
      .filter((id) => !used.has(id) && content.unused[id] === undefined)
      .map((id) => ({ file: 'unused.json', key: id, message: 'is used nowhere and has no reason for it' })),
    ...Object.keys(content.unused)
      .filter((id) => used.has(id))
      .map((id) => ({ file: 'unused.json', key: id, message: 'is excused although it is used' })),
  ];
}

/** L facts exist to correct a patient who read them: never alone behind a text (protocol-facts C7). */
function lonelyLowConfidence(content: ProtocolContent): ContentProblem[] {
  const low = (id: string) => content.facts[id]?.confidence === 'L';
  const inCells = factUses(content)
    .filter(({ file, key }) => file === 'matrix.json' && /^(?:cells|bans)\./.test(key))
    .concat(factUses(content).filter(({ file }) => file === 'modifiers.json'))
    .filter(({ id }) => low(id))
    .map(({ id, file, key }) => ({ file, key, message: `sends ${id}, which is low confidence, on its own` }));
  const inAnswers = Object.entries(content.release.answers.items)
    .filter(([, answer]) => answer.facts.length > 0 && answer.facts.every(low))
    .map(([key]) => ({ file: 'answers.json', key, message: 'rests on low confidence facts alone' }));
  return [...inCells, ...inAnswers];
}

function unsettledConflicts(content: ProtocolContent): ContentProblem[] {
  const missing = Object.entries(content.facts).flatMap(([fact, record]) =>
    record.conflicts
      .filter((id) => content.conflicts[id] === undefined)
      .map((id) => ({
        file: 'facts.json',
        key: fact,
        message: `names the conflict ${id}, which is not settled`,
      })),
  );
  const pointers = Object.entries(content.conflicts).flatMap(([id, conflict]) =>
    conflict.settledIn
      .filter((pointer) => !pointer.startsWith('src/') && !pointsAtData(content, pointer))
      .map((pointer) => ({
        file: 'conflicts.json',
        key: id,
        message: `is said to be settled in "${pointer}": not there`,
      })),
  );
  return [...missing, ...pointers];
}

function pointsAtData(content: ProtocolContent, pointer: string): boolean {
  const [file = '', path = ''] = pointer.split(' ');
  let value: unknown = content.files[file];
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = Object.entries(value).find(([name]) => name === key)?.[1];
  }
  return value !== undefined;
}

function wordlessLines(content: Pick<ProtocolContent, 'release'>): ContentProblem[] {
  const { release } = content;
  return Object.entries(release.matrix.lines).flatMap(([id, line]) => {
    const items = line.items
      .filter((item) => release.timeline[item] === undefined)
      .map((item) => ({
        file: 'matrix.json',
        key: `lines.${id}`,
        message: `names the unknown item ${item}`,
      }));
    const keys = [line.waiting, line.open].flatMap((key) => (key === null || key === 'ban' ? [] : key));
    const words = (['en', 'es'] as const).flatMap((language) => {
      const texts = release.texts[language];
      const nouns =
        line.waiting === 'ban' ? line.items.filter((item) => texts.nouns[item] === undefined) : [];
      return [
        ...keys.filter((key) => texts.phrases[key] === undefined).map((key) => `phrases.${key}`),
        ...nouns.map((item) => `nouns.${item}`),
      ].map((key) => ({ file: `texts.${language}.json`, key, message: `is missing, ${id} needs it` }));
    });
    return [...items, ...words];
  });
}

function wordlessAnswers(content: Pick<ProtocolContent, 'release'>): ContentProblem[] {
  const { release } = content;
  const { items, texts } = release.answers;
  return Object.entries(items).flatMap(([id, answer]) => [
    ...answer.items
      .filter((item) => release.timeline[item] === undefined && release.expectations[item] === undefined)
      .map((item) => ({ file: 'answers.json', key: id, message: `names the unknown item ${item}` })),
    ...(['en', 'es'] as const)
      .filter((language) => texts[language].items[id] === undefined)
      .map((language) => ({ file: `answers.${language}.json`, key: `items.${id}`, message: 'is missing' })),
  ]);
}

/** A cell fact that nothing words and nothing watches would silently vanish from every text. */
function looseMatrixEntries(content: Pick<ProtocolContent, 'release'>): ContentProblem[] {
  const { matrix } = content.release;
  // Day 0 has no text of care; the articles' own intervals are what the interval sent replaces (C-18).
  const silentByDesign = new Set([
    'F-137',
    ...Object.values(matrix.cells['0'] ?? {}).flat(),
    ...Object.values(content.release.intervals).flatMap(({ facts }) => facts),
  ]);
  const worded = (id: string) =>
    matrix.lines[id] !== undefined ||
    matrix.symptomOrder.includes(id) ||
    matrix.emergency.includes(id) ||
    matrix.nextSessionFacts.includes(id);
  const inBans = Object.entries(matrix.bans).flatMap(([day, { carried }]) =>
    carried
      .filter((id) => !worded(id))
      .map((id) => ({ file: 'matrix.json', key: `bans.${day}`, message: `${id} has no line` })),
  );
  const inCells = Object.entries(matrix.cells).flatMap(([day, cells]) =>
    Object.entries(cells).flatMap(([classId, ids]) =>
      ids
        .filter((id) => !worded(id) && !silentByDesign.has(id))
        .map((id) => ({
          file: 'matrix.json',
          key: `cells.${day}.${classId}`,
          message: `${id} has no line, no symptom`,
        })),
    ),
  );
  return [...inBans, ...inCells];
}
