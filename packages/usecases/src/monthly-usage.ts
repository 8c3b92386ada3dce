import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { segmentsOf } from '@aftercare/sms/encoding';
import type { Instant } from '@aftercare/time/instant';
import { type LocalDate, parseLocalDate } from '@aftercare/time/local-date';
import { localDateOf } from '@aftercare/time/zone';
import { rowsOfClinic, type TableScan } from './clinic-admin/table-scan.ts';
import { readDays, segmentCostUsd } from './daily-digest.ts';
import { type AlertRow, alertRow } from './desk-rows.ts';
import { inboundRow } from './person-rows.ts';
import type { Item, System } from './ports.ts';
import { type MessageRow, messageRow, sessionRow } from './rows.ts';

/**
 * What a clinic's texts cost in a month, derived from what is stored anyway (docs/decisions/0020): no
 * counter can drift, and sending pays nothing for it.
 */

export type UsageKind = 'reminders' | 'replies' | 'pages' | 'inbound';
export type UsageLine = {
  readonly texts: number;
  readonly segments: number;
  readonly estimatedCostUsd: number;
};
export type LocationUsage = { readonly locationId: string } & Readonly<
  Record<UsageKind | 'total', UsageLine>
>;
export type MonthlyUsage = {
  readonly clinicId: string;
  /** `YYYY-MM`, in the clinic's zone. */
  readonly month: string;
  readonly locations: readonly LocationUsage[];
  readonly total: UsageLine;
  readonly cap?: { readonly segments: number; readonly used: number; readonly reached: boolean };
};

/** Segments of confirmations and reminders that left since the first of the month, in the clinic's zone. */
export async function reminderSegmentsOfMonth(
  system: Pick<System, 'table'>,
  config: ClinicConfig,
  now: Instant,
): Promise<number> {
  const today = localDateOf(now, config.timeZone);
  const entries = await readDays(system, config.clinicId, config.timeZone, firstOf(today.slice(0, 7)), today);
  return entries
    .filter((entry) => entry.type === 'reminder.sent')
    .reduce((sum, entry) => sum + (entry.segments ?? 0), 0);
}

/**
 * Whether the clinic's own monthly cap stops reminders now (issue 6). It never stops replies or alerts,
 * which do not ask. A clinic without a cap costs no read.
 */
export async function isCapReached(
  system: Pick<System, 'table'>,
  config: ClinicConfig,
  now: Instant,
): Promise<boolean> {
  const cap = config.monthlySegmentCap;
  return cap !== undefined && (await reminderSegmentsOfMonth(system, config, now)) >= cap;
}

/** The month's bill by location, estimated; reads the whole table, so for administration only. */
export async function monthlyUsage(
  system: Pick<System, 'table' | 'clock'> & { readonly scan: TableScan },
  config: ClinicConfig,
  month: string,
): Promise<MonthlyUsage> {
  const rows = await rowsOfClinic(system.scan, config.clinicId);
  const placeOf = placer(rows, config);
  const counted = [...sentTexts(rows), ...receivedTexts(rows)].filter(
    (text) => localDateOf(text.at, config.timeZone).slice(0, 7) === month,
  );
  const locations = config.locations.map(({ locationId }) => {
    const mine = counted.filter((text) => placeOf(text) === locationId);
    return { locationId, ...linesOf(mine), total: lineOf(mine) };
  });
  const cap = config.monthlySegmentCap;
  const used = lineOf(counted.filter((text) => text.kind === 'reminders')).segments;
  return {
    clinicId: config.clinicId,
    month,
    locations,
    total: lineOf(counted),
    ...(cap === undefined ? {} : { cap: { segments: cap, used, reached: used >= cap } }),
  };
}

type Counted = {
  readonly kind: UsageKind;
  readonly at: Instant;
  readonly segments: number;
  readonly sessionKey?: string | undefined;
  readonly alertId?: string | undefined;
};

const kindOf = {
  confirmation: 'reminders',
  reminder: 'reminders',
  reply: 'replies',
  opt_out: 'replies',
  notice: 'replies',
  alert: 'pages',
} as const satisfies Record<MessageRow['kind'], UsageKind>;

/** The carrier bills what it accepted, and perhaps what it never answered for. */
function sentTexts(rows: readonly Item[]): Counted[] {
  return rows
    .filter((item) => item.row === 'message')
    .map((item) => messageRow.parse(item))
    .filter((message) => message.status === 'sent' || message.status === 'unknown')
    .map((message) => ({
      kind: kindOf[message.kind],
      at: message.acceptedAt ?? message.claimedAt,
      segments: message.segments,
      sessionKey: message.sessionKey,
      alertId: message.alertId,
    }));
}

function receivedTexts(rows: readonly Item[]): Counted[] {
  return rows
    .filter((item) => item.row === 'inbound')
    .map((item) => inboundRow.parse(item))
    .map((inbound) => ({
      kind: 'inbound' as const,
      at: inbound.receivedAt,
      segments: segmentsOf(inbound.body),
      sessionKey: inbound.sessionKey,
      alertId: inbound.alertId,
    }));
}

/** A text belongs to the location of its session, or of its alert; otherwise to the clinic's default one. */
function placer(rows: readonly Item[], config: ClinicConfig): (text: Counted) => string {
  const known = new Set(config.locations.map((place) => place.locationId));
  const bySession = new Map(
    rows
      .filter((item) => item.row === 'session')
      .map((item) => sessionRow.parse(item))
      .map((session) => [session.sessionKey, session.locationId]),
  );
  const byAlert = new Map(
    rows
      .filter((item) => item.row === 'alert')
      .map((item): AlertRow => alertRow.parse(item))
      .map((alert) => [alert.alertId, alert.locationId]),
  );
  return ({ sessionKey, alertId }) => {
    const place = bySession.get(sessionKey ?? '') ?? byAlert.get(alertId ?? '');
    return place !== undefined && known.has(place) ? place : config.defaultLocationId;
  };
}

function linesOf(texts: readonly Counted[]): Record<UsageKind, UsageLine> {
  const of = (kind: UsageKind) => lineOf(texts.filter((text) => text.kind === kind));
  return { reminders: of('reminders'), replies: of('replies'), pages: of('pages'), inbound: of('inbound') };
}

function lineOf(texts: readonly Counted[]): UsageLine {
  const segments = texts.reduce((sum, text) => sum + text.segments, 0);
  return {
    texts: texts.length,
    segments,
    estimatedCostUsd: Math.round(segments * segmentCostUsd * 100) / 100,
  };
}

/** `YYYY-MM` that exists, or undefined. */
export function parseMonth(text: string): string | undefined {
  return /^\d{4}-\d{2}$/.test(text) && parseLocalDate(`${text}-01`) !== undefined ? text : undefined;
}

function firstOf(month: string): LocalDate {
  const first = parseLocalDate(`${month}-01`);
  if (first === undefined) throw new RangeError('not a month YYYY-MM: use parseMonth on outside input');
  return first;
}
