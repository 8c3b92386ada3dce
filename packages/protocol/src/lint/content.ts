import * as z from 'zod';
import type { Answers, ProtocolRelease } from '../release.ts';
import { type ContentProblem, readProtocol } from '../schema.ts';

const id = z.string().regex(/^[XA]-\d{2,3}$/);

const fact = z.strictObject({
  /** 000 LuxeLuminous, 001 ALASTIN, 002 MDPen. */
  article: z.string().regex(/^00[012](\+00[012])*$/),
  from: z.string(),
  to: z.string(),
  depthMm: z.string(),
  device: z.string(),
  skin: z.string(),
  kind: z.enum(['do', 'avoid', 'expect', 'product-class', 'frequency', 'FAQ-answer', 'red-flag', 'myth']),
  statement: z.string().min(1),
  confidence: z.enum(['H', 'M', 'L']),
  conflicts: z.array(z.string()),
});

const conflict = z.strictObject({
  topic: z.string().min(1),
  articlesSay: z.string().min(1),
  resolution: z.string().min(1),
  reason: z.string().min(1),
  /** `file key.path` of the data, or `src/file.ts name` of the code, where the resolution holds. */
  settledIn: z.array(z.string()).min(1),
});

/** What stands behind the texts: never loaded at run time, always by lint, preview and the documentation. */
const DOCUMENT_SCHEMAS = {
  'facts.json': z.record(z.string().regex(/^F-\d{3}$/), fact),
  'conflicts.json': z.record(z.string().regex(/^C-\d{2}$/), conflict),
  'lines.json': z.record(id, z.strictObject({ source: z.string().min(1), statement: z.string().min(1) })),
  'unused.json': z.record(z.string().regex(/^F-\d{3}$/), z.string().min(1)),
  /** What the standard text of a plain patient has no room for, by day and class, in either language. */
  'no-room.json': z.record(z.string().regex(/^day \d+ \w+$/), z.array(z.string())),
  /** What a clinician must decide before any text goes out. */
  'decisions.json': z.array(z.string().min(1)),
} as const;

const documents = z.strictObject(DOCUMENT_SCHEMAS);

export type Fact = z.infer<typeof fact>;
export type Conflict = z.infer<typeof conflict>;

export type ProtocolContent = {
  /** The files as read, for checks that must name file and key. */
  files: Readonly<Record<string, unknown>>;
  release: ProtocolRelease & { answers: Answers };
  facts: Readonly<Record<string, Fact>>;
  conflicts: Readonly<Record<string, Conflict>>;
  lines: Readonly<Record<string, { source: string; statement: string }>>;
  unused: Readonly<Record<string, string>>;
  decisions: readonly string[];
  noRoom: Readonly<Record<string, readonly string[]>>;
};

export type ReadContent = { ok: true; content: ProtocolContent } | { ok: false; problems: ContentProblem[] };

/** Reads one version with its documentation from its parsed files, `{ "matrix.json": {…}, … }`. */
export function readContent(files: Readonly<Record<string, unknown>>): ReadContent {
  const isDocument = (name: string) => Object.hasOwn(DOCUMENT_SCHEMAS, name);
  const entries = Object.entries(files);
  const runtime = readProtocol(Object.fromEntries(entries.filter(([name]) => !isDocument(name))));
  const behind = documents.safeParse(Object.fromEntries(entries.filter(([name]) => isDocument(name))));
  if (!runtime.ok || !behind.success) {
    const problems = behind.success ? [] : behind.error.issues.map(problemOf);
    return { ok: false, problems: [...(runtime.ok ? [] : runtime.problems), ...problems] };
  }
  const { data } = behind;
  return {
    ok: true,
    content: {
      files,
      release: runtime.release,
      facts: data['facts.json'],
      conflicts: data['conflicts.json'],
      lines: data['lines.json'],
      unused: data['unused.json'],
      decisions: data['decisions.json'],
      noRoom: data['no-room.json'],
    },
  };
}

function problemOf(issue: z.core.$ZodIssue): ContentProblem {
  const [file, ...path] = issue.path.map(String);
  return { file: file ?? '(document)', key: path.join('.'), message: issue.message };
}
