import { openingHours, reminderHour, remindersOn, sessionsOn, zones } from './busy-hours.ts';

/**
 * What a provisioned table and its index hold over the week, for a month of so many sessions: numbers only,
 * so that the stack deploys, the scale model walks and the bill prices the very same plan.
 */

/** Holds this minimum from this minute on, on these weekdays (0 is Sunday), until the next one. */
export type Raise = {
  readonly weekdays: readonly number[];
  readonly hour: number;
  readonly minute: number;
  readonly minimum: number;
};

/** Capacity units a second. */
export type UnitsPlan = {
  /** Held when a deployment makes the table provisioned: enough for any hour of the week. */
  readonly initial: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly raises: readonly Raise[];
};

export type UnitsKind = 'tableWrites' | 'tableReads' | 'indexWrites' | 'indexReads';
export type CapacityPlan = { readonly [Kind in UnitsKind]: UnitsPlan };

/** What a plan is made for. */
export type Traffic = {
  readonly sessionsPerMonth: number;
  /** The clinics' `spreadMinutes`. */
  readonly spreadMinutes: number;
};

/** Target tracking holds consumption at this share of what is provisioned (DynamoDB's own default). */
export const targetPercent = 80;

/** Raises are at this zone's hours, whose morning is the first wave. */
export const planTimeZone = 'America/New_York';

/**
 * Units that one accepted session, one text with its receipts and events, and one answered text of a patient
 * use: what a walked session was counted to use (a test holds them to it).
 */
export const unitsUsed = {
  tableWrites: { session: 27, text: 33.1, reply: 27.7 },
  tableReads: { session: 1, text: 11, reply: 12 },
  indexWrites: { session: 7, text: 5, reply: 6 },
} as const;

/** Weekdays that share a plan: the busiest of them is planned for. */
const groups = [[0], [1, 3], [2, 6], [4, 5]] as const;
/** Units below which scaling is not worth its alarms. */
const least = 5;
/** The fullest hour has double its share; the plan holds the middle, target tracking the rest. */
const openingReserve = 1.5;
/** Capacity is asked for so long before an hour begins, because a change takes minutes. */
const minutesAhead = 15;
const secondsPerHour = 3600;
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** Units a second in the busiest minute of this hour, Eastern. */
function unitsIn(hour: number, weekday: number, kind: keyof typeof unitsUsed, traffic: Traffic): number {
  const { session, text, reply } = unitsUsed[kind];
  const spreadHours = Math.max(1, traffic.spreadMinutes) / 60;
  const reminders = remindersOn(weekday, traffic.sessionsPerMonth);
  const sessions = sessionsOn(weekday, traffic.sessionsPerMonth);
  const opens = openingHours.shares.length;
  return zones.reduce((units, { share, hoursLater }) => {
    const sinceDue = hour - reminderHour - hoursLater;
    const sinceOpening = hour - openingHours.from - hoursLater;
    const dueNow = sinceDue >= 0 && sinceDue < spreadHours;
    const open = sinceOpening >= 0 && sinceOpening < opens;
    const perHour =
      (dueNow ? (reminders / spreadHours) * text : 0) +
      (open ? (sessions / opens) * openingReserve * (session + text) : 0) +
      (sinceDue >= 0 && sinceDue < 11 ? (reminders / 4 / 10) * reply : 0);
    return units + (share * perHour) / secondsPerHour;
  }, 0);
}

const held = (units: number): number => Math.max(least, Math.ceil(units / (targetPercent / 100)));

/** The minimum of each hour of a weekday group, and the minutes at which it changes. */
function raisesOf(
  weekdays: readonly number[],
  kind: keyof typeof unitsUsed,
  traffic: Traffic,
  floor: number,
) {
  const levels = hours.map((hour) =>
    Math.max(floor, held(Math.max(...weekdays.map((weekday) => unitsIn(hour, weekday, kind, traffic))))),
  );
  return hours.flatMap((hour): Raise[] => {
    const before = levels[hour - 1] ?? floor;
    const minimum = levels[hour] ?? floor;
    if (minimum === before) return [];
    return minimum > before
      ? [{ weekdays, hour: hour - 1, minute: 60 - minutesAhead, minimum }]
      : [{ weekdays, hour, minute: 0, minimum }];
  });
}

function unitsPlan(kind: keyof typeof unitsUsed, traffic: Traffic): UnitsPlan {
  const initial = held(
    Math.max(
      ...groups.flat().flatMap((weekday) => hours.map((hour) => unitsIn(hour, weekday, kind, traffic))),
    ),
  );
  const minimum = Math.max(least, Math.ceil(initial / 50));
  return {
    initial,
    minimum,
    maximum: initial * 2,
    raises: groups.flatMap((weekdays) => raisesOf(weekdays, kind, traffic, minimum)),
  };
}

/**
 * The plan for such a month. Raises only lift the minimum and never cap: what exceeds the plan is target
 * tracking's, up to twice the largest hour.
 */
export function capacityPlanFor(traffic: Traffic): CapacityPlan {
  return {
    tableWrites: unitsPlan('tableWrites', traffic),
    tableReads: unitsPlan('tableReads', traffic),
    indexWrites: unitsPlan('indexWrites', traffic),
    // Only the sweep reads the index: four queries every five minutes.
    indexReads: { initial: least, minimum: least, maximum: 100, raises: [] },
  };
}
