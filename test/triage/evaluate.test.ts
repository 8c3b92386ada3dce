import { compileContent } from '@aftercare/triage/training/compile-content';
import { givenCorpus, partOf } from '@aftercare/triage/training/corpus';
import { packedContent } from '@aftercare/triage/training/pack';
import { streamsOf } from '@aftercare/triage/training/pack-bytes';
import { contentFiles, readableContent } from '@aftercare/triage/training/readable-content';
import { figuresOf, type Judged } from '@aftercare/triage/training/score';
import { describe, expect, it } from 'vitest';
import { judgedFile, judgedPart, report, underTriage } from './evaluate.ts';

describe('the split of the corpus', () => {
  it('depends on the id alone and keeps about a third unseen', () => {
    const all = givenCorpus().filter((record) => !record.id.startsWith('ex'));
    const measured = all.filter((record) => partOf(record.id) === 'measured');
    expect([all.length, measured.length]).toEqual([1080, 303]);
  });
});

/** The targets for texts that nobody built on. */
const targets = {
  emergencyRecall: 0.98,
  severeCaught: 0.97,
  falseAlarms: 0.05,
  exact: 0.85,
  optOutRecall: 0.97,
  severeAnsweredCalm: 0,
  falseOptOuts: 0,
};

function expectFigures(judged: readonly Judged[], bars: typeof targets): void {
  const figures = figuresOf(judged);
  expect(figures.emergencyRecall).toBeGreaterThanOrEqual(bars.emergencyRecall);
  expect(figures.severeCaught).toBeGreaterThanOrEqual(bars.severeCaught);
  expect(figures.falseAlarms).toBeLessThanOrEqual(bars.falseAlarms);
  expect(figures.exact).toBeGreaterThanOrEqual(bars.exact);
  // families.jsonl holds none.
  if (judged.some(({ record }) => record.optOut))
    expect(figures.optOutRecall).toBeGreaterThanOrEqual(bars.optOutRecall);
  expect(figures.severeAnsweredCalm).toBeLessThanOrEqual(bars.severeAnsweredCalm);
  expect(figures.falseOptOuts).toBeLessThanOrEqual(bars.falseOptOuts);
}

describe('the texts that rules and weights were built on', () => {
  it('reach every target of the issue', () => {
    const judged = judgedPart('build');
    process.stdout.write(`${report('build part (trained on)', judged)}\n${underTriage(judged).join('\n')}\n`);
    expectFigures(judged, targets);
  });
});

// The targets where they hold, and floors under what was measured where they do not
// (docs/triage.md says which and by how much), so that nobody makes it worse unseen.
describe('the texts that nobody built on', () => {
  it('reach the targets but for two revocations', () => {
    const judged = judgedPart('measured');
    process.stdout.write(`${report('measured part', judged)}\n`);
    expectFigures(judged, {
      ...targets,
      emergencyRecall: 1,
      falseAlarms: 0.04,
      exact: 0.88,
      optOutRecall: 0.93,
    });
  });
});

describe('the texts that others wrote for measuring only', () => {
  it.each([
    ['texts-2.jsonl', 'reach every target', { ...targets, emergencyRecall: 1 }],
    ['texts-3.jsonl', 'reach every target', { ...targets, emergencyRecall: 1 }],
    ['texts-4.jsonl', 'reach every target', targets],
    ['texts-5.jsonl', 'reach the targets but for a revocation invented', { ...targets, falseOptOuts: 1 }],
    [
      'texts-6.jsonl',
      'reach the targets but for one emergency of 60, dismissed',
      { ...targets, severeAnsweredCalm: 1 },
    ],
    [
      'texts-7.jsonl',
      'reach the targets but for two revocations invented',
      { ...targets, emergencyRecall: 1, falseOptOuts: 2 },
    ],
    ['texts-8.jsonl', 'reach the targets but for a revocation invented', { ...targets, falseOptOuts: 1 }],
    ['texts-9.jsonl', 'reach every target', targets],
    [
      'texts-10.jsonl',
      'reach the targets but for two revocations of 51',
      { ...targets, emergencyRecall: 1, optOutRecall: 0.96 },
    ],
    [
      'texts-11.jsonl',
      'reach the targets but for three emergencies of 66, read as urgent, and a revocation invented',
      { ...targets, emergencyRecall: 0.95, falseOptOuts: 1 },
    ],
    [
      'texts-12.jsonl',
      'reach the targets but for two emergencies of 74, 5.2 % of alarms, and a revocation invented',
      { ...targets, emergencyRecall: 0.97, falseAlarms: 0.053, falseOptOuts: 1 },
    ],
    [
      'families.jsonl',
      'are read as well as when they were measured: ten hard themes',
      {
        ...targets,
        emergencyRecall: 0.94,
        severeAnsweredCalm: 2,
        falseAlarms: 0.08,
        falseOptOuts: 1,
      },
    ],
    [
      'plain.jsonl',
      'are read as well as when they were measured: short, and meant to fool',
      {
        ...targets,
        emergencyRecall: 0.97,
        severeAnsweredCalm: 4,
        falseAlarms: 0.08,
        exact: 0.84,
        optOutRecall: 0.96,
        falseOptOuts: 3,
      },
    ],
    [
      'wishes.jsonl',
      'are read as well as when they were measured: half of them only like a revocation',
      { ...targets, exact: 0.86, falseOptOuts: 26 },
    ],
  ] as const)('%s %s', (name, _, bars) => {
    const judged = judgedFile(name);
    process.stdout.write(`${report(name, judged)}\n`);
    expectFigures(judged, bars);
  });
});

describe('short texts of everyday life, none of them severe', () => {
  it('raise no alarm', () => {
    const judged = judgedFile('short.jsonl');
    process.stdout.write(`${report('short.jsonl', judged)}\n`);
    const { falseAlarms, exact, optOutRecall, falseOptOuts } = figuresOf(judged);
    expect([falseAlarms, optOutRecall]).toEqual([0, 1]);
    expect(exact).toBeGreaterThanOrEqual(0.9);
    expect(falseOptOuts).toBeLessThanOrEqual(1);
  });
});

describe('the packed content', () => {
  it('is exactly what the readable files compile to', () => {
    expect(
      Buffer.concat(packedContent()).equals(Buffer.concat(streamsOf(compileContent(readableContent())))),
    ).toBe(true);
  });

  it('leaves out no file', () => {
    expect(Object.keys(readableContent()).sort()).toEqual(contentFiles());
  });
});
