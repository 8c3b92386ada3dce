import { addHours, type Instant } from '@aftercare/time/instant';
import type { Clinic, ClinicDirectory } from './clinics.ts';
import { systemPartition } from './keys.ts';
import type { ListedMessage, System } from './ports.ts';
import { readAll } from './session-rows.ts';

/**
 * Once a day, the carrier's lists against ours: an inbound text that no webhook brought is taken in late
 * rather than never (twilio-and-sms-rules 2.3), and a text that went twice is seen.
 */

export type ReconcileReach = Pick<System, 'table' | 'sms' | 'clock' | 'log' | 'metrics'> & {
  readonly clinics: ClinicDirectory;
  /** Takes in one text as the webhook would have; says whether it was new. */
  readonly takeIn: (clinic: Clinic, message: ListedMessage) => Promise<'new' | 'known'>;
};

export type ReconcileReport = {
  readonly clinics: number;
  readonly recovered: number;
  readonly doubled: number;
  readonly failed: number;
};

/**
 * Four days: what one run missed because it failed, or its function was down over a weekend, the next one
 * finds.
 */
const lookBackHours = 98;

export async function reconcile(system: ReconcileReach): Promise<ReconcileReport> {
  const since = addHours(system.clock.now(), -lookBackHours);
  const clinicIds = await listClinicIds(system);
  const report = { clinics: clinicIds.length, recovered: 0, doubled: 0, failed: 0 };
  for (const clinicId of clinicIds) {
    await reconcileClinic(system, clinicId, since, report);
  }
  system.metrics.count('inbound_recovered', report.recovered);
  system.metrics.count('texts_doubled', report.doubled);
  system.metrics.count('reconcile_failed', report.failed);
  system.metrics.count('reconcile_runs');
  return report;
}

/** One clinic that cannot be read never keeps the others waiting. */
async function reconcileClinic(
  system: ReconcileReach,
  clinicId: string,
  since: Instant,
  report: { recovered: number; doubled: number; failed: number },
): Promise<void> {
  try {
    const clinic = await system.clinics.load(clinicId);
    if (clinic === undefined) return;
    await reconcileInbound(system, clinic, since, report);
    await countDoubled(system, clinic, since, report);
  } catch (error) {
    report.failed += 1;
    const errorName = error instanceof Error ? error.name : 'unknown';
    system.log.error('reconcile_clinic_failed', { clinicId, errorName });
  }
}

/** Every clinic of this deployment. */
export async function listClinicIds(system: Pick<System, 'table'>): Promise<readonly string[]> {
  const items = await readAll(system, systemPartition, 'CLINIC#');
  return items.map((item) => String(item.sk).slice('CLINIC#'.length));
}

async function reconcileInbound(
  system: ReconcileReach,
  clinic: Clinic,
  since: Instant,
  report: { recovered: number; failed: number },
): Promise<void> {
  for (const number of [clinic.config.patientNumber, clinic.config.alertNumber]) {
    const listed = await system.sms.list({ to: number, since });
    if (listed.kind === 'failed') {
      report.failed += 1;
      continue;
    }
    for (const message of listed.messages) {
      if (message.direction !== 'inbound') continue;
      await takeInSafely(system, clinic, message, report);
    }
  }
}

/** One text that cannot be stored now never keeps the others of the list waiting. */
async function takeInSafely(
  system: ReconcileReach,
  clinic: Clinic,
  message: ListedMessage,
  report: { recovered: number; failed: number },
): Promise<void> {
  try {
    if ((await system.takeIn(clinic, message)) === 'new') report.recovered += 1;
  } catch {
    report.failed += 1;
  }
}

/** The one thing that must never happen, looked for where it would show: on the carrier's own list. */
async function countDoubled(
  system: ReconcileReach,
  clinic: Clinic,
  since: Instant,
  report: { doubled: number; failed: number },
): Promise<void> {
  const listed = await system.sms.list({ from: clinic.config.patientNumber, since });
  if (listed.kind === 'failed') {
    report.failed += 1;
    return;
  }
  const seen = new Set<string>();
  for (const message of listed.messages) {
    if (message.direction !== 'outbound' || message.status === 'failed') continue;
    // The same words to the same number on one day: dates make each reminder's text unique.
    const what = `${message.to}\n${message.createdAt.slice(0, 10)}\n${message.body}`;
    if (seen.has(what)) {
      report.doubled += 1;
      system.log.error('text_doubled', { clinicId: clinic.config.clinicId });
    }
    seen.add(what);
  }
}
