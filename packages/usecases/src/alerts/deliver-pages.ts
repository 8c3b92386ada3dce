import { receiptMinutes, untakenMinutes } from '@aftercare/alerts/ladder';
import { addSeconds, epochMs, secondsBetween } from '@aftercare/time/instant';
import type { AlertRow } from '../desk-rows.ts';
import type { ReplyReach } from '../inbound/reach.ts';
import { alertPartition } from '../keys.ts';
import type { MessageRow } from '../rows.ts';
import { deliverClaimed, readMessage } from '../send-message.ts';
import { markUnreachable } from '../staff-sms/staff-phone.ts';
import { pagedEverybody, readAlertRow } from './alert-rows.ts';

/** Carrier error 21610: this phone has opted out of the alert number. */
const optedOutCode = 21_610;

/** Hands claimed pages to the carrier, all at once. True when at least one was taken. */
export async function deliverPages(system: ReplyReach, pages: readonly MessageRow[]): Promise<boolean> {
  const outcomes = await Promise.all(
    pages.map(async (page) => {
      const outcome = await deliverClaimed(system, page);
      if (outcome.kind === 'rejected' && outcome.code === optedOutCode && page.staffId !== undefined)
        await markUnreachable(system, page.clinicId, page.staffId, 'error_21610');
      return outcome.kind;
    }),
  );
  // An unknown outcome may have arrived; its receipt is missed after two minutes like any other.
  return outcomes.some((kind) => kind === 'accepted' || kind === 'unknown');
}

/**
 * One name per rung and time, so that creating it again is harmless (design 5.1), and so that an alert which
 * was taken, reopened and climbs again does not find its rung's name in use by the schedule of the first
 * climb.
 */
export const rungScheduleName = (alert: Pick<AlertRow, 'alertId' | 'rung' | 'nextRungAt'>): string => {
  const at = alert.nextRungAt === undefined ? '0' : Math.floor(epochMs(alert.nextRungAt) / 1000).toString(36);
  return `AL.${alert.alertId}.r${alert.rung + 1}.${at}`;
};

/**
 * Arms the next rung: one schedule at its time, and a look at the delivery receipts before that. Doing it
 * again is harmless: the schedule is there already, and receipts that are due have been looked for.
 */
export async function armNextRung(system: ReplyReach, alert: AlertRow): Promise<void> {
  const { nextRungAt } = alert;
  if (nextRungAt === undefined || alert.status !== 'open') return;
  const body = { clinicId: alert.clinicId, alertId: alert.alertId, rung: alert.rung + 1 };
  await system.schedules.create({
    name: rungScheduleName(alert),
    at: nextRungAt,
    queue: 'alerts-due',
    body,
    maximumEventAgeSeconds: 3600,
  });
  const page = alert.pages.find(({ rung }) => rung === alert.rung);
  if (page === undefined || pagedEverybody(alert)) return;
  const lookAt = addSeconds(page.at, receiptMinutes * 60 + clockMarginSeconds);
  const waitSeconds = Math.ceil(secondsBetween(system.clock.now(), lookAt));
  if (waitSeconds > 0) await system.queues.enqueue('alerts-due', body, waitSeconds);
}

/**
 * Everybody was just paged together: somebody must see soon whether the carrier took any of it. Only who
 * paged arms this look, so that looks never multiply while a carrier is down for hours; after a crash the
 * sweep comes.
 */
export async function armLookAtWholeLadder(
  system: ReplyReach,
  alert: Pick<AlertRow, 'clinicId' | 'alertId' | 'rung'>,
): Promise<void> {
  const body = { clinicId: alert.clinicId, alertId: alert.alertId, rung: alert.rung + 1 };
  await system.queues.enqueue('alerts-due', body, untakenMinutes * 60 + clockMarginSeconds);
}

/**
 * The clocks of two functions differ: who looks for a receipt a moment too early does not look again for
 * minutes.
 */
const clockMarginSeconds = 5;

/** A function that lives longer than this has ended or crashed. */
const crashedAfterSeconds = 30;

/**
 * Sends pages that were claimed and then forgotten by a crash. A page may thereby come twice, which costs a
 * glance; a patient's text is never repeated like this. Whoever resumes then climbs, which arms what comes
 * next.
 */
export async function resumePages(system: ReplyReach, clinicId: string, alertId: string): Promise<void> {
  const alert = await readAlertRow(system, clinicId, alertId);
  if (alert === undefined || alert.status !== 'open') return;
  const latest = alert.pages.filter((page) => page.rung === alert.rung);
  const pk = alertPartition(clinicId);
  const messages = await Promise.all(latest.map((page) => readMessage(system, pk, page.messageId)));
  const now = system.clock.now();
  const stuck = messages.filter(
    (message): message is MessageRow =>
      message?.status === 'sending' && secondsBetween(message.claimedAt, now) > crashedAfterSeconds,
  );
  if (stuck.length > 0) await deliverPages(system, stuck);
}
