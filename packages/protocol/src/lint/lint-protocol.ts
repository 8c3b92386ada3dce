import type { ContentProblem } from '../schema.ts';
import { answerProblems } from './answer-texts.ts';
import { readContent } from './content.ts';
import { referenceProblems } from './references.ts';
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
