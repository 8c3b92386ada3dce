import { expectedNow, nextSession } from '@aftercare/protocol/care';
import { classOf } from '@aftercare/protocol/classes';
import { composeReminder } from '@aftercare/protocol/compose';
import type { ProtocolRelease } from '@aftercare/protocol/release';
import type { CareSession, Language, Style } from '@aftercare/protocol/session';
import { healingAt, restrictionOf } from '@aftercare/protocol/timeline';
import { addHours, hoursBetween, type Instant } from '@aftercare/time/instant';
import { daysBetween, type LocalDate } from '@aftercare/time/local-date';
import { localDateOf } from '@aftercare/time/zone';

/** One ban: a bar that ends, or one that only the clinic ends. */
export type CalendarBan = {
  readonly item: string;
  readonly label: string;
  /** Hours after the end of the session; 0 when it is allowed at once, null without a date. */
  readonly untilHours: number | null;
  readonly untilOn: LocalDate | null;
  /** The clinic's own word is needed as well. */
  readonly asksClinic: boolean;
  readonly never: boolean;
};

/** What is normal from one hour to another. */
export type CalendarExpectation = {
  readonly key: string;
  readonly label: string;
  readonly fromHours: number;
  readonly toHours: number;
};

/** One session's four weeks, for drawing (issue 7, point 1). Hours count from the end of the session. */
export type HealingCalendar = {
  readonly protocol: { readonly id: string; readonly version: number; readonly status: string };
  readonly classId: string;
  readonly endedAt: Instant;
  readonly timeZone: string;
  readonly expected: readonly CalendarExpectation[];
  readonly bans: readonly CalendarBan[];
  readonly nextSession?: { readonly notBeforeDay: number; readonly usualDay: number };
  /** The text of each day as it would be written on that day, at the hour of the session's end. */
  readonly previews: readonly { readonly day: number; readonly body: string; readonly segments: number }[];
};

const expectationLabels: Readonly<Record<string, string>> = {
  redness: 'Redness',
  swelling: 'Mild swelling',
  warmth: 'Warmth, tightness',
  spotting: 'Pinpoint bleeding',
  dryness: 'Dryness',
  peeling: 'Flaking, peeling',
  glow: 'Glow',
};

/** The calendar of a session by a protocol release: the stricter ban of all sessions that still heal. */
export function healingCalendar(request: {
  readonly release: ProtocolRelease;
  readonly session: CareSession;
  readonly language: Language;
  readonly style: Style;
  readonly clinicName: string;
  readonly phone: string;
}): HealingCalendar {
  const { release, session } = request;
  const classId = classOf(session);
  return {
    protocol: { id: release.id, version: release.version, status: release.status },
    classId,
    endedAt: session.endedAt,
    timeZone: session.timeZone,
    expected: expectationsOf(release, session),
    bans: bansOf(release, session),
    ...nextSessionOf(release, session),
    previews: release.days.map((day) => {
      const { body, segments } = composeReminder({
        ...request,
        day,
        now: addHours(session.endedAt, day * 24),
      });
      return { day, body, segments };
    }),
  };
}

function expectationsOf(release: ProtocolRelease, session: CareSession): CalendarExpectation[] {
  const classId = classOf(session);
  return Object.entries(release.expectations).flatMap(([key, { fromHours, toHours }]) => {
    const until = toHours[classId];
    if (until === null || !expectedNow(release, classId, fromHours).includes(key)) return [];
    return [{ key, label: expectationLabels[key] ?? key, fromHours, toHours: until }];
  });
}

function bansOf(release: ProtocolRelease, session: CareSession): CalendarBan[] {
  const healing = healingAt(release, session, session.endedAt);
  return Object.keys(release.timeline)
    .map((item) => banOf(release, session, restrictionOf(release, healing, item)))
    .sort((a, b) => weightOf(a) - weightOf(b));
}

function banOf(
  release: ProtocolRelease,
  session: CareSession,
  rule: ReturnType<typeof restrictionOf>,
): CalendarBan {
  const noun = release.texts.en.nouns[rule.item] ?? rule.item.replaceAll('_', ' ');
  const shared = {
    item: rule.item,
    label: noun.charAt(0).toUpperCase() + noun.slice(1),
    asksClinic: rule.clinic,
  };
  switch (rule.state) {
    case 'waiting':
      return {
        ...shared,
        untilHours: hoursBetween(session.endedAt, rule.untilAt),
        untilOn: rule.untilOn,
        never: false,
      };
    case 'open':
      return { ...shared, untilHours: 0, untilOn: null, never: false };
    case 'clinic_only':
    case 'never':
      return { ...shared, untilHours: null, untilOn: null, never: rule.state === 'never' };
  }
}

/** Longest first in time order; undated ones last. */
function weightOf(ban: CalendarBan): number {
  if (ban.untilHours !== null) return ban.untilHours;
  return ban.never ? Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER - 1;
}

function nextSessionOf(release: ProtocolRelease, session: CareSession): Pick<HealingCalendar, 'nextSession'> {
  const next = nextSession(release, healingAt(release, session, session.endedAt), {});
  if (next.kind !== 'date') return {};
  const endedOn = localDateOf(session.endedAt, session.timeZone);
  return {
    nextSession: {
      notBeforeDay: daysBetween(endedOn, next.notBeforeOn),
      usualDay: daysBetween(endedOn, next.usualOn),
    },
  };
}
