import { receiptMinutes, untakenMinutes } from '@aftercare/alerts/ladder';
import { addMinutes, addSeconds, type Instant, isBefore } from '@aftercare/time/instant';
import type { AlertRow } from '../desk-rows.ts';
import type { ReplyReach } from '../inbound/reach.ts';
import { alertPartition, workShardOf } from '../keys.ts';
import type { MessageRow } from '../rows.ts';
import { deliverClaimed, readMessage } from '../send-message.ts';
import {
  alertEvents,
  pagedEverybody,
  readAlertRow,
  readStaffedClinic,
  type StaffedClinic,
  saveAlert,
} from './alert-rows.ts';
import { claimRung, type RungClaim } from './claim-rung.ts';
import { armLookAtWholeLadder, armNextRung, deliverPages } from './deliver-pages.ts';
import { claimNotice } from './tell-patient.ts';

export type ClimbOutcome = 'paged' | 'not_due' | 'acknowledged' | 'closed' | 'gone';

/** A ladder has at most ten people and everybody together once: more rounds than that are a bug. */
const mostRounds = 24;

/**
 * Pages the next person of an alert if that is due, whoever asks: the rung's schedule, a missed or failed
 * receipt, the sweep. What is due is read from the rows, so a repeated or late call changes nothing
 * (product-rules 6). An alert that rests does so with its next rung armed.
 */
export async function climbAlert(
  system: ReplyReach,
  clinicId: string,
  alertId: string,
): Promise<ClimbOutcome> {
  let paged = false;
  for (let round = 0; round < mostRounds; round += 1) {
    const [alert, staffed] = await Promise.all([
      readAlertRow(system, clinicId, alertId),
      readStaffedClinic(system, clinicId),
    ]);
    if (alert === undefined || staffed === undefined) return 'gone';
    const step = await nextStep(system, alert);
    if (step === 'rest' && paged) return 'paged';
    if (step === 'rest') {
      // Whoever paged last may have died before arming what comes next.
      await armNextRung(system, alert);
      return restOf(alert);
    }
    if (step === 'reopen') await reopen(system, alert);
    else paged = (await pageNext(system, staffed, alert)) || paged;
  }
  throw new Error('An alert kept climbing without an end');
}

function restOf(alert: AlertRow): ClimbOutcome {
  switch (alert.status) {
    case 'open':
      return 'not_due';
    case 'acknowledged':
      return 'acknowledged';
    case 'done':
      return 'closed';
  }
}

async function nextStep(system: ReplyReach, alert: AlertRow): Promise<'page' | 'reopen' | 'rest'> {
  const now = system.clock.now();
  if (alert.status === 'done') return 'rest';
  if (alert.status === 'acknowledged')
    return alert.doneDueAt !== undefined && !isBefore(now, alert.doneDueAt) ? 'reopen' : 'rest';
  if (alert.nextRungAt === undefined || !isBefore(now, alert.nextRungAt)) return 'page';
  return (await pageDidNotArrive(system, alert, now)) ? 'page' : 'rest';
}

/** A page that failed, or has no receipt after two minutes, does not hold the next person back. */
async function pageDidNotArrive(system: ReplyReach, alert: AlertRow, now: Instant): Promise<boolean> {
  const latest = alert.pages.filter((page) => page.rung === alert.rung);
  if (latest.length === 0) return false;
  const areOlderThan = (minutes: number): boolean =>
    latest.every((page) => !isBefore(now, addMinutes(page.at, minutes)));
  const everybody = pagedEverybody(alert);
  if (everybody && !areOlderThan(untakenMinutes)) return false;
  const pk = alertPartition(alert.clinicId);
  const messages = await Promise.all(latest.map((page) => readMessage(system, pk, page.messageId)));
  // Everybody was paged together: the next time is in half an hour, not at once for ever.
  if (everybody) return messages.some(isUntaken) && messages.every((one) => isUntaken(one) || hasFailed(one));
  if (messages.every(hasFailed)) return true;
  return areOlderThan(receiptMinutes) && !messages.some((message) => message?.deliveryStatus === 'delivered');
}

/** As far as we know the carrier never had it, and did not refuse it either: nobody answered there. */
function isUntaken(message: MessageRow | undefined): boolean {
  if (message === undefined || message.deliveryRank !== undefined) return false;
  return message.status !== 'sent' && message.errorCode === undefined;
}

function hasFailed(message: MessageRow | undefined): boolean {
  if (message === undefined) return true;
  const status = message.deliveryStatus;
  return (
    message.status === 'failed' || status === 'undelivered' || status === 'failed' || status === 'canceled'
  );
}

