import { AREAS, type CareSession, DEVICES, FLAGS, SKIN_TYPES } from '@aftercare/protocol/session';
import { type Instant, instantFromEpochMs } from '@aftercare/time/instant';
import fc from 'fast-check';

/** Zones with northern and southern clock changes, half hours, none at all, and the date line. */
export const TEN_ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Phoenix',
  'Pacific/Honolulu',
  'America/St_Johns',
  'America/Puerto_Rico',
  'Europe/Madrid',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Asia/Kolkata',
] as const;

const FIRST_MS = Date.UTC(2026, 0, 1);
const LAST_MS = Date.UTC(2031, 0, 1);
export const HOUR_MS = 3_600_000;

const depth = fc.constantFrom(0.1, 0.25, 0.3, 0.31, 0.5, 0.75, 0.76, 1, 1.01, 1.5, 2, 2.5, 3.5, 4);

const oneSession = fc.record(
  {
    timeZone: fc.constantFrom(...TEN_ZONES),
    device: fc.constantFrom(...DEVICES, null),
    needleDepthMm: fc.oneof(depth, fc.array(depth, { minLength: 1, maxLength: 5 }), fc.constant(null)),
    areas: fc.subarray([...AREAS], { minLength: 1, maxLength: 4 }),
    flags: fc.subarray([...FLAGS], { maxLength: 3 }),
    skinType: fc.constantFrom(...SKIN_TYPES),
    setting: fc.constantFrom('clinic' as const, 'home' as const),
    combinedWith: fc.subarray(['facial', 'light therapy'], { maxLength: 1 }),
  },
  { requiredKeys: ['timeZone', 'device', 'needleDepthMm', 'areas', 'flags'] },
);

/** A session at any minute of five years, with up to two earlier ones inside their 14 days. */
export const anySession: fc.Arbitrary<CareSession> = fc
  .record({
    endedMs: fc.integer({ min: FIRST_MS / 60_000, max: LAST_MS / 60_000 }).map((minutes) => minutes * 60_000),
    newest: oneSession,
    earlier: fc.array(fc.record({ session: oneSession, hoursBefore: fc.integer({ min: 12, max: 330 }) }), {
      maxLength: 2,
    }),
  })
  .map(({ endedMs, newest, earlier }) => ({
    ...newest,
    endedAt: instantFromEpochMs(endedMs),
    alsoHealing: earlier.map(({ session, hoursBefore }) => ({
      ...session,
      timeZone: newest.timeZone,
      endedAt: instantFromEpochMs(endedMs - hoursBefore * HOUR_MS),
      alsoHealing: [],
    })),
  }));

/** The calendar date in a zone by `Intl` alone: an oracle that shares no code with the time package. */
export function dateByIntl(epochMs: number, timeZone: string): string {
  const known = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, known);
  return known.format(new Date(epochMs));
}

const formats = new Map<string, Intl.DateTimeFormat>();

export function atHours(session: CareSession, hours: number): Instant {
  return instantFromEpochMs(Date.parse(session.endedAt) + Math.round(hours * HOUR_MS));
}

/**
 * C4 as the clinician reads it, typed in by hand: hours per class N03, N07, N10, N15, RF; `null` = no date.
 */
