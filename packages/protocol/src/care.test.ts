import { addHours, type Instant } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
import { careFor } from './care.ts';
import { CLASS_IDS } from './classes.ts';
import { sampleSession } from './lint/cases.ts';
import { currentRelease } from './release.ts';
import type { CareSession } from './session.ts';

const release = currentRelease();
const at = (session: CareSession, hours: number): Instant => addHours(session.endedAt, hours);
const pen1mm = sampleSession('N10', '11:30');

describe('the cells of protocol-facts C3', () => {
  it.each([
    ['N03', 1, 'F-049 F-063 F-081 F-007 F-131 X-01'],
    ['N10', 1, 'F-131 F-036 F-049 F-079 F-094 X-01 X-04'],
    ['N15', 3, 'F-133 F-132 F-108 F-019 F-051 X-04'],
    ['RF', 7, 'F-133 F-135 F-047 F-105 F-088 X-02 X-06 X-09'],
    ['N15', 14, 'F-135 F-112 F-088 F-020 F-139 X-08 X-09'],
  ] as const)('%s on day %d open with the facts of the table, in its order', (classId, day, ids) => {
    const session = sampleSession(classId, '11:30');
    const care = careFor(release, session, day, at(session, day * 24));
    expect(care.facts.slice(0, ids.split(' ').length).join(' ')).toBe(ids);
  });

  it('exist for every class on days 0, 1, 3, 7 and 14, with three facts at least', () => {
    for (const day of ['0', '1', '3', '7', '14']) {
      for (const classId of CLASS_IDS) expect(release.matrix.cells[day]?.[classId].length).toBeGreaterThan(2);
    }
  });
});

describe('careFor', () => {
  it('counts hours, not dates: a session that ended at 20:00 is 14 hours old at 10:00 on day 1', () => {
    const care = careFor(release, sampleSession('N10', '20:00'), 1, '2026-11-22T15:00:00.000Z');
    expect(care.hoursSinceEnd).toBe(14);
    const sunscreen = care.restrictions.find(({ item }) => item === 'mineral_sunscreen');
    expect(sunscreen).toMatchObject({
      state: 'waiting',
      untilAt: '2026-11-23T01:00:00.000Z',
      untilOn: '2026-11-22',
    });
  });

  it('puts what skin, area and flags add before the last fact, never in place of a warning sign', () => {
    const session: CareSession = { ...pen1mm, skinType: 'dry', areas: ['lips'], flags: ['coldSoreHistory'] };
    const care = careFor(release, session, 3, at(session, 72));
    expect(care.facts.indexOf('F-126')).toBeLessThan(care.facts.indexOf('F-104'));
    expect(care.watch).toEqual(['F-131', 'F-132', 'F-133', 'X-04', 'X-01']);
  });

  it('says the sun first for neck and pigment-prone skin, and nothing of makeup where there is none', () => {
    const neck = careFor(release, { ...pen1mm, areas: ['neck'] }, 1, at(pen1mm, 23));
    expect(neck.facts[0]).toBe('F-079');
    const pigment = careFor(release, { ...pen1mm, flags: ['pigmentProne'] }, 14, at(pen1mm, 336));
    expect(pigment.facts[0]).toBe('F-088');
    const scalp = careFor(release, { ...pen1mm, areas: ['scalp'] }, 1, at(pen1mm, 23));
    expect(scalp.facts).not.toContain('F-091');
    expect(scalp.facts).toContain('A-03');
    expect(careFor(release, { ...pen1mm, areas: ['scalp', 'face'] }, 1, at(pen1mm, 23)).facts).toContain(
      'F-091',
    );
  });

  it('keeps watching for what an earlier session can still show, to its day 14 only', () => {
    const rf = sampleSession('RF', '11:30');
    const mild: CareSession = {
      ...sampleSession('N03', '11:30'),
      endedAt: at(rf, 6 * 24),
      alsoHealing: [rf],
    };
    expect(careFor(release, mild, 1, at(rf, 7 * 24)).watch).toEqual(
      expect.arrayContaining(['X-02', 'X-06', 'X-09']),
    );
    expect(careFor(release, mild, 14, at(rf, 20 * 24)).watch).not.toContain('X-02');
  });

  it('takes the later date per item over sessions that heal together', () => {
    const rf = sampleSession('RF', '11:30');
    const mild: CareSession = { ...sampleSession('N03', '11:30'), endedAt: at(rf, 48), alsoHealing: [rf] };
    const restrictions = careFor(release, mild, 1, at(rf, 72)).restrictions;
    const until = (item: string) => restrictions.find((restriction) => restriction.item === item);
    expect(until('retinol')).toMatchObject({ untilOn: '2026-12-05' });
    expect(until('makeup')).toMatchObject({ untilOn: '2026-11-26' });
  });

  it('expects redness only as long as the class allows', () => {
    expect(careFor(release, pen1mm, 3, at(pen1mm, 100)).expect).toContain('redness');
    expect(careFor(release, pen1mm, 7, at(pen1mm, 121)).expect).not.toContain('redness');
  });
});

describe('the next session', () => {
  const next = (session: CareSession, options = {}) =>
    careFor(release, session, 14, at(session, 336), options).nextSession;

  it.each([
    ['N03', '2026-11-28', '2026-12-05'],
    ['N07', '2026-12-05', '2026-12-19'],
    ['N10', '2026-12-19', '2026-12-19'],
    ['N15', '2026-12-19', '2027-01-02'],
    ['RF', '2026-12-19', '2027-01-02'],
  ] as const)('after %s is not before %s, usually %s', (classId, notBeforeOn, usualOn) => {
    expect(next(sampleSession(classId, '11:30'))).toEqual({ kind: 'date', notBeforeOn, usualOn });
  });

  it('follows the clinic, but never under the floor', () => {
    expect(next({ ...sampleSession('RF', '11:30'), nextSessionDays: 60 })).toMatchObject({
      usualOn: '2027-01-20',
    });
    expect(next({ ...sampleSession('RF', '11:30'), nextSessionDays: 10 })).toMatchObject({
      usualOn: '2026-12-19',
    });
  });

  it('has no date while a case is open or after a deep session at home', () => {
    expect(next(pen1mm, { openCase: true })).toEqual({ kind: 'clinic' });
    expect(next({ ...pen1mm, setting: 'home' })).toEqual({ kind: 'home' });
    expect(next({ ...sampleSession('N03', '11:30'), setting: 'home' })).toMatchObject({ kind: 'date' });
  });

  it('is said on the last day only', () => {
    expect(careFor(release, pen1mm, 7, at(pen1mm, 168)).nextSession).toBeUndefined();
  });
});
