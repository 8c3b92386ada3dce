import { describe, expect, it } from 'vitest';
import { firstPageAt, ladderAt, nextRung, nextRungAt } from './ladder.ts';
import type { AlertClinic, AlertPlace, Person } from './people.ts';

const nineToSix = [{ opens: '09:00', closes: '18:00' }];
const place: AlertPlace = {
  locationId: 'brickell',
  name: 'Brickell',
  timeZone: 'America/New_York',
  hours: { mon: nineToSix, tue: nineToSix, wed: nineToSix, thu: nineToSix, fri: nineToSix, sat: [], sun: [] },
  holidays: ['2026-11-26'],
  ladder: ['ana', 'ben'],
  coverage: 'page24h',
};
const person = (staffId: string, more: Partial<Person> = {}): Person => ({
  staffId,
  role: 'clinical',
  phone: '+13055550111',
  confirmedAt: '2026-11-01T00:00:00.000Z',
  ...more,
});
const clinic: AlertClinic = {
  nightPages: 'all',
  staff: [person('ana'), person('ben'), person('cat'), person('mia', { role: 'manager' })],
  onCall: [],
};
const urgent = { level: 'urgent', pace: 'urgent', infection: false } as const;
const emergency = { level: 'emergency', pace: 'emergency', infection: false } as const;
const mondayNoon = '2026-11-23T17:00:00.000Z';
const mondayNight = '2026-11-24T04:00:00.000Z';
const ids = (people: readonly Person[]) => people.map((one) => one.staffId);

describe('a page that would reach nobody', () => {
  it('never goes to somebody unconfirmed, unreachable or disabled', () => {
    const staff = [
      person('ana', { unreachableSince: mondayNoon }),
      person('ben', { confirmedAt: undefined }),
      person('cat', { disabled: true }),
      person('mia'),
    ];
    const known = { ...place, ladder: ['ana', 'ben', 'cat', 'mia'] };
    expect(ids(ladderAt({ ...clinic, staff }, known, mondayNoon, 'urgent'))).toEqual(['mia']);
  });

  it('goes first to who is on call now, also past midnight', () => {
    const onCall = [{ weekly: { days: ['mon'] as const, from: '20:00', to: '08:00' }, staffIds: ['cat'] }];
    const withCalendar = { ...clinic, onCall };
    expect(ids(ladderAt(withCalendar, place, '2026-11-24T08:00:00.000Z', 'urgent'))).toEqual([
      'cat',
      'ana',
      'ben',
    ]);
    expect(ids(ladderAt(withCalendar, place, mondayNoon, 'urgent'))).toEqual(['ana', 'ben']);
  });

  it('follows a one-time override before the weekly plan', () => {
    const onCall = [
      { weekly: { days: ['mon'] as const, from: '00:00', to: '00:00' }, staffIds: ['cat'] },
      { fromAt: '2026-11-23T00:00:00.000Z', toAt: '2026-11-24T00:00:00.000Z', staffIds: ['mia'] } as const,
    ];
    expect(ids(ladderAt({ ...clinic, onCall }, place, mondayNoon, 'urgent')).slice(0, 2)).toEqual([
      'mia',
      'cat',
    ]);
  });

  it('ignores the calendar of another location', () => {
    const onCall = [
      {
        locationId: 'doral',
        weekly: { days: ['mon'] as const, from: '00:00', to: '00:00' },
        staffIds: ['cat'],
      },
    ];
    expect(ids(ladderAt({ ...clinic, onCall }, place, mondayNoon, 'urgent'))).toEqual(['ana', 'ben']);
  });

  it('reaches a manager after hours when the location sends urgent cases away', () => {
    const selfDirect = { ...place, coverage: 'afterHoursSelfDirect' as const };
    expect(ids(ladderAt(clinic, selfDirect, mondayNight, 'emergency'))[0]).toBe('mia');
    expect(ids(ladderAt(clinic, selfDirect, mondayNoon, 'emergency'))[0]).toBe('ana');
  });
});

describe('a page at the wrong time', () => {
  it('waits for the opening only for urgent cases of a self-directing location', () => {
    const selfDirect = { ...place, coverage: 'afterHoursSelfDirect' as const };
    expect(firstPageAt(clinic, selfDirect, mondayNight, urgent)).toBe('2026-11-24T14:00:00.000Z');
    expect(firstPageAt(clinic, selfDirect, mondayNight, emergency)).toBe(mondayNight);
    expect(firstPageAt(clinic, selfDirect, mondayNight, { ...urgent, pace: 'emergency' })).toBe(mondayNight);
  });

  it('is not held back by quiet nights when there are signs of infection', () => {
    const quiet = { ...clinic, nightPages: 'emergencyAndInfection' as const };
    expect(firstPageAt(quiet, place, mondayNight, urgent)).toBe('2026-11-24T14:00:00.000Z');
    expect(firstPageAt(quiet, place, mondayNight, { ...urgent, infection: true })).toBe(mondayNight);
    expect(firstPageAt(clinic, place, mondayNight, urgent)).toBe(mondayNight);
  });
});

describe('a climb that stops', () => {
  const ladder = [person('ana'), person('ben')];

  it('goes on to the next person, then to everybody', () => {
    expect(nextRung(ladder, new Set())).toMatchObject({ targets: [{ staffId: 'ana' }], last: false });
    expect(nextRung(ladder, new Set(['ana']))).toMatchObject({
      targets: [{ staffId: 'ben' }],
      last: true,
      whole: false,
    });
    const whole = nextRung(ladder, new Set(['ana', 'ben']));
    expect(ids(whole.targets)).toEqual(['ana', 'ben']);
    expect(whole.whole).toBe(true);
  });

  it('keeps the pace: 5 and 15 minutes, then 30', () => {
    const first = nextRung(ladder, new Set());
    const whole = nextRung(ladder, new Set(['ana', 'ben']));
    expect(nextRungAt(place, mondayNoon, first, emergency)).toBe('2026-11-23T17:05:00.000Z');
    expect(nextRungAt(place, mondayNoon, first, urgent)).toBe('2026-11-23T17:15:00.000Z');
    expect(nextRungAt(place, mondayNoon, whole, emergency)).toBe('2026-11-23T17:30:00.000Z');
  });

  it('pages everybody about an urgent case only while open, about an emergency at any hour', () => {
    const whole = nextRung(ladder, new Set(['ana', 'ben']));
    expect(nextRungAt(place, mondayNight, whole, urgent)).toBe('2026-11-24T14:00:00.000Z');
    expect(nextRungAt(place, mondayNight, whole, emergency)).toBe('2026-11-24T04:30:00.000Z');
  });

  it('does not skip somebody who came on duty in the middle', () => {
    const later = [person('cat'), ...ladder];
    expect(nextRung(later, new Set(['ana']))).toMatchObject({ targets: [{ staffId: 'cat' }] });
  });
});
