import { addDays, daysBetween } from '@aftercare/time/local-date';
import { isInside } from '@aftercare/time/window';
import { localDateOf, localDateTimeOf } from '@aftercare/time/zone';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from './limits.ts';
import { capReminders, type PlanInput, planConfirmation, planReminders } from './plan.ts';

const ZONE = 'America/New_York';
const base: PlanInput = {
  endedAt: '2026-11-21T16:30:00.000Z',
  timeZone: ZONE,
  now: '2026-11-21T17:00:00.000Z',
};
const due = (input: PlanInput) =>
  planReminders(input).map((item) =>
    item.status === 'planned' ? localDateTimeOf(item.dueAt, input.timeZone) : `${item.day} ${item.reason}`,
  );

function sent(onDate: LedgerEntry['onDate'], day = 1, kind: LedgerEntry['kind'] = 'reminder'): LedgerEntry {
  return { onDate, day, kind, messageId: `m-${onDate}`, counts: true };
}

describe('planReminders', () => {
  it('four texts at 10:00 on the patient wall, counted from the local date of the treatment', () => {
    expect(due(base)).toEqual([
      '2026-11-22T10:00',
      '2026-11-24T10:00',
      '2026-11-28T10:00',
      '2026-12-05T10:00',
    ]);
  });

  it('a treatment late in the evening belongs to its local date, not to the date in UTC', () => {
    const evening = {
      ...base,
      endedAt: '2026-11-22T02:30:00.000Z',
      now: '2026-11-22T02:40:00.000Z',
    } as const;
    expect(due(evening)[0]).toBe('2026-11-22T10:00');
  });

  it.each([
    ['spring', '2027-03-13T15:00:00.000Z', '2027-03-14T10:00'],
    ['autumn', '2027-11-06T15:00:00.000Z', '2027-11-07T10:00'],
  ] as const)('the hour does not move when the clocks change in %s', (_, endedAt, first) => {
    expect(due({ ...base, endedAt, now: endedAt })[0]).toBe(first);
  });

  it.each([
    ['06:15', '09:00'],
    ['11:30', '11:30'],
    ['19:55', '19:55'],
    ['20:00', '19:45'],
    ['23:59', '19:45'],
  ])('a reminder time of %s becomes %s', (reminderTime, time) => {
    expect(due({ ...base, reminderTime })[0]).toBe(`2026-11-22T${time}`);
  });

  it("the clinic's own window binds, but never widens the outer one", () => {
    expect(due({ ...base, window: { opens: '11:00', closes: '15:00' } })[0]).toBe('2026-11-22T11:00');
    expect(due({ ...base, reminderTime: '07:00', window: { opens: '06:00', closes: '23:00' } })[0]).toBe(
      '2026-11-22T09:00',
    );
  });

  describe('posted late', () => {
    it.each([
      ['one minute before closing', '2026-11-24T00:57:00.000Z', '1 window_over'],
      ['in the night after day 1', '2026-11-23T06:00:00.000Z', '1 window_over'],
      ['on day 1 after 10:00', '2026-11-22T18:00:00.000Z', '2026-11-22T13:02'],
      ['on day 1 as the window closes', '2026-11-23T00:58:00.000Z', '1 window_over'],
      ['on day 1 two minutes and a second before', '2026-11-23T00:57:59.000Z', '2026-11-22T19:59'],
      ['on day 1 before dawn', '2026-11-22T09:00:00.000Z', '2026-11-22T10:00'],
    ] as const)('%s', (_, now, first) => expect(due({ ...base, now })[0]).toBe(first));

    it('after day 14 everything is skipped with the reason, and nothing bursts', () => {
      expect(due({ ...base, now: '2026-12-07T15:00:00.000Z' })).toEqual([
        '1 window_over',
        '3 window_over',
        '7 window_over',
        '14 window_over',
      ]);
    });
  });

  it('a text that an earlier revision put on the same date is not planned twice', () => {
    const alreadyTexted = [{ day: 1, onDate: '2026-11-22' }] as const;
    expect(due({ ...base, alreadyTexted })[0]).toBe('1 already_sent');
    const moved = { ...base, endedAt: '2026-11-22T16:30:00.000Z', alreadyTexted } as const;
    expect(due(moved)[0]).toBe('2026-11-23T10:00');
  });

  it('a spread is stable per session and stays before closing', () => {
    const times = Array.from({ length: 200 }, (_, index) => {
      const input = { ...base, spreadMinutes: 30, spreadSeed: `session-${index}` };
      expect(due(input)).toEqual(due(input));
      return due(input)[0] ?? '';
    });
    expect(new Set(times).size).toBeGreaterThan(25);
    for (const time of times) expect(time >= '2026-11-22T10:00' && time < '2026-11-22T10:30').toBe(true);
    const late = { ...base, reminderTime: '19:30', spreadMinutes: 600, spreadSeed: 'x' };
    expect((due(late)[0] ?? '') <= '2026-11-22T19:45').toBe(true);
  });

  it('holds for any moment, zone and late post: own date each, inside the window, never in the past', () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const ended = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2030, 11, 1) });
    const lateMs = fc.integer({ min: 0, max: 16 * 86_400_000 });
    fc.assert(
      fc.property(zone, ended, lateMs, (timeZone, endedMs, late) => {
        const endedAt = `${new Date(endedMs).toISOString().slice(0, -1)}Z` as const;
        const now = `${new Date(endedMs + late).toISOString().slice(0, -1)}Z` as const;
        const planned = planReminders({ endedAt, timeZone, now }).filter((item) => item.status === 'planned');
        for (const item of planned) {
          expect(localDateOf(item.dueAt, timeZone)).toBe(item.onDate);
          expect(daysBetween(localDateOf(endedAt, timeZone), item.onDate)).toBe(item.day);
          expect(isInside(item.dueAt, { opens: '09:00', closes: '20:00' }, timeZone)).toBe(true);
          expect(item.dueAt > now).toBe(true);
        }
        expect(new Set(planned.map((item) => item.onDate)).size).toBe(planned.length);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('planConfirmation', () => {
  const plan = (input: PlanInput, ledger: readonly LedgerEntry[] = []) =>
    planConfirmation(input, planReminders(input), ledger);

  it('goes at once when posted inside the window on the day of the treatment', () => {
    expect(plan(base)).toEqual({ day: 0, onDate: '2026-11-21', dueAt: base.now, status: 'planned' });
  });
  it('waits for the opening when posted before it', () => {
    const early = { ...base, endedAt: '2026-11-21T11:00:00.000Z', now: '2026-11-21T12:00:00.000Z' } as const;
    expect(plan(early)).toMatchObject({ status: 'planned', dueAt: '2026-11-21T14:00:00.000Z' });
  });
  it.each([
    ['posted at night', '2026-11-22T03:00:00.000Z'],
    ['posted the next morning', '2026-11-22T15:00:00.000Z'],
  ] as const)('never goes on another date: %s', (_, now) => {
    expect(plan({ ...base, now })).toMatchObject({ status: 'skipped', reason: 'window_over' });
  });
  it('gives way when an earlier session already used the week, so that day 3 keeps its place', () => {
    expect(plan(base, [sent('2026-11-20')])).toMatchObject({ reason: 'cap_week' });
    expect(plan(base, [sent('2026-11-17')])).toMatchObject({ status: 'planned' });
  });
  it('gives way to a text of the same date', () => {
    expect(plan(base, [sent('2026-11-21')])).toMatchObject({ reason: 'cap_date' });
  });
  it('is not sent a second time by an amendment', () => {
    expect(plan({ ...base, alreadyTexted: [{ day: 0, onDate: '2026-11-21' }] })).toMatchObject({
      reason: 'already_sent',
    });
  });
});

describe('capReminders', () => {
  it('marks what the caps drop and leaves the rest untouched', () => {
    const plan = planReminders(base);
    expect(capReminders(plan, [])).toEqual(plan);
    const capped = capReminders(plan, [sent('2026-11-19'), sent('2026-11-20')]);
    expect(capped.map((item) => (item.status === 'skipped' ? item.reason : item.status))).toEqual([
      'cap_week',
      'planned',
      'planned',
      'planned',
    ]);
    expect(capped[0]?.onDate).toBe(addDays('2026-11-21', 1));
  });
});
