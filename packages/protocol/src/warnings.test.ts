import { addHours } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
import { sampleSession } from './lint/cases.ts';
import { currentRelease } from './release.ts';
import type { CareSession } from './session.ts';
import { warningsAtIntake } from './warnings.ts';

const codes = (session: CareSession, previous?: CareSession) =>
  warningsAtIntake(currentRelease(), session, previous).map(({ code }) => code);
const pen = sampleSession('N10', '11:30');

describe('warningsAtIntake', () => {
  it('stays silent for an ordinary session', () => {
    expect(codes(pen)).toEqual([]);
  });

  it('warns when the previous session’s depth asks for more days, by its depth and not by this one’s', () => {
    const after = (days: number): CareSession => ({
      ...sampleSession('N03', '11:30'),
      endedAt: addHours(pen.endedAt, days * 24),
    });
    expect(codes(after(27), pen)).toEqual(['too_soon_after_previous']);
    expect(codes(after(28), pen)).toEqual([]);
    expect(codes(after(8), sampleSession('N03', '11:30'))).toEqual([]);
  });

  it.each<[string, Partial<CareSession>]>([
    ['home_depth_beyond_range', { setting: 'home', needleDepthMm: 0.5 }],
    ['depth_beyond_range', { needleDepthMm: [1, 3] }],
    ['depth_or_device_unknown', { needleDepthMm: null }],
    ['rf_without_clinic_interval', { device: 'rf' }],
    ['interval_below_floor', { nextSessionDays: 10 }],
    ['contraindication_pregnancy', { flags: ['pregnancy'] }],
    ['combined_treatments', { combinedWith: ['facial'] }],
    ['numbing_cream_used', { numbingCream: true }],
    ['weaker_than_protocol', { extraAdvice: { '3': 'Retinol is fine now' } }],
  ])('warns %s', (code, change) => {
    expect(codes({ ...pen, ...change })).toEqual([code]);
  });

  it('does not ask for an interval that the clinic gave, nor warn about 3 mm of RF', () => {
    expect(codes({ ...pen, device: 'rf', needleDepthMm: 3, nextSessionDays: 42 })).toEqual([]);
  });
});
