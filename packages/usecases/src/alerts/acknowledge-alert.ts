import { doneMinutes } from '@aftercare/alerts/ladder';
import { addMinutes, addSeconds } from '@aftercare/time/instant';
import type { AlertRow } from '../desk-rows.ts';
import type { ReplyReach } from '../inbound/reach.ts';
import { workShardOf } from '../keys.ts';
import { deliverClaimed } from '../send-message.ts';
import { alertEvents, readAlertRow, readStaffedClinic, saveAlert } from './alert-rows.ts';
import { rungScheduleName } from './deliver-pages.ts';
import { claimNotice } from './tell-patient.ts';

export type AlertCommand = { readonly clinicId: string; readonly alertId: string; readonly by: string };

export type AcknowledgeOutcome =
  | { readonly kind: 'acknowledged' | 'already' | 'closed'; readonly alert: AlertRow }
  | { readonly kind: 'not_found' };

const attempts = 8;

/**
 * Somebody takes an alert: the climb stops, the patient is told that the text was seen, and a DONE is
 * expected (product-rules 3 and 6). Repeatable. An alert that a higher one replaced stands for that one.
 */
export async function acknowledgeAlert(
  system: ReplyReach,
  command: AlertCommand,
): Promise<AcknowledgeOutcome> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const alert = await readAlertRow(system, command.clinicId, command.alertId);
    const staffed = await readStaffedClinic(system, command.clinicId);
    if (alert === undefined || staffed === undefined) return { kind: 'not_found' };
    if (alert.replacedByAlertId !== undefined)
      return acknowledgeAlert(system, { ...command, alertId: alert.replacedByAlertId });
    if (alert.status === 'done') return { kind: 'closed', alert };
    if (alert.status === 'acknowledged') return { kind: 'already', alert };
    const now = system.clock.now();
    const doneDueAt = addMinutes(now, doneMinutes[alert.level]);
    const change = {
      status: 'acknowledged' as const,
      acknowledgedAt: now,
      acknowledgedBy: command.by,
      doneDueAt,
      workShard: workShardOf(alert.pk),
      attendAt: addSeconds(doneDueAt, 30),
    };
    // After a reopening the patient knows already that the text was seen.
    const template = alert.level === 'emergency' ? 'seen_emergency' : 'seen_urgent';
    const seen =
      alert.reopenedAt === undefined ? await claimNotice(system, staffed, alert, template) : undefined;
    const written = await system.table.transact([
      saveAlert(alert, change, ['nextRungAt']),
      ...(seen?.writes ?? []),
      ...(await alertEvents(system, alert, [
        {
          type: 'alert.acknowledged',
          publishAs: 'alert.acknowledged',
          alertId: alert.alertId,
          text: `Alert ${alert.code} was taken by ${command.by}.`,
        },
      ])),
    ]);
    if (!written.ok) continue;
    if (seen !== undefined) await deliverClaimed(system, seen.message);
    await expectDone(system, { ...alert, ...change });
    const { nextRungAt: _next, ...rest } = alert;
    return { kind: 'acknowledged', alert: { ...rest, ...change, version: alert.version + 1 } };
  }
  throw new Error('An alert met other writers too often');
}

async function expectDone(system: ReplyReach, alert: AlertRow): Promise<void> {
  await system.schedules.remove(rungScheduleName(alert));
  if (alert.doneDueAt === undefined) return;
  await system.schedules.create({
    name: `AL.${alert.alertId}.done${alert.version}`,
    at: alert.doneDueAt,
    queue: 'alerts-due',
    body: { clinicId: alert.clinicId, alertId: alert.alertId, rung: 0 },
    maximumEventAgeSeconds: 3600,
  });
}

export type CloseOutcome =
  | { readonly kind: 'closed' | 'already'; readonly alert: AlertRow }
  | { readonly kind: 'not_found' };

/** DONE: the case is over, with what it was. Closing an alert that nobody took takes it at the same time. */
export async function closeAlert(
  system: ReplyReach,
  command: AlertCommand & { readonly outcome: NonNullable<AlertRow['outcome']> },
): Promise<CloseOutcome> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const alert = await readAlertRow(system, command.clinicId, command.alertId);
    if (alert === undefined) return { kind: 'not_found' };
    if (alert.replacedByAlertId !== undefined)
      return closeAlert(system, { ...command, alertId: alert.replacedByAlertId });
    if (alert.status === 'done') return { kind: 'already', alert };
    if (alert.status === 'open') {
      const taken = await acknowledgeAlert(system, command);
      if (taken.kind === 'not_found') return taken;
      continue;
    }
    const change = {
      status: 'done' as const,
      closedAt: system.clock.now(),
      closedBy: command.by,
      outcome: command.outcome,
    };
    const written = await system.table.transact([
      saveAlert(alert, change, ['workShard', 'attendAt', 'nextRungAt', 'doneDueAt']),
      ...(await alertEvents(system, alert, [
        {
          type: 'alert.done',
          alertId: alert.alertId,
          reason: command.outcome,
          text: `Alert ${alert.code} was closed by ${command.by}: ${command.outcome.replace('_', ' ')}.`,
        },
      ])),
    ]);
    if (!written.ok) continue;
    return { kind: 'closed', alert: { ...alert, ...change, version: alert.version + 1 } };
  }
  throw new Error('An alert met other writers too often');
}
