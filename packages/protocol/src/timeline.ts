import { epochMs, type Instant, instantFromEpochMs } from '@aftercare/time/instant';
import { dateFromUtcMs, type LocalDate } from '@aftercare/time/local-date';
import { offsetMsAt } from '@aftercare/time/zone-offset';
import { CLASS_IDS, type ClassId, classOf } from './classes.ts';
import type { ProtocolRelease, TimelineItem, Wait } from './release.ts';
import type { CareSession, Flag } from './session.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * Waits of two days and more end with a calendar day: what is forbidden at any hour of a day is forbidden on
 * that day, so no text, no answer and no later text of the same day can disagree (C-31: late is safer than
 * early). Shorter ones (8 h, 24 h) end at their hour.
 */
const WHOLE_DAYS_FROM_HOURS = 48;

/**
 * What an item's rule says now. `clinic` = the clinic's own word is needed as well, even once the date has
 * passed. `untilAt` is the moment at which the hours are full, `untilOn` the last date on which the ban
 * holds, `fromOn` the first date without it; `wholeDay` is false where the hour, not the date, ends the
 * wait.
 */
export type Restriction =
  | { item: string; state: 'open'; clinic: boolean }
  | {
      item: string;
      state: 'waiting';
      clinic: boolean;
      untilAt: Instant;
      untilOn: LocalDate;
      fromOn: LocalDate;
      wholeDay: boolean;
    }
  | { item: string; state: 'clinic_only' | 'never'; clinic: boolean };

/**
 * The same in numbers, for composing thousands of texts: `untilDay` is the last forbidden calendar day as
 * days since 1970.
 */
export type Rule =
  | { item: string; state: 'open' | 'clinic_only' | 'never'; clinic: boolean }
  | { item: string; state: 'waiting'; clinic: boolean; untilMs: number; untilDay: number; wholeDay: boolean };

/**
 * The sessions whose rules bind at one moment, newest first, and what they say together about the patient.
 */
export type Healing = {
  newest: CareSession;
  timeZone: string;
  now: Instant;
  nowMs: number;
  /** The patient's local date at `now` as days since 1970 (`dateOfDay`). */
  today: number;
  sessions: readonly { session: CareSession; classId: ClassId; endedMs: number; day: number }[];
  flags: ReadonlySet<Flag>;
  skinTypes: ReadonlySet<string>;
  stricterColumn: boolean;
  /** Rules already worked out at this moment: one text asks for the same item several times. */
  known: Map<string, Rule>;
};

/**
 * Gathers the session and the earlier ones still inside their last day (product-rules 7). Skin types and
 * flags of all of them count: a sensitivity recorded once does not go away because a later form left it out.
 */
export function healingAt(release: ProtocolRelease, newest: CareSession, now: Instant): Healing {
  const nowMs = epochMs(now);
  const { timeZone } = newest;
  const today = dayNumberOf(nowMs, timeZone);
  const all = newest.alsoHealing.length === 0 ? [newest] : [newest, ...earlierSessions(newest)];
  const sessions = all
    .map((session) => {
      const endedMs = epochMs(session.endedAt);
      const day = today - dayNumberOf(endedMs, timeZone);
      return { session, classId: classOf(session), endedMs, day };
    })
    .filter((entry) => entry.session === newest || entry.day <= release.lastDay);
  const flags = new Set(all.flatMap((session) => [...session.flags]));
  const skinTypes = new Set<string>(all.flatMap((session) => session.skinType ?? []));
  const stricter = release.modifiers.stricterColumnFor;
  const stricterColumn =
    stricter.skin.some((skin) => skinTypes.has(skin)) ||
    [...flags].some((flag) => stricter.flags.includes(flag));
  return {
    newest,
    timeZone,
    now,
    nowMs,
    today,
    sessions,
    flags,
    skinTypes,
    stricterColumn,
    known: new Map(),
  };
}

/**
 * The rule of one timeline item over all healing sessions: the later date per item (product-rules 7),
 * counted in full hours from the end of each session and then to the end of that day (C-31). Throws for an
 * item the release does not know: a bug in content or caller.
 */
export function restrictionOf(release: ProtocolRelease, healing: Healing, item: string): Restriction {
  const rule = ruleOf(release, healing, item);
  if (rule.state !== 'waiting') return rule;
  const { untilMs, untilDay, clinic, wholeDay } = rule;
  const dates = { untilOn: dateOfDay(untilDay), fromOn: dateOfDay(untilDay + 1) };
  return { item, state: 'waiting', clinic, untilAt: instantFromEpochMs(untilMs), ...dates, wholeDay };
}

