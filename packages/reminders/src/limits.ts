import { daysBetween, type LocalDate } from '@aftercare/time/local-date';

/** One proactive text of one patient and clinic; `counts` is false once it is certain that it never left. */
export type LedgerEntry = {
  onDate: LocalDate;
  kind: ProactiveKind;
  day: number;
  messageId: string;
  counts: boolean;
};
export type ProactiveKind = 'confirmation' | 'reminder';
export type Cap = 'cap_date' | 'cap_week';

/** Product-rules 8: all proactive kinds together, per patient, in the patient's local dates. */
export const maxPerDate = 1;
export const maxPerWeek = 3;
const weekDays = 7;

type Dated = { onDate: LocalDate };
type Plannable = Dated & { kind: ProactiveKind; day: number };

/**
 * The cap that one more text on this date would exceed, or `undefined`. Looks at every run of seven dates
 * that holds the date, those after it too, because later texts may be claimed already.
 */
export function exceededCap(onDate: LocalDate, ledger: readonly LedgerEntry[]): Cap | undefined {
  const counted = ledger.filter((entry) => entry.counts);
  if (countOn(onDate, counted) >= maxPerDate) return 'cap_date';
  return fullestWeekAround(onDate, counted) >= maxPerWeek ? 'cap_week' : undefined;
}

/**
 * Which of the planned texts may stay when the texts that already went count too. Dropped, never delayed, in
 * the order confirmation, 14, 7, 1 (product-rules 8). Day 3 goes only where texts that already left fill its
 * date or week by themselves: no order of dropping can make room there, and the caps always hold (design
 * 7.3).
 */
export function applyCaps<Item extends Plannable>(
  planned: readonly Item[],
  ledger: readonly LedgerEntry[],
): { kept: Item[]; dropped: { item: Item; reason: Cap }[] } {
  const counted = ledger.filter((entry) => entry.counts);
  const kept = [...planned];
  const dropped: { item: Item; reason: Cap }[] = [];
  for (;;) {
    const worst = nextToDrop(kept, counted);
    if (worst === undefined) break;
    kept.splice(kept.indexOf(worst.item), 1);
    dropped.push(worst);
  }
  const stay = roomLeftFor(dropped, kept, counted);
  return {
    kept: planned.filter((item) => kept.includes(item) || stay.has(item)),
    dropped: dropped.filter(({ item }) => !stay.has(item)),
  };
}

/** A reminder dropped early may fit after all once later ones are gone; the confirmation never comes back. */
function roomLeftFor<Item extends Plannable>(
  dropped: readonly { item: Item }[],
  kept: readonly Item[],
  counted: readonly LedgerEntry[],
): ReadonlySet<Item> {
  const stay = new Set<Item>();
  const candidates = dropped.map(({ item }) => item).filter((item) => item.kind === 'reminder');
  for (const item of candidates.sort((a, b) => keepValue(b) - keepValue(a))) {
    if (violatedBy(item, [item, ...kept, ...stay, ...counted]) === undefined) stay.add(item);
  }
  return stay;
}

function nextToDrop<Item extends Plannable>(
  kept: readonly Item[],
  counted: readonly LedgerEntry[],
): { item: Item; reason: Cap } | undefined {
  let worst: { item: Item; reason: Cap } | undefined;
  for (const item of kept) {
    const reason = violatedBy(item, [...kept, ...counted]);
    if (reason === undefined) continue;
    if (worst === undefined || keepValue(item) < keepValue(worst.item)) worst = { item, reason };
  }
  return worst;
}

function violatedBy(item: Dated, all: readonly Dated[]): Cap | undefined {
  if (countOn(item.onDate, all) > maxPerDate) return 'cap_date';
  return fullestWeekAround(item.onDate, all) > maxPerWeek ? 'cap_week' : undefined;
}

function keepValue(item: Plannable): number {
  if (item.kind === 'confirmation') return Number.NEGATIVE_INFINITY;
  return item.day === 3 ? Number.POSITIVE_INFINITY : -item.day;
}

function countOn(onDate: LocalDate, entries: readonly Dated[]): number {
  return entries.filter((entry) => entry.onDate === onDate).length;
}

function fullestWeekAround(onDate: LocalDate, entries: readonly Dated[]): number {
  const distances = entries.map((entry) => daysBetween(onDate, entry.onDate));
  let fullest = 0;
  for (let first = 1 - weekDays; first <= 0; first += 1) {
    const inWeek = distances.filter((distance) => distance >= first && distance < first + weekDays);
    fullest = Math.max(fullest, inWeek.length);
  }
  return fullest;
}
