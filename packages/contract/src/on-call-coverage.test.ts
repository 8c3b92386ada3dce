import { describe, expect, it } from 'vitest';
import type { ClinicConfig } from './clinic-config.ts';
import { clinicConfig } from './clinic-file.ts';
import { coverageGaps, describeSpan } from './on-call-coverage.ts';
import { exampleClinic } from './openapi/examples.ts';

const clinic: ClinicConfig = clinicConfig.parse(exampleClinic);
const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function gapsOf(
  onCall: ClinicConfig['onCall'],
  change: Partial<ClinicConfig['locations'][number]> = {},
): string[] {
  const place = clinic.locations[0];
  if (place === undefined) throw new Error('the example has a location');
  return coverageGaps({ ...place, ...change }, onCall, clinic.staff).map(describeSpan);
}

describe('on-call coverage', () => {
  it('finds no gap without a calendar: the ladder is on duty', () => {
    expect(gapsOf([])).toEqual([]);
  });

  it('finds no gap when day and night shifts meet, also over Sunday midnight', () => {
    expect(
      gapsOf([
        { weekly: { days: [...week], from: '08:00', to: '20:00' }, staffIds: ['nina'] },
        { weekly: { days: [...week], from: '20:00', to: '08:00' }, staffIds: ['otto'] },
      ]),
    ).toEqual([]);
  });

  it('names the weekend that a weekday calendar forgets as one gap', () => {
    const onCall = [{ weekly: { days: week.slice(0, 5), from: '00:00', to: '00:00' }, staffIds: ['nina'] }];
    expect(gapsOf(onCall)).toEqual(['Saturday 00:00 to Monday 00:00']);
  });

  it('names the gap that runs from Sunday into Monday once', () => {
    const onCall = [{ weekly: { days: [...week], from: '06:00', to: '23:00' }, staffIds: ['nina'] }];
    expect(gapsOf(onCall)).toContain('Sunday 23:00 to Monday 06:00');
    expect(gapsOf(onCall)).toHaveLength(7);
  });

  it('counts a shift of people who are disabled as nobody', () => {
    const place = clinic.locations[0];
    const staff = clinic.staff.map((person) => ({ ...person, disabled: true }));
    const onCall = [{ weekly: { days: [...week], from: '00:00', to: '00:00' }, staffIds: ['nina'] }];
    expect(place && coverageGaps(place, onCall, staff).map(describeSpan)).toEqual(['the whole week']);
  });

  it('asks for the opening hours only where patients are sent elsewhere after hours', () => {
    const onCall = [{ weekly: { days: week.slice(0, 5), from: '09:00', to: '18:00' }, staffIds: ['nina'] }];
    expect(gapsOf(onCall, { coverage: 'afterHoursSelfDirect' })).toEqual([
      'Saturday 10:00 to Saturday 14:00',
    ]);
  });

  it('does not let the calendar of one location cover another', () => {
    const onCall = [
      { locationId: 'doral', weekly: { days: [...week], from: '00:00', to: '00:00' }, staffIds: ['nina'] },
    ];
    expect(gapsOf(onCall)).toEqual([]);
    expect(
      gapsOf([...onCall, { weekly: { days: ['mon'], from: '00:00', to: '00:00' }, staffIds: ['otto'] }]),
    ).toEqual(['Tuesday 00:00 to Monday 00:00']);
  });
});
