import { addDays, daysBetween, type LocalDate } from '@aftercare/time/local-date';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCaps, exceededCap, type LedgerEntry } from './limits.ts';

const D0: LocalDate = '2026-11-21';
const on = (offset: number, counts = true): LedgerEntry => ({
  onDate: addDays(D0, offset),
  kind: 'reminder',
  day: 1,
  messageId: `m${offset}`,
  counts,
});
const item = (day: number, kind: 'confirmation' | 'reminder' = 'reminder') => ({
  onDate: addDays(D0, day),
  day,
  kind,
});
const course = [item(0, 'confirmation'), item(1), item(3), item(7), item(14)];
const dropped = (ledger: readonly LedgerEntry[], planned = course) =>
  applyCaps(planned, ledger).dropped.map((drop) => [drop.item.day, drop.reason]);

describe('exceededCap', () => {
  it.each([
    ['an empty ledger allows', 0, [], undefined],
    ['a second text on one date', 0, [0], 'cap_date'],
    ['a fourth within seven dates before', 6, [0, 1, 3], 'cap_week'],
    ['the same fourth one date later is a new week', 7, [0, 1, 3], undefined],
    ['later texts claimed already count too', 0, [1, 3, 6], 'cap_week'],
    ['texts on both sides of the date', 3, [0, 1, 6], 'cap_week'],
    ['both sides, but no seven dates hold all', 3, [-1, 0, 8], undefined],
    ['two in seven leave room for the third', 3, [0, 1], undefined],
  ] as const)('%s', (_, date, ledger, cap) => {
    expect(
      exceededCap(
        addDays(D0, date),
        ledger.map((offset) => on(offset)),
      ),
    ).toBe(cap);
  });
  it('a text that certainly never left leaves its room to the retry', () => {
    expect(exceededCap(D0, [on(0, false)])).toBeUndefined();
  });
});

describe('applyCaps', () => {
  it('the whole course with its confirmation fits: 0, 1, 3 and 1, 3, 7', () =>
    expect(dropped([])).toEqual([]));

  it.each([
    ['a text yesterday: only the confirmation goes', [-1], [[0, 'cap_week']]],
    [
      'two texts before: confirmation, then day 1',
      [-2, -1],
      [
        [0, 'cap_week'],
        [1, 'cap_week'],
      ],
    ],
    ['a text on the date of day 7', [7], [[7, 'cap_date']]],
    ['texts around day 14', [12, 13, 16], [[14, 'cap_week']]],
  ] as const)('%s', (_, ledger, expected) => {
    expect(dropped(ledger.map((offset) => on(offset)))).toEqual(expected);
  });

  it('drops in the order confirmation, 14, 7, 1 and never day 3 while another can make room', () => {
    const sameWeek = [
      { ...item(3) },
      { ...item(1), onDate: addDays(D0, 4) },
      { ...item(7), onDate: addDays(D0, 5) },
      { ...item(14), onDate: addDays(D0, 6) },
      { ...item(0, 'confirmation'), onDate: addDays(D0, 2) },
    ];
    expect(dropped([], sameWeek).map(([day]) => day)).toEqual([0, 14]);
    expect(dropped([on(1)], sameWeek).map(([day]) => day)).toEqual([0, 14, 7]);
    expect(dropped([on(1), on(0)], sameWeek).map(([day]) => day)).toEqual([0, 14, 7, 1]);
  });

  it('day 3 goes only where texts that left fill the week by themselves', () => {
    expect(dropped([on(1), on(2), on(4)], [item(3)])).toEqual([[3, 'cap_week']]);
  });

  it('whatever the ledger, what is kept never exceeds a cap and what is dropped would have', () => {
    const offsets = fc.uniqueArray(fc.integer({ min: -8, max: 16 }), { maxLength: 12 });
    const days = fc.subarray(course);
    fc.assert(
      fc.property(offsets, days, (ledgerOffsets, planned) => {
        const ledger: LedgerEntry[] = [];
        for (const offset of ledgerOffsets) {
          if (exceededCap(addDays(D0, offset), ledger) === undefined) ledger.push(on(offset));
        }
        const { kept, dropped: gone } = applyCaps(planned, ledger);
        expect(kept.length + gone.length).toBe(planned.length);
        const dates = [...ledger, ...kept].map((entry) => entry.onDate);
        expect(new Set(dates).size).toBe(dates.length);
        for (const first of dates) {
          const week = dates.filter((date) => daysBetween(first, date) >= 0 && daysBetween(first, date) < 7);
          expect(week.length).toBeLessThanOrEqual(3);
        }
        const keptEntries = kept.map((entry) => ({ ...entry, messageId: 'planned', counts: true }));
        for (const { item: lost } of gone) {
          if (lost.kind === 'confirmation') continue;
          expect(exceededCap(lost.onDate, [...ledger, ...keptEntries])).toBeDefined();
        }
      }),
      { numRuns: 2000 },
    );
  });
});
