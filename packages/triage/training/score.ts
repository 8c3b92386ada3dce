import { type Assessment, isSevere, type Level, levels } from '../src/assessment.ts';
import type { Labelled } from './own-corpus.ts';

/** One text with what we read in it. */
export type Judged = { record: Labelled; read: Assessment };

/** The figures of the issue, as counts and shares (0..1; NaN of nothing). */
export type Figures = {
  texts: number;
  emergencyRecall: number;
  severeCaught: number;
  severeAnsweredCalm: number;
  falseAlarms: number;
  exact: number;
  optOutRecall: number;
  falseOptOuts: number;
};

function share(part: readonly Judged[], whole: readonly Judged[]): number {
  return part.length / whole.length;
}

/** Counts what was read right and wrong (issue 4, figures to reach). */
export function figuresOf(judged: readonly Judged[]): Figures {
  const emergencies = judged.filter(({ record }) => record.level === 'emergency');
  const severe = judged.filter(({ record }) => isSevere(record.level));
  const calm = judged.filter(({ record }) => !isSevere(record.level));
  const optOuts = judged.filter(({ record }) => record.optOut);
  return {
    texts: judged.length,
    emergencyRecall: share(
      emergencies.filter(({ read }) => read.level === 'emergency'),
      emergencies,
    ),
    severeCaught: share(
      severe.filter(({ read }) => isSevere(read.level)),
      severe,
    ),
    severeAnsweredCalm: severe.filter(({ read }) => read.level === 'self_care' || read.level === 'admin')
      .length,
    falseAlarms: share(
      calm.filter(({ read }) => isSevere(read.level)),
      calm,
    ),
    exact: share(
      judged.filter(({ record, read }) => record.level === read.level),
      judged,
    ),
    optOutRecall: share(
      optOuts.filter(({ read }) => read.optOut),
      optOuts,
    ),
    falseOptOuts: judged.filter(({ record, read }) => read.optOut && !record.optOut).length,
  };
}

const percent = (value: number): string => (Number.isNaN(value) ? '–' : `${(value * 100).toFixed(1)} %`);

/** One line of figures. */
export function figuresLine(name: string, judged: readonly Judged[]): string {
  const figures = figuresOf(judged);
  return [
    name.padEnd(26),
    `n ${figures.texts}`.padEnd(7),
    `emergency ${percent(figures.emergencyRecall)}`,
    `severe ${percent(figures.severeCaught)} (${figures.severeAnsweredCalm} read as self-care or admin)`,
    `false alarms ${percent(figures.falseAlarms)}`,
    `exact ${percent(figures.exact)}`,
    `opt-out ${percent(figures.optOutRecall)} (${figures.falseOptOuts} false)`,
  ].join('  ');
}

/** Rows = label, columns = what we read. */
export function confusionTable(judged: readonly Judged[]): string {
  const short = (level: Level): string => level.slice(0, 9).padStart(10);
  const rows = levels.map((label) => {
    const cells = levels.map((level) =>
      String(
        judged.filter(({ record, read }) => record.level === label && read.level === level).length,
      ).padStart(10),
    );
    return label.padEnd(10) + cells.join('');
  });
  return [`${' '.repeat(10)}${levels.map(short).join('')}`, ...rows].join('\n');
}
