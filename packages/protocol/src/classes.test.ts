import { describe, expect, it } from 'vitest';
import { classOf, strictestClassOf } from './classes.ts';
import { sampleSession } from './lint/cases.ts';

const pen = { ...sampleSession('N07', '13:00'), device: 'pen' as const };

describe('classOf', () => {
  it.each([
    [0.1, 'N03'],
    [0.3, 'N03'],
    [0.31, 'N07'],
    [0.75, 'N07'],
    [0.8, 'N10'],
    [1, 'N10'],
    [1.01, 'N15'],
    [4, 'N15'],
  ])('rounds %d mm up to %s', (needleDepthMm, classId) => {
    expect(classOf({ ...pen, needleDepthMm })).toBe(classId);
  });

  it('takes the deepest of several depths and the strictest class for what is unknown', () => {
    expect(classOf({ ...pen, needleDepthMm: [0.25, 1.5, 0.5] })).toBe('N15');
    expect(classOf({ ...pen, needleDepthMm: null })).toBe('N15');
    expect(classOf({ ...pen, needleDepthMm: [] })).toBe('N15');
    expect(classOf({ ...pen, device: null })).toBe('RF');
    expect(classOf({ ...pen, device: 'rf', needleDepthMm: 0.25 })).toBe('RF');
    expect(classOf({ ...pen, combinedWith: ['facial'] })).toBe('RF');
    expect(classOf({ ...pen, combinedWith: [] })).toBe('N07');
  });

  it('keeps the class of an earlier session in force for triage', () => {
    expect(strictestClassOf({ ...pen, alsoHealing: [sampleSession('RF', '13:00')] })).toBe('RF');
    expect(strictestClassOf({ ...pen, alsoHealing: [sampleSession('N03', '13:00')] })).toBe('N07');
  });
});
