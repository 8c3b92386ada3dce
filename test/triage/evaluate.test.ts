import { compileContent } from '@aftercare/triage/training/compile-content';
import { givenCorpus, partOf } from '@aftercare/triage/training/corpus';
import { packedContent } from '@aftercare/triage/training/pack';
import { bytesOf } from '@aftercare/triage/training/pack-bytes';
import { contentFiles, readableContent } from '@aftercare/triage/training/readable-content';
import { figuresOf } from '@aftercare/triage/training/score';
import { describe, expect, it } from 'vitest';
import { judgedFile, judgedPart, report, underTriage } from './evaluate.ts';

describe('the split of the corpus', () => {
  it('depends on the id alone and keeps about a third unseen', () => {
    const all = givenCorpus().filter((record) => !record.id.startsWith('ex'));
    const measured = all.filter((record) => partOf(record.id) === 'measured');
    expect([all.length, measured.length]).toEqual([1080, 303]);
  });
});

describe('the texts that rules and weights were built on', () => {
  const judged = judgedPart('build');
  const figures = figuresOf(judged);

  it('reach every target of the issue', () => {
    process.stdout.write(`${report('build part (trained on)', judged)}\n${underTriage(judged).join('\n')}\n`);
    expect(figures.emergencyRecall).toBeGreaterThanOrEqual(0.98);
    expect(figures.severeCaught).toBeGreaterThanOrEqual(0.97);
    expect(figures.falseAlarms).toBeLessThanOrEqual(0.05);
    expect(figures.exact).toBeGreaterThanOrEqual(0.85);
    expect(figures.optOutRecall).toBeGreaterThanOrEqual(0.97);
  });
});

// The targets where they hold, and floors under what was measured where they do not
// (docs/triage.md says which and by how much), so that nobody makes it worse unseen.
describe('the texts that nobody built on', () => {
  const judged = judgedPart('measured');
  const figures = figuresOf(judged);

  it('reach the targets but for one severe text read as self-care and one revocation', () => {
    process.stdout.write(`${report('measured part', judged)}\n`);
    expect(figures.emergencyRecall).toBe(1);
    expect(figures.severeCaught).toBeGreaterThanOrEqual(0.97);
    expect(figures.falseAlarms).toBeLessThanOrEqual(0.05);
    expect(figures.exact).toBeGreaterThanOrEqual(0.88);
    expect(figures.optOutRecall).toBeGreaterThanOrEqual(0.96);
    expect(figures.severeAnsweredCalm).toBeLessThanOrEqual(1);
    expect(figures.falseOptOuts).toBe(0);
  });
});

describe('the blind texts, written and labelled by somebody else', () => {
  const judged = judgedFile('texts-2.jsonl');
  const figures = figuresOf(judged);

  it('reach every target', () => {
    process.stdout.write(`${report('blind texts', judged)}\n`);
    expect(figures.emergencyRecall).toBe(1);
    expect(figures.severeCaught).toBeGreaterThanOrEqual(0.97);
    expect(figures.falseAlarms).toBeLessThanOrEqual(0.05);
    expect(figures.exact).toBeGreaterThanOrEqual(0.85);
    expect(figures.optOutRecall).toBeGreaterThanOrEqual(0.97);
    expect(figures.severeAnsweredCalm).toBe(0);
    expect(figures.falseOptOuts).toBe(0);
  });
});

describe('texts in the manner of the corpus, written when the weights were fixed', () => {
  const judged = judgedFile('texts-3.jsonl');
  const figures = figuresOf(judged);

  it('reach the targets but for a missed revocation in sixteen and one invented', () => {
    process.stdout.write(`${report('texts-3', judged)}\n`);
    expect(figures.emergencyRecall).toBeGreaterThanOrEqual(0.98);
    expect(figures.severeCaught).toBeGreaterThanOrEqual(0.97);
    expect(figures.falseAlarms).toBeLessThanOrEqual(0.05);
    expect(figures.exact).toBeGreaterThanOrEqual(0.85);
    expect(figures.optOutRecall).toBeGreaterThanOrEqual(0.93);
    expect(figures.severeAnsweredCalm).toBe(0);
    expect(figures.falseOptOuts).toBeLessThanOrEqual(1);
  });
});

describe('texts that were written while the last weights were trained', () => {
  const judged = judgedFile('texts-4.jsonl');
  const figures = figuresOf(judged);

  it('reach every target', () => {
    process.stdout.write(`${report('texts-4', judged)}\n`);
    expect(figures.emergencyRecall).toBeGreaterThanOrEqual(0.98);
    expect(figures.severeCaught).toBeGreaterThanOrEqual(0.97);
    expect(figures.falseAlarms).toBeLessThanOrEqual(0.05);
    expect(figures.exact).toBeGreaterThanOrEqual(0.85);
    expect(figures.optOutRecall).toBeGreaterThanOrEqual(0.97);
    expect(figures.severeAnsweredCalm).toBe(0);
    expect(figures.falseOptOuts).toBe(0);
  });
});

describe('the packed content', () => {
  it('is exactly what the readable files compile to', () => {
    expect(packedContent().equals(bytesOf(compileContent(readableContent())))).toBe(true);
  });

  it('leaves out no file', () => {
    expect(Object.keys(readableContent()).sort()).toEqual(contentFiles());
  });
});
