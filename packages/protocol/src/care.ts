import type { Instant } from '@aftercare/time/instant';
import { addDays, daysBetween, type LocalDate } from '@aftercare/time/local-date';
import { localDateOf } from '@aftercare/time/zone';
import { cellAt, orderedFacts, watchedSigns } from './cell.ts';
import { type ClassId, classOf } from './classes.ts';
import type { ProtocolRelease } from './release.ts';
import type { CareSession } from './session.ts';
import { dateOfDay, type Healing, healingAt, type Restriction, restrictionsAt } from './timeline.ts';

const HOUR_MS = 3_600_000;

/** The earliest next session (C5). `home` and `clinic` mean that no date may be sent. */
export type NextSession =
  | { kind: 'date'; notBeforeOn: LocalDate; usualOn: LocalDate }
  | { kind: 'clinic' }
  | { kind: 'home' };

/** What applies to one patient on one day: ids and dates, no words. */
export type Care = {
  day: number;
  classId: ClassId;
  /** Real hours since the end of the newest session, with fraction. */
  hoursSinceEnd: number;
  /**
   * Ordered fact and line ids: the C3 cell, skin and area modifiers before its last fact, then the bans of
   * the day that the cell does not name.
   */
  facts: readonly string[];
  /** Warning signs to name, in the order of the release; never dropped from a text. */
  watch: readonly string[];
  /** Keys of the release's expectations that are normal at this hour for the newest session. */
  expect: readonly string[];
  /** Everything not simply allowed now, soonest first. */
  restrictions: readonly Restriction[];
  question: { id: string; covers: readonly string[] };
  /** On the release's last day only. */
  nextSession?: NextSession;
};

/** Facts and dates of a day, without the costly full list of restrictions: what composing one text needs. */
export type CarePlan = Omit<Care, 'restrictions' | 'expect'> & {
  healing: Healing;
  /** The day whose cell of the matrix applies. */
  cellDay: string;
};

export type CareOptions = {
  /** A triage case at review level or above is open: then no date for the next session is sent (C5). */
  openCase?: boolean;
};

/**
 * The care of one day at one moment (protocol-facts C3–C5, product-rules 7). `day` is the number of calendar
 * days after the local date of `endedAt`; a day without a cell of its own uses the latest earlier one.
 */
export function careFor(
  release: ProtocolRelease,
  session: CareSession,
  day: number,
  now: Instant,
  options: CareOptions = {},
): Care {
  const { healing, cellDay: _, ...plan } = carePlan(release, session, day, now, options);
  return {
    ...plan,
    restrictions: restrictionsAt(release, healing),
    expect: expectedNow(release, plan.classId, plan.hoursSinceEnd),
  };
}

export function carePlan(
  release: ProtocolRelease,
  session: CareSession,
  day: number,
  now: Instant,
  options: CareOptions = {},
): CarePlan {
  const healing = healingAt(release, session, now);
  const classId = classOf(session);
  const cell = cellAt(release, healing, classId, day);
  const facts = orderedFacts(cell);
  const plan: CarePlan = {
    day,
    classId,
    hoursSinceEnd: (healing.nowMs - (healing.sessions[0]?.endedMs ?? healing.nowMs)) / HOUR_MS,
    facts,
    watch: watchedSigns(cell, facts),
    question: release.matrix.questions[cell.day] ?? { id: `day${day}`, covers: [] },
    healing,
    cellDay: cell.day,
  };
  if (day >= release.lastDay) plan.nextSession = nextSession(release, healing, options);
  return plan;
}

/** The expectations that are normal for a class at so many hours after the session (C-21, C-19). */
export function expectedNow(release: ProtocolRelease, classId: ClassId, hours: number): string[] {
  return Object.entries(release.expectations).flatMap(([key, expectation]) => {
    const toHours = expectation.toHours[classId];
    return toHours !== null && hours >= expectation.fromHours && hours < toHours ? [key] : [];
  });
}

/**
 * The latest of all healing sessions' floors and usual dates (C5); home sessions beyond 0.3 mm get no date
 * (C-26).
 */
export function nextSession(release: ProtocolRelease, healing: Healing, options: CareOptions): NextSession {
  if (options.openCase === true) return { kind: 'clinic' };
  if (healing.sessions.some(({ session, classId }) => session.setting === 'home' && classId !== 'N03')) {
    return { kind: 'home' };
  }
  const dates = healing.sessions.map(({ session, classId }) => {
    const interval = release.intervals[classId];
    const endedOn = localDateOf(session.endedAt, healing.timeZone);
    const usualDays = Math.max(interval.floorDays, session.nextSessionDays ?? interval.usualDays);
    return { notBeforeOn: addDays(endedOn, interval.floorDays), usualOn: addDays(endedOn, usualDays) };
  });
  const [
    first = {
      notBeforeOn: dateOfDay(healing.today),
      usualOn: dateOfDay(healing.today),
    },
    ...rest
  ] = dates;
  return rest.reduce<Extract<NextSession, { kind: 'date' }>>(
    (kept, next) => ({
      kind: 'date',
      notBeforeOn: later(kept.notBeforeOn, next.notBeforeOn),
      usualOn: later(kept.usualOn, next.usualOn),
    }),
    { kind: 'date', ...first },
  );
}

function later(a: LocalDate, b: LocalDate): LocalDate {
  return daysBetween(a, b) > 0 ? b : a;
}
