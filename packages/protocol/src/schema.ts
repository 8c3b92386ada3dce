import * as z from 'zod';
import { CLASS_IDS } from './classes.ts';
import type { Answers, ProtocolRelease } from './release.ts';
import { FLAGS, SKIN_TYPES } from './session.ts';

const text = z.string().min(1);
const ids = z.array(z.string().regex(/^[FXA]-\d{2,3}$/, 'must be an id such as F-049, X-01 or A-03'));
const day = z.string().regex(/^\d{1,2}$/, 'must be a day number');
const factsByDay = z.record(day, ids);
const byClass = <T extends z.ZodType>(value: T) => z.record(z.enum(CLASS_IDS), value);
const wait = z.strictObject({ hours: z.number().int().min(0).max(8760).nullable(), clinic: z.boolean() });

const timeline = z.record(
  text,
  z.strictObject({
    facts: ids,
    conflicts: z.array(z.string().regex(/^C-\d{2}$/)),
    stricterColumn: z.boolean(),
    from: byClass(wait),
    skin: z.partialRecord(z.enum(SKIN_TYPES), byClass(wait)),
    flags: z.partialRecord(z.enum(FLAGS), byClass(wait)),
  }),
);

const matrix = z.strictObject({
  cells: z.record(day, byClass(ids)),
  bans: z.record(day, z.strictObject({ order: ids, carried: ids, lesser: ids })),
  cites: z.record(text, ids),
  questions: z.record(day, z.strictObject({ id: text, covers: ids })),
  alwaysWatched: ids,
  emergency: ids,
  symptomOrder: ids,
  lines: z.record(
    text,
    z.strictObject({
      role: z.enum(['ban', 'advice', 'expect']),
      items: z.array(text),
      waiting: text.nullable(),
      open: text.nullable(),
    }),
  ),
  nextSessionFacts: ids,
});

const area = z.strictObject({
  makeup: z.boolean(),
  sunFirst: z.boolean(),
  add: factsByDay,
  watch: factsByDay,
});

const modifiers = z.strictObject({
  skin: z.record(z.enum(SKIN_TYPES), z.strictObject({ add: factsByDay })),
  stricterColumnFor: z.strictObject({
    skin: z.array(z.enum(SKIN_TYPES)),
    flags: z.array(z.enum(FLAGS)),
    column: byClass(z.enum(CLASS_IDS)),
  }),
  areaGroups: z.record(text, text),
  areas: z.strictObject({
    face: area,
    eyes: area,
    lips: area,
    neck: area,
    hair: area,
    body: area,
    hands: area,
  }),
  flags: z.partialRecord(z.enum(FLAGS), z.strictObject({ sunFirst: z.boolean(), watch: factsByDay })),
  sunLine: z.strictObject({ waiting: text, open: z.record(day, text) }),
  home: z.strictObject({ add: factsByDay }),
  combined: z.strictObject({ add: factsByDay }),
  makeupFact: text,
});

const frame = z.strictObject({
  watch: text,
  watchWithTerms: text,
  emergency: text,
  emergencyEyes: text,
  stop: text,
  terms: text,
});

const texts = z.strictObject({
  frame: z.strictObject({ standard: frame, concise: frame }),
  discreet: z.strictObject({ care: text, watch: text, emergency: text }),
  confirmation: text,
  questions: z.record(
    day,
    z.strictObject({ standard: text, concise: text, brief: text, labels: z.tuple([text, text, text]) }),
  ),
  grammar: z.strictObject({
    ban: text,
    banAsk: text,
    comma: text,
    last: text,
    lastSymptom: text,
    shortSymptom: text,
    until: text,
    untilToday: text,
    untilTime: text,
    untilDateTime: text,
    from: text,
    through: text,
    throughToday: text,
  }),
  nouns: z.record(text, text),
  symptoms: z.record(text, text),
  conciseSymptoms: z.record(text, text),
  phrases: z.record(text, text),
  nextSession: z.record(text, text),
});

const answerTexts = z.strictObject({
  frame: z.strictObject({ body: text, silent: text, silentBody: text, undated: text }),
  items: z.record(text, z.record(text, text)),
});

const answerItem = z.strictObject({
  kind: z.enum(['timeline', 'expectation', 'fixed', 'silent', 'next']),
  items: z.array(text),
  facts: ids,
});

const approval = z.strictObject({
  name: text,
  licence: text,
  approvedOn: z.iso.date(),
  language: z.enum(['en', 'es']),
});

/**
 * The files of one version, by name: the one schema of bundled content and of a clinic's own (issue: content
 * as data).
 */
export const FILE_SCHEMAS = {
  'release.json': z.strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
    version: z.number().int().min(1),
    title: text,
    days: z.array(z.number().int().min(1).max(14)).min(1),
    lastDay: z.number().int().min(1).max(14),
  }),
  'approval.json': z
    .strictObject({ status: z.enum(['draft', 'approved']), approvals: z.array(approval) })
    .refine((value) => (value.status === 'approved') === value.approvals.length > 0, {
      message: 'is "approved" exactly when a name and a date stand in approvals',
      path: ['status'],
    }),
  'timeline.json': timeline,
  'topics.json': z.record(text, z.array(text)),
  'matrix.json': matrix,
  'modifiers.json': modifiers,
  'intervals.json': byClass(
    z.strictObject({
      floorDays: z.number().int().min(1),
      usualDays: z.number().int().min(1),
      clinicSets: z.boolean(),
      facts: ids,
    }),
  ),
  'expectations.json': z.record(
    text,
    z.strictObject({
      facts: ids,
      conflicts: z.array(text),
      fromHours: z.number().min(0),
      toHours: byClass(z.number().min(0).nullable()),
    }),
  ),
  'texts.en.json': texts,
  'texts.es.json': texts,
  'answers.json': z.record(text, answerItem),
  'answers.en.json': answerTexts,
  'answers.es.json': answerTexts,
} as const;

const ownProtocol = z.strictObject(FILE_SCHEMAS);

export type ContentProblem = { file: string; key: string; message: string };

export type ReadProtocol =
  | { ok: true; release: ProtocolRelease & { answers: Answers } }
  | { ok: false; problems: ContentProblem[] };

/**
 * Reads a protocol from its files, `{ "matrix.json": {…}, … }`: a clinic's own as one document, or the
 * bundled ones from disk. Every wrong key is named. A reader that accepts says nothing about the words: run
 * the lint before use.
 */
export function readProtocol(files: unknown): ReadProtocol {
  const parsed = ownProtocol.safeParse(files);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(problemOf) };
  const content = parsed.data;
  return {
    ok: true,
    release: {
      ...content['release.json'],
      status: content['approval.json'].status,
      approvals: content['approval.json'].approvals,
      timeline: content['timeline.json'],
      topics: content['topics.json'],
      matrix: content['matrix.json'],
      modifiers: content['modifiers.json'],
      intervals: content['intervals.json'],
      expectations: content['expectations.json'],
      texts: { en: content['texts.en.json'], es: content['texts.es.json'] },
      answers: {
        items: content['answers.json'],
        texts: { en: content['answers.en.json'], es: content['answers.es.json'] },
      },
    },
  };
}

function problemOf(issue: z.core.$ZodIssue): ContentProblem {
  const [file, ...path] = issue.path.map(String);
  return { file: file ?? '(document)', key: path.join('.'), message: issue.message };
}
