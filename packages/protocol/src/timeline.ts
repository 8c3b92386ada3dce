import { epochMs, type Instant, instantFromEpochMs } from '@aftercare/time/instant';
import { daysBetween, type LocalDate } from '@aftercare/time/local-date';
import { localDateOf } from '@aftercare/time/zone';
import { CLASS_IDS, type ClassId, classOf } from './classes.ts';
import type { ProtocolRelease, TimelineItem, Wait } from './release.ts';
import type { CareSession, Flag } from './session.ts';

const HOUR_MS = 3_600_000;

/**
 * What an item's rule says now. `clinic` = the clinic's own word is needed as well, even once the date has
 * passed.
 */
export type Restriction =
  | { item: string; state: 'open'; clinic: boolean }
  | { item: string; state: 'waiting'; clinic: boolean; untilAt: Instant; untilOn: LocalDate }
  | { item: string; state: 'clinic_only' | 'never'; clinic: boolean };

/**
 * The sessions whose rules bind at one moment, newest first, and what they say together about the patient.
 */
export type Healing = {
  newest: CareSession;
  timeZone: string;
  now: Instant;
  nowMs: number;
  /** The patient's local date at `now`. */
  today: LocalDate;
  sessions: readonly { session: CareSession; classId: ClassId; endedMs: number; day: number }[];
  flags: ReadonlySet<Flag>;
  skinTypes: ReadonlySet<string>;
  stricterColumn: boolean;
  /** Rules already worked out at this moment: one text asks for the same item several times. */
  known: Map<string, Restriction>;
  dates: Map<number, { untilAt: Instant; untilOn: LocalDate }>;
};

/**
 * Gathers the session and the earlier ones still inside their last day (product-rules 7). Skin types and
 * flags of all of them count: a sensitivity recorded once does not go away because a later form left it out.
 */
export function healingAt(release: ProtocolRelease, newest: CareSession, now: Instant): Healing {
  const today = localDateOf(now, newest.timeZone);
  const all = [newest, ...earlierSessions(newest)];
  const sessions = all
    .map((session) => ({
      session,
      classId: classOf(session),
      endedMs: epochMs(session.endedAt),
      day: daysBetween(localDateOf(session.endedAt, newest.timeZone), today),
    }))
    .filter((entry) => entry.session === newest || entry.day <= release.lastDay);
  const flags = new Set(all.flatMap((session) => [...session.flags]));
  const skinTypes = new Set<string>(all.flatMap((session) => session.skinType ?? []));
  const stricter = release.modifiers.stricterColumnFor;
  const stricterColumn =
    stricter.skin.some((skin) => skinTypes.has(skin)) ||
    [...flags].some((flag) => stricter.flags.includes(flag));
  return {
    newest,
    timeZone: newest.timeZone,
    now,
    nowMs: epochMs(now),
    today,
    sessions,
    flags,
    skinTypes,
    stricterColumn,
    known: new Map(),
    dates: new Map(),
  };
}

/**
 * The rule of one timeline item over all healing sessions: the later date per item (product-rules 7),
 * counted in full hours from the end of each session (C-31). Throws for an item the release does not know: a
 * bug in content or caller.
 */
export function restrictionOf(release: ProtocolRelease, healing: Healing, item: string): Restriction {
  const known = healing.known.get(item);
  if (known !== undefined) return known;
  const restriction = workOut(release, healing, item);
  healing.known.set(item, restriction);
  return restriction;
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

function workOut(release: ProtocolRelease, healing: Healing, item: string): Restriction {
  const row = release.timeline[item];
  if (row === undefined) throw new Error(`release ${release.id} v${release.version} has no item ${item}`);
  let untilMs = Number.NEGATIVE_INFINITY;
  let clinic = false;
  let undated: 'clinic_only' | 'never' | undefined;
  for (const entry of healing.sessions) {
    const wait = waitOf(release, row, entry.classId, healing);
    clinic ||= wait.clinic;
    if (wait.hours !== null) untilMs = Math.max(untilMs, entry.endedMs + wait.hours * HOUR_MS);
    else undated = wait.clinic && undated !== 'never' ? 'clinic_only' : 'never';
  }
  if (undated !== undefined) return { item, state: undated, clinic };
  if (healing.nowMs >= untilMs) return { item, state: 'open', clinic };
  return { item, state: 'waiting', clinic, ...dateOf(healing, untilMs) };
}

function dateOf(healing: Healing, untilMs: number): { untilAt: Instant; untilOn: LocalDate } {
  const known = healing.dates.get(untilMs);
  if (known !== undefined) return known;
  const untilAt = instantFromEpochMs(untilMs);
  const date = { untilAt, untilOn: localDateOf(untilAt, healing.timeZone) };
  healing.dates.set(untilMs, date);
  return date;
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
