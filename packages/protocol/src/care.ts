import { hoursBetween, type Instant } from '@aftercare/time/instant';
import { addDays, daysBetween, type LocalDate } from '@aftercare/time/local-date';
import { localDateOf } from '@aftercare/time/zone';
import { type ClassId, classOf } from './classes.ts';
import type { AreaGroup, FactsByDay, ProtocolRelease } from './release.ts';
import type { CareSession } from './session.ts';
import { type Healing, healingAt, type Restriction, restrictionOf, restrictionsAt } from './timeline.ts';

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
  /** Ordered fact and line ids: the C3 cell, skin and area modifiers before its last fact, carried facts at the end. */
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
export type CarePlan = Omit<Care, 'restrictions' | 'expect'> & { healing: Healing };

export type CareOptions = {
  /** A triage case at review level or above is open: then no date for the next session is sent (C5). */
  openCase?: boolean;
};

/**
 * The care of one day at one moment (protocol-facts C3–C5, product-rules 7). `day` is the number of calendar days
 * after the local date of `endedAt`; a day without a cell of its own uses the latest earlier one.
 */
export function careFor(
  release: ProtocolRelease,
  session: CareSession,
  day: number,
  now: Instant,
  options: CareOptions = {},
): Care {
  const { healing, ...plan } = carePlan(release, session, day, now, options);
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
  const cellDay = cellDayOf(release, day);
  const facts = orderedFacts(release, healing, classId, cellDay);
  const plan: CarePlan = {
    day,
    classId,
    hoursSinceEnd: hoursBetween(session.endedAt, now),
    facts,
    watch: watched(release, healing, facts, cellDay),
    question: release.matrix.questions[cellDay] ?? { id: `day${day}`, covers: [] },
    healing,
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

/** The latest of all healing sessions' floors and usual dates (C5); home sessions beyond 0.3 mm get no date (C-26). */
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
      notBeforeOn: localDateOf(healing.now, healing.timeZone),
      usualOn: localDateOf(healing.now, healing.timeZone),
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

function cellDayOf(release: ProtocolRelease, day: number): string {
  const days = Object.keys(release.matrix.cells).map(Number);
  return String(Math.max(...days.filter((known) => known <= day), Math.min(...days)));
}

function orderedFacts(release: ProtocolRelease, healing: Healing, classId: ClassId, day: string): string[] {
  const { matrix, modifiers } = release;
  const cell = matrix.cells[day]?.[classId] ?? [];
  const added = addedFacts(release, healing, day);
  const lastAdvice = cell.findLastIndex((fact) => isAdvice(release, fact));
  const at = lastAdvice < 0 ? cell.length : lastAdvice;
  const carried = matrix.carried[day]?.[classId] ?? [];
  const facts = [...cell.slice(0, at), ...added, ...cell.slice(at), ...carried];
  const withoutMakeup = areaRules(release, healing).some((area) => area.makeup)
    ? facts
    : facts.filter((fact) => fact !== modifiers.makeupFact);
  return [...new Set([...sunFirst(release, healing, day), ...withoutMakeup])];
}

/** Skin, area, home and combined-visit facts of the day, in that order of weight: area first, it has no other place. */
function addedFacts(release: ProtocolRelease, healing: Healing, day: string): string[] {
  const { modifiers } = release;
  const { newest } = healing;
  const of = (add: FactsByDay) => add[day] ?? [];
  return [
    ...((newest.combinedWith ?? []).length > 0 ? of(modifiers.combined.add) : []),
    ...(newest.setting === 'home' ? of(modifiers.home.add) : []),
    ...areaRules(release, healing).flatMap((area) => of(area.add)),
    ...Object.entries(modifiers.skin).flatMap(([skin, rule]) =>
      healing.skinTypes.has(skin) ? of(rule.add) : [],
    ),
  ];
}

/** Neck, décolleté and pigment-prone skin hear about the sun first, on every day (C3 modifiers). */
function sunFirst(release: ProtocolRelease, healing: Healing, day: string): string[] {
  const { modifiers } = release;
  const asked =
    areaRules(release, healing).some((area) => area.sunFirst) ||
    [...healing.flags].some((flag) => modifiers.flags[flag]?.sunFirst === true);
  if (!asked) return [];
  const line = release.matrix.lines[modifiers.sunLine.waiting];
  const waits =
    line?.items.some((item) => restrictionOf(release, healing, item).state === 'waiting') ?? false;
  const open = modifiers.sunLine.open[day];
  if (waits) return [modifiers.sunLine.waiting];
  return open === undefined ? [] : [open];
}

function watched(
  release: ProtocolRelease,
  healing: Healing,
  facts: readonly string[],
  day: string,
): string[] {
  const { matrix, modifiers } = release;
  const older = healing.sessions
    .filter(({ session }) => session !== healing.newest)
    .flatMap((entry) => matrix.cells[cellDayOf(release, entry.day)]?.[entry.classId] ?? []);
  const ids = new Set([
    ...matrix.alwaysWatched,
    ...facts,
    ...older,
    ...areaRules(release, healing).flatMap((area) => area.watch[day] ?? []),
    ...[...healing.flags].flatMap((flag) => modifiers.flags[flag]?.watch[day] ?? []),
  ]);
  return [...matrix.symptomOrder, ...matrix.emergency].filter((id) => ids.has(id));
}

function isAdvice(release: ProtocolRelease, fact: string): boolean {
  return release.matrix.lines[fact] !== undefined || release.matrix.nextSessionFacts.includes(fact);
}

function areaRules(release: ProtocolRelease, healing: Healing) {
  const named = healing.sessions.flatMap(({ session }) => [...session.areas]);
  const areas: readonly string[] = named.length > 0 ? named : ['face'];
  const groups = new Set(areas.map((area) => release.modifiers.areaGroups[area] ?? 'face'));
  return AREA_GROUPS.filter((group) => groups.has(group)).map((group) => release.modifiers.areas[group]);
}

const AREA_GROUPS: readonly AreaGroup[] = ['face', 'eyes', 'lips', 'neck', 'hair', 'body', 'hands'];
