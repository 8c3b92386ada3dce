import { addSeconds, type Instant, secondsBetween } from '@aftercare/time/instant';
import { ensureSchedules, reminderCommand } from './ensure-schedules.ts';
import { workShards } from './keys.ts';
import { inboundRow } from './person-rows.ts';
import type { Item, Key } from './ports.ts';
import { messageRow, type ReminderRow, reminderRow, sessionRow } from './rows.ts';
import { type SettleReach, settleDelivery } from './settle-delivery.ts';
import { type OnLost, settleUnknown } from './settle-unknown.ts';

/**
 * The sweeper: every row that may be stuck stands in the sparse index with the moment at which somebody must
 * look. It finds by the index, which may lag, and decides by a consistent read of the table (design 4).
 */

export type SweepReach = SettleReach & {
  readonly onLost: OnLost;
  /** Looks at a row kind that belongs to replies and alerts; true when it was one. */
  readonly attend: (item: Item) => Promise<boolean>;
};

export type SweepReport = { readonly looked: number; readonly repaired: number; readonly failed: number };

const pageSize = 50;
/** One run stays well under the function's time-out; what is left is found by the next, five minutes on. */
const maximumRows = 400;
const lookAgainSeconds = 900;

export async function sweep(system: SweepReach): Promise<SweepReport> {
  const startedAt = system.clock.now();
  const report = { looked: 0, repaired: 0, failed: 0 };
  for (const shard of workShards) {
    let after: string | undefined;
    do {
      const page = await system.table.workDue(shard, startedAt, pageSize, after);
      for (const key of page.keys) {
        if (report.looked >= maximumRows) break;
        report.looked += 1;
        await attendSafely(system, key, startedAt, report);
      }
      after = report.looked >= maximumRows ? undefined : page.next;
    } while (after !== undefined);
  }
  system.metrics.count('sweep_runs');
  system.metrics.count('sweep_repaired', report.repaired);
  system.metrics.count('sweep_failed', report.failed);
  return report;
}

/** One broken row never keeps the others waiting. */
async function attendSafely(
  system: SweepReach,
  key: Key,
  startedAt: Instant,
  report: { repaired: number; failed: number },
): Promise<void> {
  try {
    const item = await system.table.get(key);
    if (item === undefined || typeof item.attendAt !== 'string' || item.attendAt > startedAt) return;
    await attendRow(system, item);
    report.repaired += 1;
  } catch (error) {
    report.failed += 1;
    system.log.error('sweep_row_failed', { errorName: error instanceof Error ? error.name : 'unknown' });
  }
}

async function attendRow(system: SweepReach, item: Item): Promise<void> {
  switch (item.row) {
    case 'session':
      await attendSession(system, item);
      return;
    case 'reminder':
      await attendReminder(system, reminderRow.parse(item));
      return;
    case 'message':
      await attendMessage(system, item);
      return;
    case 'inbound':
      await attendInbound(system, item);
      return;
    default:
      if (!(await system.attend(item))) {
        system.metrics.count('sweep_unknown_row');
        system.log.warn('sweep_unknown_row', { row: typeof item.row === 'string' ? item.row : 'none' });
      }
  }
}

async function attendSession(system: SweepReach, item: Item): Promise<void> {
  const session = sessionRow.parse(item);
  system.metrics.count('sweep_found', 1, { what: 'schedules_missing' });
  if ((await ensureSchedules(system, session.sessionKey)) === 'incomplete') {
    await lookAgainLater(system, session, 300);
  }
}

/**
 * A planned text that should have gone: its event is sent again, and the sender decides what is right now.
 */
async function attendReminder(system: SweepReach, reminder: ReminderRow): Promise<void> {
  if (reminder.status !== 'planned' && reminder.status !== 'scheduled') return;
  const lateSeconds = secondsBetween(reminder.dueAt, system.clock.now());
  system.metrics.count('reminders_overdue');
  system.metrics.seconds('reminder_overdue_seconds', lateSeconds);
  await system.queues.enqueue('reminders-due', reminderCommand(reminder));
  await lookAgainLater(system, reminder, lookAgainSeconds);
}

async function attendMessage(system: SweepReach, item: Item): Promise<void> {
  const message = messageRow.parse(item);
  if (message.status === 'sending' || message.status === 'unknown') {
    system.metrics.seconds('unknown_age_seconds', secondsBetween(message.claimedAt, system.clock.now()));
    await settleUnknown(system, message.pk, message.messageId, system.onLost);
    return;
  }
  await settleDelivery(system, message.pk, message.messageId);
}

async function attendInbound(system: SweepReach, item: Item): Promise<void> {
  const inbound = inboundRow.parse(item);
  if (inbound.status === 'processed') return;
  system.metrics.count('sweep_found', 1, { what: 'inbound_unprocessed' });
  await system.queues.enqueue('inbound-received', {
    clinicId: inbound.clinicId,
    phoneKey: inbound.phoneKey,
    messageSid: inbound.messageSid,
  });
  await lookAgainLater(system, inbound, 300);
}

async function lookAgainLater(
  system: SweepReach,
  row: Key & { readonly attendAt?: Instant | undefined },
  seconds: number,
): Promise<void> {
  if (row.attendAt === undefined) return;
  await system.table.write({
    write: 'update',
    key: { pk: row.pk, sk: row.sk },
    set: { attendAt: addSeconds(system.clock.now(), seconds) },
    condition: { is: 'equal', attribute: 'attendAt', value: row.attendAt },
  });
}