/** Acknowledged but never DONE: it opens again and pages from the start, first who had taken it. */
async function reopen(system: ReplyReach, alert: AlertRow): Promise<void> {
  const now = system.clock.now();
  const text =
    `Alert ${alert.code} was taken but not closed in time; it is paged again. ` +
    'The patient gets no text about that.';
  await system.table.transact([
    saveAlert(
      alert,
      {
        status: 'open',
        reopenedAt: now,
        rung: -1,
        pages: [],
        nextRungAt: now,
        attendAt: now,
        workShard: workShardOf(alert.pk),
      },
      ['doneDueAt'],
    ),
    ...(await alertEvents(system, alert, [
      {
        type: 'alert.escalated',
        publishAs: 'alert.escalated',
        alertId: alert.alertId,
        reason: 'no_done',
        text,
      },
    ])),
  ]);
  system.metrics.count('alerts_reopened');
}

/**
 * One rung: claimed together with the alert, its event and, on the last rung, the patient's notice; then
 * sent.
 */
async function pageNext(system: ReplyReach, staffed: StaffedClinic, alert: AlertRow): Promise<boolean> {
  const now = system.clock.now();
  const claim = claimRung(system, staffed, alert, now);
  const notice = isTimeToTellPatient(alert, claim)
    ? await claimNotice(system, staffed, alert, 'last_rung')
    : undefined;
  const change: Partial<AlertRow> = {
    ...claim.change,
    workShard: workShardOf(alert.pk),
    ...(isTimeToTellPatient(alert, claim) ? { lastRungNoticeAt: now } : {}),
  };
  const written = await system.table.transact([
    saveAlert(alert, change),
    ...claim.writes,
    ...(notice?.writes ?? []),
    ...(await alertEvents(system, alert, escalation(alert, claim))),
  ]);
  if (!written.ok) return false;
  reportRung(system, alert, claim);
  const [taken] = await Promise.all([
    deliverPages(system, claim.messages),
    ...(notice === undefined ? [] : [deliverClaimed(system, notice.message)]),
  ]);
  const paged: AlertRow = { ...alert, ...claim.change };
  await armNextRung(system, paged);
  if (claim.rung.whole && claim.messages.length > 0) await armLookAtWholeLadder(system, paged);
  return taken;
}

/**
 * "Nobody has confirmed your text yet": with the last person's page, but never in the same breath as the
 * first, and not of a text that somebody had taken: it would be untrue.
 */
function isTimeToTellPatient(alert: AlertRow, claim: RungClaim): boolean {
  if (alert.acknowledgedAt !== undefined || alert.lastRungNoticeAt !== undefined) return false;
  return claim.rung.last && alert.rung >= 0;
}

function escalation(alert: AlertRow, claim: RungClaim): Parameters<typeof alertEvents>[2] {
  if (claim.change.rung === 0 && alert.reopenedAt !== undefined) return [];
  const who = claim.rung.whole ? 'everybody on the ladder' : 'the next person';
  const text =
    claim.messages.length === 0
      ? `Alert ${alert.code}: nobody can be paged.`
      : `Alert ${alert.code}: ${claim.change.rung === 0 ? 'the first person' : who} is being paged.`;
  const published = claim.change.rung > 0 ? { publishAs: 'alert.escalated' as const } : {};
  return [
    {
      type: 'alert.escalated',
      alertId: alert.alertId,
      reason: `rung_${claim.change.rung}`,
      text,
      ...published,
    },
  ];
}

function reportRung(system: ReplyReach, alert: AlertRow, claim: RungClaim): void {
  const { alertId, level } = alert;
  system.metrics.count('alert_rungs', 1, { level });
  if (claim.messages.length === 0) {
    system.metrics.count('alerts_nobody_to_page');
    system.log.error('alert_nobody_to_page', { clinicId: alert.clinicId, alertId });
  }
  if (!claim.rung.whole) return;
  // Product-rules 6: after the last rung the operator alarms.
  system.metrics.count('alerts_past_last_rung', 1, { level });
  system.log.error('alert_past_last_rung', { clinicId: alert.clinicId, alertId, rung: claim.change.rung });
}

/**
 * Brings a stuck alert back: the sweep found it past its time. Looked at again a minute later if it is
 * still open.
 */
export async function attendAlert(system: ReplyReach, alert: AlertRow): Promise<void> {
  const outcome = await climbAlert(system, alert.clinicId, alert.alertId);
  if (outcome === 'paged') return;
  const now = await readAlertRow(system, alert.clinicId, alert.alertId);
  if (now?.attendAt === undefined || isBefore(system.clock.now(), now.attendAt)) return;
  const later = now.status === 'acknowledged' ? now.doneDueAt : now.nextRungAt;
  await system.table.write(
    later === undefined
      ? saveAlert(now, {}, ['workShard', 'attendAt'])
      : saveAlert(now, { attendAt: addSeconds(later, 60) }),
  );
}