export const C4: Readonly<Record<string, readonly (number | null)[]>> = {
  wash_water: [8, 8, 8, 8, 8],
  cleanser: [48, 48, 72, 72, 72],
  hydration: [0, 0, 0, 8, null],
  mineral_sunscreen: [8, 8, 24, 24, 24],
  sun: [72, 72, 72, 168, 168],
  chemical_sunscreen: [168, 168, 168, 168, 168],
  tinted_sunscreen: [72, 72, 168, 168, 168],
  makeup: [72, 72, 72, 72, 72],
  exercise: [48, 48, 48, 72, 72],
  swimming: [72, 72, 72, 168, 168],
  heat: [72, 168, 168, 168, 168],
  new_product: [120, 120, 168, 168, 168],
  peptides: [168, 168, 168, 336, 336],
  retinol: [168, 168, 336, 336, 336],
  acids: [168, 168, 336, 336, 336],
  acne_cream: [168, 168, 336, 336, 336],
  vitamin_c: [168, 168, 336, 336, 336],
  heavy_cream: [168, 168, 336, 336, 336],
  mask: [168, 168, 336, 336, 336],
  exfoliation: [168, 168, 336, 336, 336],
  brush: [168, 168, 336, 336, 336],
  fragrance: [336, 336, 336, 336, 336],
  peel: [336, 336, null, null, null],
  tanning_bed: [null, null, null, null, null],
};

/**
 * Rows "from ordinary bland product down": sensitive or pigment-prone skin reads N10 there, N10 reads N15.
 */
const SHIFTED = [
  'new_product',
  'peptides',
  'retinol',
  'acids',
  'acne_cream',
  'vitamin_c',
  'heavy_cream',
  'mask',
].concat(['exfoliation', 'brush', 'fragrance', 'peel']);

/** The class of one session, written again from protocol-facts C1. */
export function classIndex(session: CareSession): number {
  if (session.device === null || session.device === 'rf' || (session.combinedWith ?? []).length > 0) return 4;
  if (session.needleDepthMm === null) return 3;
  const deepest = Math.max(...[session.needleDepthMm].flat());
  return [0.3, 0.75, 1].filter((limit) => deepest > limit).length;
}

/**
 * When an item opens by C4 over all sessions still inside their day 14, in epoch milliseconds; `null` = no
 * date. What any session says about the patient's skin counts for all.
 */
export function opensMs(session: CareSession, item: string, now: Instant): number | null {
  const sessions = [session, ...session.alsoHealing];
  const shifts = sessions.some(
    ({ skinType, flags }) => skinType === 'sensitive' || flags.includes('pigmentProne'),
  );
  const bind = sessions.filter((one) => one === session || dayNumber(one, session.timeZone, now) <= 14);
  const times = bind.map((one) => {
    const own = classIndex(one);
    const column = shifts && SHIFTED.includes(item) ? [2, 2, 3, 3, 4][own] : own;
    const row = C4[item]?.[column ?? 4];
    const hours = row === undefined || row === null ? null : Math.max(row, extraHours(sessions, item));
    return hours === null ? null : Date.parse(one.endedAt) + hours * HOUR_MS;
  });
  return times.includes(null) ? null : Math.max(...times.map((time) => time ?? 0));
}

/**
 * Whether C4 still forbids an item at `now`, as texts and answers must have it: waits of two days or more
 * hold to the end of the local day on which their hours are full, shorter ones to the minute. `null` = no
 * date.
 */
export function stillForbidden(session: CareSession, item: string, now: Instant): boolean | null {
  const opens = opensMs(session, item, now);
  if (opens === null) return null;
  const nowMs = Date.parse(now);
  const wholeDays = (C4[item] ?? []).every((hours) => hours === null || hours >= 48);
  if (!wholeDays) return nowMs < opens;
  return dateByIntl(nowMs, session.timeZone) <= dateByIntl(opens - 1, session.timeZone) || nowMs < opens;
}

function dayNumber(session: CareSession, timeZone: string, now: Instant): number {
  const dates = [session.endedAt, now].map((instant) =>
    Date.parse(dateByIntl(Date.parse(instant), timeZone)),
  );
  return Math.round(((dates[1] ?? 0) - (dates[0] ?? 0)) / (24 * HOUR_MS));
}

function extraHours(sessions: readonly CareSession[], item: string): number {
  if (item === 'sun' && sessions.some(({ flags }) => flags.includes('pigmentProne'))) return 168;
  return item === 'heavy_cream' && sessions.some(({ skinType }) => skinType === 'oily') ? 336 : 0;
}
