import type { PartResult } from './measure.ts';
import type { Figure } from './part.ts';

/** One part as a table for the terminal. */
export function tableOf({ part, seconds, figures, problem }: PartResult): string {
  if (problem !== undefined) return `${part}: not measured, ${problem}`;
  const width = Math.max(...figures.map(({ name }) => name.length));
  const lines = figures.flatMap((figure, index) => {
    const isNewGroup = figure.group !== undefined && figure.group !== figures[index - 1]?.group;
    return [...(isNewGroup ? [`  ${figure.group}`] : []), `  ${figureLine(figure, width)}`];
  });
  return [`${part} (${seconds} s)`, ...lines].join('\n');
}

function figureLine(figure: Figure, width: number): string {
  const { name, value, unit, quartiles, bar, met } = figure;
  const spread = quartiles === undefined ? '' : ` [${quartiles[0]} – ${quartiles[1]}]`;
  const judged = bar === undefined ? '' : `   ${bar}: ${met === true ? 'met' : 'NOT MET'}`;
  return `${name.padEnd(width)}  ${String(value).padStart(10)} ${unit}${spread}${judged}`;
}

/** The last lines of a full run. */
export function summary(results: readonly PartResult[], file: string): string {
  const judged = results.flatMap(({ part, figures }) =>
    figures.filter(({ bar }) => bar !== undefined).map((figure) => ({ part, figure })),
  );
  const missed = judged.filter(({ figure }) => figure.met !== true);
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  return [
    `${judged.length - missed.length} of ${judged.length} bars met after ${seconds} s. JSON: ${file}`,
    ...missed.map(
      ({ part, figure }) => `  ${part}: ${figure.name} ${figure.value} ${figure.unit}, ${figure.bar}`,
    ),
  ].join('\n');
}
