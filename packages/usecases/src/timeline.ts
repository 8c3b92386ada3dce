import { epochMs, type Instant } from '@aftercare/time/instant';
import { type DayEntryRow, dayEntryRow } from './clinic-rows.ts';
import { dayEntryKey, eventRowKey, sessionRowKey } from './keys.ts';
import type { Condition, Random, Update, Write } from './ports.ts';
import { putRow, toItem } from './row-item.ts';
import { type EventRow, eventRow, type Level, type SessionRow } from './rows.ts';

/** The events that leave for the clinic's webhook (issue "what a clinic sees", 4). */
export type PublishedType =
  | 'session.accepted'
  | 'session.amended'
  | 'session.cancelled'
  | 'reminder.sent'
  | 'reminder.delivered'
  | 'reminder.failed'
  | 'reminder.skipped'
  | 'patient.replied'
  | 'patient.opted_out'
  | 'alert.opened'
  | 'alert.escalated'
  | 'alert.acknowledged'
  | 'protocol.warning';

/** Something that happened to a session, for its timeline. `text` is for staff: no symptom, no phone. */
export type Happening = {
  readonly type: string;
  readonly text: string;
  readonly day?: number;
  readonly alertId?: string;
  readonly reason?: string;
  readonly publishAs?: PublishedType;
  /** For `patient.replied`: what the text was read as. */
  readonly level?: Level;
  /** For texts that went: what they cost. */
  readonly segments?: number;
};

/**
 * Nothing is kept longer than the care needs: 400 days covers the 12 months of late texts (product-rules 8).
 */
export const sessionRetentionSeconds = 400 * 86_400;

export const expiryAfter = (at: Instant, seconds: number): number => Math.floor(epochMs(at) / 1000) + seconds;

type Owner = Pick<EventRow, 'pk' | 'clinicId'> &
  Partial<Pick<SessionRow, 'sessionId' | 'sessionKey' | 'patientId' | 'locationId' | 'protocolClass'>>;

/** The event; and, when a clinic hears of it, its line in the clinic's day, in the same transaction. */
function eventWrites(
  random: Pick<Random, 'ulid'>,
  at: Instant,
  owner: Owner,
  sequence: number,
  happening: Happening,
): Write[] {
  const eventId = random.ulid(at);
  const row: EventRow = {
    ...eventRowKey(owner.pk, eventId),
    row: 'event',
    eventId,
    clinicId: owner.clinicId,
    sessionId: owner.sessionId,
    patientId: owner.patientId,
    at,
    type: happening.type,
    day: happening.day,
    alertId: happening.alertId,
    reason: happening.reason,
    text: happening.text,
    sequence,
    publishAs: happening.publishAs,
    expiresAtEpochSeconds: expiryAfter(at, sessionRetentionSeconds),
  };
  const write = putRow(eventRow, row, { is: 'absent' });
  if (happening.publishAs === undefined) return [write];
  return [write, putRow(dayEntryRow, dayEntryOf(owner, at, eventId, happening.publishAs, happening))];
}

function dayEntryOf(
  owner: Owner,
  at: Instant,
  eventId: string,
  type: PublishedType,
  happening: Happening,
): DayEntryRow {
  return {
    ...dayEntryKey(owner.clinicId, at.slice(0, 10), eventId),
    row: 'day_entry',
    clinicId: owner.clinicId,
    at,
    type,
    sessionKey: owner.sessionKey,
    sessionId: owner.sessionId,
    locationId: owner.locationId,
    protocolClass: owner.protocolClass,
    day: happening.day,
    reason: happening.reason,
    level: happening.level,
    alertId: happening.alertId,
    segments: happening.segments,
    expiresAtEpochSeconds: expiryAfter(at, sessionRetentionSeconds),
  };
}

/** The event puts of a session that is itself put in the same transaction. */
export function eventPuts(
  random: Pick<Random, 'ulid'>,
  at: Instant,
  session: SessionRow,
  firstSequence: number,
  happenings: readonly Happening[],
): Write[] {
  return happenings.flatMap((happening, i) => eventWrites(random, at, session, firstSequence + i, happening));
}

/**
 * Appends happenings to a session's timeline: the session row takes the new sequence only if nobody else
 * appended since it was read, so that every decision made on the read session is still right when it binds.
 * A transaction that holds these writes conflicts otherwise, and its caller reads and decides again.
 */
export function withEvents(
  random: Pick<Random, 'ulid'>,
  at: Instant,
  session: SessionRow,
  happenings: readonly Happening[],
  change: { set?: Partial<SessionRow>; remove?: readonly string[]; also?: readonly Condition[] } = {},
): Write[] {
  const stillAsRead: Condition = { is: 'equal', attribute: 'sequence', value: session.sequence };
  const update: Update = {
    write: 'update',
    key: sessionRowKey(session.sessionKey),
    set: { ...toItem(change.set ?? {}), sequence: session.sequence + happenings.length },
    ...(change.remove === undefined ? {} : { remove: change.remove }),
    condition: { is: 'all', of: [{ is: 'present' }, stillAsRead, ...(change.also ?? [])] },
  };
  return [update, ...eventPuts(random, at, session, session.sequence + 1, happenings)];
}

/**
 * An event outside any session (an unknown number, a clinic-wide matter), in the partition given. Nobody
 * counts there, so its sequence is the time in milliseconds: it orders just as well.
 */
export function looseEvents(
  random: Pick<Random, 'ulid'>,
  at: Instant,
  owner: { pk: string; clinicId: string; patientId?: string },
  happening: Happening,
): Write[] {
  return eventWrites(random, at, owner, epochMs(at), happening);
}
