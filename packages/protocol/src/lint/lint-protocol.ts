import { type ContentProblem, readProtocol } from '../schema.ts';
import { answerProblems } from './answer-texts.ts';
import { type Case, casesOf } from './cases.ts';
import { readContent } from './content.ts';
import { referenceProblems, wordingProblems } from './references.ts';
import { stringProblems } from './strings.ts';
import { type TextCounts, textProblems } from './texts.ts';

export type LintReport = {
  problems: ContentProblem[];
  counts: (TextCounts & { answers: number; facts: number; conflicts: number }) | undefined;
};

/**
 * Everything a version must pass before it is released: shape, references, each string, each composed text
 * and answer. Composing waits until shape, references and strings are right: its faults would only repeat
 * theirs.
 */
export function lintProtocol(files: Readonly<Record<string, unknown>>): LintReport {
  const read = readContent(files);
  if (!read.ok) return { problems: read.problems, counts: undefined };
  const { content } = read;
  const problems = [...referenceProblems(content), ...stringProblems(content)];
  if (problems.length > 0) return { problems, counts: undefined };
  const texts = textProblems(content);
  const answers = answerProblems(content);
  return {
    problems: [...texts.problems, ...answers.problems],
    counts: {
      ...texts.counts,
      answers: answers.answers,
      facts: Object.keys(content.facts).length,
      conflicts: Object.keys(content.conflicts).length,
    },
  };
}

/**
 * The same for a clinic's own protocol, as one document of files: it brings no documentation of facts, and
 * how much a plain text has room for is the clinic's choice.
 */
export function lintOwnProtocol(files: Readonly<Record<string, unknown>>): ContentProblem[] {
  const read = readProtocol(files);
  if (!read.ok) return read.problems;
  const { release } = read;
  const problems = [...wordingProblems({ release }), ...stringProblems({ files })];
  if (problems.length > 0) return problems;
  const texts = textProblems({ release, noRoom: {} }, withoutReferences(casesOf(release.days)));
  return [...texts.problems, ...answerProblems({ release }).problems];
}

function* withoutReferences(cases: Iterable<Case>): Generator<Case> {
  for (const one of cases) yield { ...one, reference: false };
}
