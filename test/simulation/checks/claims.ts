import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { MessageRow } from '@aftercare/usecases/rows';
import type { Accepted, Landed } from '../carrier.ts';
import type { History, RowChange } from '../history.ts';
import { dateOnWall, daysApart, timeOnWall } from '../wall-clock.ts';
import type { Report } from './report.ts';

/** Invariants 1, 3 and 4: what is claimed, what leaves, what lands. */
export type ClaimChecks = {
  onChange(change: RowChange): void;
  onAccepted(accepted: Accepted): void;
  onLanded(landed: Landed): void;
};

const isProactive = (message: MessageRow): boolean =>
  message.kind === 'reminder' || message.kind === 'confirmation';

type Parts = {
  readonly history: () => History;
  readonly clinics: readonly ClinicConfig[];
  readonly nowMs: () => number;
  readonly report: Report;
  /** Texts that the carrier held for longer than invariant 1 allows it. */
  readonly beyondPromise: ReadonlySet<string>;
};

export function createClaimChecks(parts: Parts): ClaimChecks {
  const { history, clinics, nowMs, report, beyondPromise } = parts;
  const { inWindow, capsAtClaim, checkCaps } = createRules(parts);
  const landedTexts = new Map<string, string>();
  const landedDates = new Map<string, string[]>();

  const messageOf = (ref: string): MessageRow | undefined =>
    history().messages.get(ref.slice(ref.lastIndexOf('.') + 1));

  function claimed(message: MessageRow): void {
    const session = history().sessions.get(message.sessionKey ?? '');
    if (session === undefined) return report('4', 'claimed for no session');
    const phone = history().phones.get(`${message.clinicId} ${message.phoneKey}`);
    if (phone?.optedOutAt !== undefined)
      report('4 opt-out', `day ${message.day} claimed after the opt-out was stored`);
    if (phone?.blockedReason !== undefined)
      report('4 blocked', `day ${message.day} claimed for a blocked number`);
    if (session.status !== 'active')
      report('4 cancelled', `day ${message.day} claimed after the cancellation`);
    if (session.revision !== message.revision)
      report('4 amended', `day ${message.day} claimed for an old revision`);
    for (const other of history().sessions.values()) {
      if (other.clinicId !== session.clinicId || other.patientId !== session.patientId) continue;
      if (other.status === 'active' && other.endedAt > session.endedAt) {
        report(
          '4 superseded',
          `day ${message.day} of ${session.sessionId} claimed though ${other.sessionId} is newer`,
        );
      }
    }
    inWindow(message, nowMs(), 'claimed');
    capsAtClaim(message, session.timeZone);
  }

  return {
    onChange({ kind, before, after }) {
      if (kind !== 'message' || before !== undefined || after === undefined) return;
      const message = after as MessageRow;
      if (isProactive(message)) claimed(message);
    },
    onAccepted({ text, atMs }) {
      const message = messageOf(text.ref);
      if (message === undefined) return report('1', `a text left that nobody claimed: ${text.ref}`);
      if (isProactive(message)) inWindow(message, atMs, 'left');
    },
    onLanded({ text, landedMs, providerSid }) {
      const message = messageOf(text.ref);
      if (message === undefined || !isProactive(message)) return;
      if (beyondPromise.has(message.messageId)) return;
      const revision = history().revisions.get(`${message.sessionKey} ${message.revision}`);
      if (revision === undefined) return report('1', `${text.ref} is of no known revision`);
      const endedOn = dateOnWall(Date.parse(revision.endedAt), revision.timeZone);
      const about = `${message.sessionKey} ${endedOn} day ${message.day}`;
      const earlier = landedTexts.get(about);
      if (earlier !== undefined) report('1 twice', `${about}: ${earlier} and ${providerSid}`);
      landedTexts.set(about, providerSid);
      const person = `${message.clinicId} ${message.patientId}`;
      const today = dateOnWall(Date.parse(message.claimedAt), revision.timeZone);
      const dates = [...(landedDates.get(person) ?? []), today];
      landedDates.set(person, dates);
      checkCaps(dates, today, `landed day ${message.day} of ${message.sessionKey}`);
      const closes = clinics.find((config) => config.clinicId === message.clinicId)?.window.closes ?? '20:00';
      // The carrier may hold a text for the minute that its shortest validity allows.
      const time = timeOnWall(landedMs - 60_000, revision.timeZone);
      if (time >= closes) report('3 window', `${about} landed at ${time} in ${revision.timeZone}`);
    },
  };
}

/** The window and the limits, counted from texts and not from the ledger. */
function createRules({ history, clinics, nowMs, report, beyondPromise }: Parts) {
  function inWindow(message: MessageRow, atMs: number, what: string): void {
    const session = history().sessions.get(message.sessionKey ?? '');
    const clinic = clinics.find((config) => config.clinicId === message.clinicId);
    const zone =
      history().revisions.get(`${message.sessionKey} ${message.revision}`)?.timeZone ?? session?.timeZone;
    if (clinic === undefined || zone === undefined) return report('3', `${what}: a text of no session`);
    const time = timeOnWall(atMs, zone);
    const { opens, closes } = clinic.window;
    if (time < opens || time >= closes || time < '09:00' || time >= '20:00') {
      report(
        '3 window',
        `day ${message.day} of ${message.sessionKey} ${what} at ${time} in ${zone} (${opens}–${closes})`,
      );
    }
  }

  /** Counting claimed, sent, delivered and unknown ones; not what failed. */
  function capsAtClaim(message: MessageRow, timeZone: string): void {
    const today = dateOnWall(nowMs(), timeZone);
    const dates = [today];
    for (const other of history().messages.values()) {
      if (!isProactive(other) || other.messageId === message.messageId) continue;
      if (other.clinicId !== message.clinicId || other.patientId !== message.patientId) continue;
      if (other.status === 'failed' || beyondPromise.has(other.messageId)) continue;
      const reached = other.deliveryStatus;
      if (reached === 'undelivered' || reached === 'failed' || reached === 'canceled') continue;
      dates.push(dateOnWall(Date.parse(other.claimedAt), timeZone));
    }
    checkCaps(dates, today, `claim of day ${message.day} of ${message.sessionKey}`);
  }

  function checkCaps(dates: readonly string[], today: string, what: string): void {
    if (dates.filter((date) => date === today).length > 1)
      report('3 date', `${what}: second text on ${today}`);
    const near = dates.filter((date) => Math.abs(daysApart(today, date)) < 7);
    // Seven dates that hold too many are among thirteen that do.
    if (near.length <= 3) return;
    for (let first = -6; first <= 0; first += 1) {
      const week = near.filter((date) => {
        const days = daysApart(today, date);
        return days >= first && days < first + 7;
      });
      if (week.length > 3) report('3 week', `${what}: ${week.join(', ')}`);
    }
  }

  return { inWindow, capsAtClaim, checkCaps };
}
