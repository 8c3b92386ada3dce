import { type Finding, isTestFile } from './repository.ts';
import type { SourceFacts } from './source-facts.ts';

export const maxFunctionLines = 70;
export const maxFileLines = 300;
export const maxColumns = 110;

/** Functions, files and lines that are too long to read in one go (design 3). TypeScript only. */
export function sizeFindings(sources: readonly SourceFacts[]): Finding[] {
  return sources.flatMap((source) => [
    ...fileTooLong(source),
    ...functionsTooLong(source),
    ...linesTooLong(source),
  ]);
}

function fileTooLong({ path, lines }: SourceFacts): Finding[] {
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  if (count <= maxFileLines) return [];
  const fix = isTestFile(path)
    ? 'split it by what would go wrong, one file per group of failures'
    : 'move one noun with its functions to a file of its own name';
  return [{ at: path, problem: `${count} lines, at most ${maxFileLines}`, fix }];
}

function functionsTooLong({ path, functions }: SourceFacts): Finding[] {
  return functions
    .filter(
      (one) => one.lines > maxFunctionLines && !one.buildsStack && !(one.holdsTests && isTestFile(path)),
    )
    .map((one) => ({
      at: `${path}:${one.line}`,
      problem: `function ${one.name} has ${one.lines} lines, at most ${maxFunctionLines}`,
      fix: 'keep the decisions in it and move each step to a named function',
    }));
}

function linesTooLong({ path, lines }: SourceFacts): Finding[] {
  const long = lines.flatMap((line, index) => (columnsOf(line) > maxColumns ? [index + 1] : []));
  if (long.length === 0) return [];
  const problem = `longer than ${maxColumns} columns: line ${long.join(', ')}`;
  return [{ at: path, problem, fix: 'break the lines (addresses do not count)' }];
}

function columnsOf(line: string): number {
  return [...line.replace(/https?:\/\/[^\s'"`)]+/g, '')].length;
}
