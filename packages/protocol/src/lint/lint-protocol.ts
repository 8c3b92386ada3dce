import type { ContentProblem } from '../schema.ts';
import { answerProblems } from './answer-texts.ts';
import { type ProtocolContent, readContent } from './content.ts';
import { referenceProblems } from './references.ts';
import { stringProblems } from './strings.ts';
import { type TextCounts, textProblems } from './texts.ts';

export type LintReport = {
  problems: ContentProblem[];
  counts: (TextCounts & { answers: number; facts: number; conflicts: number }) | undefined;
};

/**
 * Everything a version must pass before it is released: shape, references, each string, each composed text and answer.
 * Composing is skipped while shape or references are broken: its faults would only repeat them.
 */
export function lintProtocol(files: Readonly<Record<string, unknown>>): LintReport {
  const read = readContent(files);
  if (!read.ok) return { problems: read.problems, counts: undefined };
  const { content } = read;
  const references = referenceProblems(content);
  const strings = stringProblems(content);
  if (references.length > 0) return { problems: [...references, ...strings], counts: undefined };
  return withTexts(content, strings);
}

function withTexts(content: ProtocolContent, strings: readonly ContentProblem[]): LintReport {
  const texts = textProblems(content);
  const answers = answerProblems(content);
  return {
    problems: [...strings, ...texts.problems, ...answers.problems],
    counts: {
      ...texts.counts,
      answers: answers.answers,
      facts: Object.keys(content.facts).length,
      conflicts: Object.keys(content.conflicts).length,
    },
  };
}
