import type { LintReport } from '@aftercare/protocol/lint/lint-protocol';

const SHOWN = 40;

/** What a person reads of one version's lint: the problems with their places, or the counts. */
export function reportLines(version: string, report: LintReport): string {
  const { problems, counts } = report;
  const shown = problems
    .slice(0, SHOWN)
    .map(({ file, key, message }) => `  ${version}/${file}  ${key}: ${message}`);
  const more = problems.length > SHOWN ? [`  … and ${problems.length - SHOWN} more`] : [];
  const verdict =
    problems.length === 0 ? `${version}: passes.` : `${version}: ${problems.length} problem(s).`;
  return [verdict, ...countLines(counts), ...shown, ...more].join('\n');
}

function countLines(counts: LintReport['counts']): string[] {
  if (counts === undefined) return [];
  const worst = Object.entries(counts.worst).map(([kind, value]) => {
    const grade = kind.startsWith('en') ? 'Flesch-Kincaid' : 'Fernandez-Huerta';
    const size = `at most ${value.septets} septets in ${value.segments} segment(s)`;
    return `  ${kind}: ${size}, worst ${grade} ${value.grade.toFixed(1)}`;
  });
  return [
    `  ${counts.facts} facts, ${counts.conflicts} conflicts, ${counts.cells} cells`,
    `  ${counts.texts} texts, ${counts.answers} answers`,
    ...worst,
  ];
}
