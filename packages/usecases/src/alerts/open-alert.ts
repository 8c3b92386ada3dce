import { joining } from '@aftercare/alerts/joining';
import { firstPageAt } from '@aftercare/alerts/ladder';
import type { AlertDraft } from '@aftercare/conversation/decision';
import { addSeconds, type Instant, isBefore } from '@aftercare/time/instant';
import { type AlertRow, alertRow } from '../desk-rows.ts';
import { alertRowKey, workShardOf } from '../keys.ts';
import type { System, Write } from '../ports.ts';
import { putRow } from '../row-item.ts';
import type { Language, MessageRow } from '../rows.ts';
import { expiryAfter, type Happening, sessionRetentionSeconds } from '../timeline.ts';
import { nextCode, placeOf, type StaffedClinic, saveAlert } from './alert-rows.ts';
import { claimRung } from './claim-rung.ts';

/** Whom a severe text is about; `sessionKey` and `patientId` are absent for a number we do not know. */
export type AlertSubject = {
  readonly clinicId: string;
  readonly phoneKey: string;
  readonly inboundSid: string;
  readonly locationId: string;
  readonly language: Language;
  readonly sessionKey?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly patientId?: string | undefined;
  readonly candidateIds?: readonly string[] | undefined;
};

/** What opening or joining an alert adds to the transaction that records the text. */
export type OpenedAlert = {
  readonly alertId: string;
  readonly joined: boolean;
  readonly writes: readonly Write[];
  /** Pages of rung 0, claimed here so that they leave at once (design 5.5). */
  readonly pages: readonly MessageRow[];
  readonly happenings: readonly Happening[];
};

export async function openAlert(
  system: Pick<System, 'table' | 'random' | 'clock'>,
  staffed: StaffedClinic,
  subject: AlertSubject,
  draft: AlertDraft,
  known: AlertRow | undefined,
): Promise<OpenedAlert> {
  const join = joining(known, draft.level);
  const now = system.clock.now();
  if (join.kind === 'join' && known !== undefined) return joinAlert(staffed, subject, draft, known, now);
  const alertId = system.random.ulid(now);
  const { code, writes: codeWrites } = await nextCode(system, subject.clinicId, alertId);
  const fresh = newAlert(subject, draft, { alertId, code, now, linkedAlertId: known?.alertId });
  const started = start(system, staffed, fresh, now);
  const replaced =
    join.kind === 'open' && join.replacesAlertId !== undefined && known !== undefined
      ? [replacedWrite(known, alertId, now)]
      : [];
  return {
    alertId,
    joined: false,
    pages: started.pages,
    writes: [...codeWrites, ...replaced, ...started.writes],
    happenings: [
      {
        type: 'alert.opened',
        publishAs: 'alert.opened',
        alertId,
        reason: draft.level,
        text: `Alert ${code} (${draft.level}) was opened. ${started.text}`,
      },
    ],
  };
}

/**
 * A text that joins pages nobody by itself, unless the alert was waiting for the opening and this one may
 * not.
 */
function joinAlert(
  staffed: StaffedClinic,
  subject: AlertSubject,
  draft: AlertDraft,
  known: AlertRow,
  now: Instant,
): OpenedAlert {
  const inboundSids = [...known.inboundSids, subject.inboundSid];
  const noReplyReason = known.noReplyReason ?? draft.noReplyReason;
  const firstAt = firstPageAt(staffed.people, placeOf(staffed.config, known.locationId), now, draft);
  const wakes = known.rung === -1 && !isBefore(now, firstAt);
  const write = saveAlert(known, {
    inboundSids,
    ...(wakes ? { nextRungAt: now, attendAt: now } : {}),
    ...(noReplyReason === undefined ? {} : { noReplyReason }),
    ...(draft.infection ? { infection: true } : {}),
    ...(draft.pace === 'emergency' ? { pace: 'emergency' as const } : {}),
  });
  const text = `Another text joined alert ${known.code}, which is open.`;
  return {
    alertId: known.alertId,
    joined: true,
    writes: [write],
    pages: [],
    happenings: [{ type: 'alert.joined', alertId: known.alertId, reason: draft.level, text }],
  };
}

function newAlert(
  subject: AlertSubject,
  draft: AlertDraft,
  made: { alertId: string; code: string; now: Instant; linkedAlertId: string | undefined },
): AlertRow {
  const key = alertRowKey(subject.clinicId, made.alertId);
  return {
    ...key,
    row: 'alert',
    clinicId: subject.clinicId,
    alertId: made.alertId,
    code: made.code,
    level: draft.level,
    pace: draft.pace,
    infection: draft.infection,
    status: 'open',
    sessionKey: subject.sessionKey,
    sessionId: subject.sessionId,
    patientId: subject.patientId,
    candidateIds: subject.candidateIds === undefined ? undefined : [...subject.candidateIds],
    phoneKey: subject.phoneKey,
    locationId: subject.locationId,
    language: subject.language,
    openedAt: made.now,
    expiresAtEpochSeconds: expiryAfter(made.now, sessionRetentionSeconds),
    inboundSids: [subject.inboundSid],
    linkedAlertId: made.linkedAlertId,
    rung: -1,
    pages: [],
    noReplyReason: draft.noReplyReason,
    version: 1,
    workShard: workShardOf(key.pk),
  };
}

/** Rung 0 in the same transaction, unless nights are kept quiet and this can wait for the opening. */
function start(
  system: Pick<System, 'random'>,
  staffed: StaffedClinic,
  alert: AlertRow,
  now: Instant,
): { readonly pages: readonly MessageRow[]; readonly writes: readonly Write[]; readonly text: string } {
  const place = placeOf(staffed.config, alert.locationId);
  const urgency = { level: alert.level, pace: alert.pace, infection: alert.infection === true };
  const firstAt = firstPageAt(staffed.people, place, now, urgency);
  if (isBefore(now, firstAt)) {
    const waiting = { ...alert, nextRungAt: firstAt, attendAt: addSeconds(firstAt, 60) };
    return {
      pages: [],
      writes: [putRow(alertRow, waiting, { is: 'absent' })],
      text: 'It pages at the opening.',
    };
  }
  const claim = claimRung(system, staffed, alert, now);
  const row = { ...alert, ...claim.change };
  return {
    pages: claim.messages,
    writes: [putRow(alertRow, row, { is: 'absent' }), ...claim.writes],
    text: claim.messages.length === 0 ? 'Nobody could be paged.' : 'The first person is being paged.',
  };
}

/** A lower alert that is still open gives way to the higher one, so that one patient pages once. */
function replacedWrite(known: AlertRow, byAlertId: string, now: Instant): Write {
  return saveAlert(
    known,
    {
      status: 'done',
      closedAt: now,
      closedBy: 'a higher alert',
      outcome: 'duplicate',
      replacedByAlertId: byAlertId,
    },
    ['workShard', 'attendAt', 'nextRungAt'],
  );
}