/** `restrictionOf` in numbers; worked out once per item and moment. */
export function ruleOf(release: ProtocolRelease, healing: Healing, item: string): Rule {
  const known = healing.known.get(item);
  if (known !== undefined) return known;
  const rule = workOut(release, healing, item);
  healing.known.set(item, rule);
  return rule;
}

/** The date of a day counted since 1970. */
export function dateOfDay(day: number): LocalDate {
  return dateFromUtcMs(day * DAY_MS);
}

function dayNumberOf(epoch: number, timeZone: string): number {
  return Math.floor((epoch + offsetMsAt(epoch, timeZone)) / DAY_MS);
}

/** Everything that is not simply allowed now, soonest date first, undated rules last. */
export function restrictionsAt(release: ProtocolRelease, healing: Healing): Restriction[] {
  return Object.keys(release.timeline)
    .map((item) => restrictionOf(release, healing, item))
    .filter((restriction) => restriction.state !== 'open')
    .sort((a, b) => sortKey(a).localeCompare(sortKey(b)));
}

/**
 * The stricter of two waits: never, then clinic only, then the longer; the clinic's word is kept from
 * either.
 */
export function stricterWait(a: Wait, b: Wait): Wait {
  const longer = strictness(a) >= strictness(b) ? a : b;
  return { hours: longer.hours, clinic: longer.hours === null ? longer.clinic : a.clinic || b.clinic };
}

function workOut(release: ProtocolRelease, healing: Healing, item: string): Rule {
  const row = release.timeline[item];
  if (row === undefined) throw new Error(`release ${release.id} v${release.version} has no item ${item}`);
  let untilMs = Number.NEGATIVE_INFINITY;
  let hours = 0;
  let clinic = false;
  let undated: 'clinic_only' | 'never' | undefined;
  for (const entry of healing.sessions) {
    const wait = waitOf(release, row, entry.classId, healing);
    clinic ||= wait.clinic;
    if (wait.hours === null) {
      undated = wait.clinic && undated !== 'never' ? 'clinic_only' : 'never';
    } else if (entry.endedMs + wait.hours * HOUR_MS > untilMs) {
      untilMs = entry.endedMs + wait.hours * HOUR_MS;
      hours = wait.hours;
    }
  }
  if (undated !== undefined) return { item, state: undated, clinic };
  const wholeDay = hours >= WHOLE_DAYS_FROM_HOURS;
  // Days have at most 25 hours: two days later no zone shows the same date.
  const lastMs = wholeDay ? untilMs + 2 * DAY_MS : untilMs;
  if (healing.nowMs >= lastMs) return { item, state: 'open', clinic };
  const untilDay = dayNumberOf(untilMs - 1, healing.timeZone);
  const over = healing.nowMs >= untilMs && healing.today > untilDay;
  if (over) return { item, state: 'open', clinic };
  return { item, state: 'waiting', clinic, untilMs, untilDay, wholeDay };
}

function waitOf(release: ProtocolRelease, row: TimelineItem, classId: ClassId, healing: Healing): Wait {
  const column = row.stricterColumn && healing.stricterColumn ? stricterColumnOf(release, classId) : classId;
  let wait = row.from[column];
  for (const skin of healing.skinTypes) wait = replaceIfStricter(wait, overrideOf(row.skin, skin)?.[column]);
  for (const flag of healing.flags) wait = replaceIfStricter(wait, row.flags[flag]?.[column]);
  return wait;
}

function overrideOf<T>(overrides: Readonly<Record<string, T>>, key: string): T | undefined {
  return overrides[key];
}

function replaceIfStricter(wait: Wait, other: Wait | undefined): Wait {
  return other === undefined ? wait : stricterWait(wait, other);
}

function stricterColumnOf(release: ProtocolRelease, classId: ClassId): ClassId {
  const column = release.modifiers.stricterColumnFor.column[classId];
  return CLASS_IDS.find((id) => id === column) ?? 'RF';
}

function earlierSessions(session: CareSession): CareSession[] {
  return session.alsoHealing.flatMap((earlier) => [earlier, ...earlierSessions(earlier)]);
}

function strictness(wait: Wait): number {
  if (wait.hours !== null) return wait.hours;
  return wait.clinic ? Number.MAX_SAFE_INTEGER - 1 : Number.MAX_SAFE_INTEGER;
}

function sortKey(restriction: Restriction): string {
  return restriction.state === 'waiting' ? restriction.untilAt : `~${restriction.state}`;
}
