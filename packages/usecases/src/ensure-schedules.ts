import { addSeconds, type Instant, secondsBetween } from '@aftercare/time/instant';
import { reminderScheduleName, sessionRowKey } from './keys.ts';
import type { Item, System } from './ports.ts';
import { type ReminderRow, type SessionRow, sessionRow } from './rows.ts';
import { currentReminders, readReminderRows, readSessionRow } from './session-rows.ts';

type Reach = Pick<System, 'table' | 'schedules' | 'queues' | 'clock' | 'log' | 'metrics'>;

/** An event that could not be delivered within the hour is dropped; the sweep decides what is left to do. */
const maximumEventAgeSeconds = 3600;
/**
 * How the Scheduler treats a time in the past is not documented: nearer than this goes straight to the queue.
 */
const tooNearSeconds = 60;
const queueDelayLimitSeconds = 900;

export const reminderCommand = (
  row: Pick<ReminderRow, 'sessionKey' | 'revision' | 'day' | 'attempt'>,
): Item => ({
  sessionKey: row.sessionKey,
  revision: row.revision,
  day: row.day,
  attempt: row.attempt,
});

/**
 * One one-time schedule for one planned text; a schedule that is there already is as good (design 5.1).
 *
 * @param hint what spares the sender a read (reminder-hint.ts)
 */
export async function scheduleReminder(
  system: Pick<System, 'schedules' | 'queues'>,
  row: ReminderRow,
  now: Instant,
  hint?: string,
): Promise<void> {
  const body = { ...reminderCommand(row), ...(hint === undefined ? {} : { hint }) };
  const aheadSeconds = secondsBetween(now, row.dueAt);
  if (aheadSeconds < tooNearSeconds) {
    const delaySeconds = Math.min(Math.max(0, Math.ceil(aheadSeconds)), queueDelayLimitSeconds);
    await system.queues.enqueue('reminders-due', body, delaySeconds);
    return;
  }
  await system.schedules.create({
    name: reminderScheduleName(row.sessionKey, row.revision, row.day, row.attempt),
    at: row.dueAt,
    queue: 'reminders-due',
    body,
    maximumEventAgeSeconds,
  });
}

/**
 * Creates what is missing of a session's schedules and then says so in the row. Repeatable: intake calls it,
 * and the sweep calls it again for what intake did not finish. `incomplete` leaves the row for the sweep.
 */
export async function ensureSchedules(
  system: Reach,
  sessionKey: string,
): Promise<'done' | 'incomplete' | 'gone'> {
  const session = await readSessionRow(system, sessionKey);
  if (session === undefined) return 'gone';
  const isMissing = session.status === 'active' && session.scheduledRevision < session.revision;
  const rows = isMissing ? currentReminders(await readReminderRows(system, sessionKey)) : [];
  return (await schedulePlan(system, session, rows)) === undefined ? 'incomplete' : 'done';
}

/**
 * The schedules of a revision that was just stored, side by side, and the mark that they are there.
 * Answers with the session as it is then; undefined when a schedule is missing, which the sweep mends.
 */
export async function schedulePlan(
  system: Reach,
  session: SessionRow,
  rows: readonly ReminderRow[],
  hint?: string,
): Promise<SessionRow | undefined> {
  const now = system.clock.now();
  const results = await Promise.allSettled(
    rows.filter((row) => row.status === 'planned').map((row) => scheduleReminder(system, row, now, hint)),
  );
  const failures = results.filter((result) => result.status === 'rejected').length;
  if (failures > 0) {
    system.metrics.count('schedules_not_created', failures);
    system.log.warn('schedules_incomplete', { sessionKey: session.sessionKey, failures });
    return undefined;
  }
  return markScheduled(system, session);
}

async function markScheduled(system: Pick<System, 'table'>, session: SessionRow): Promise<SessionRow> {
  // A newer revision has its own mark to earn; losing this race is right.
  const written = await system.table.write({
    write: 'update',
    key: sessionRowKey(session.sessionKey),
    set: { scheduledRevision: session.revision },
    remove: ['workShard', 'attendAt'],
    condition: {
      is: 'all',
      of: [{ is: 'present' }, { is: 'equal', attribute: 'revision', value: session.revision }],
    },
  });
  const stored = written.ok ? written.item : written.stored;
  return stored === undefined ? session : sessionRow.parse(stored);
}

/** Schedules of rows that will not be sent are removed as a courtesy: the row alone decides. */
export async function removeSchedules(
  system: Pick<System, 'schedules' | 'log'>,
  rows: readonly ReminderRow[],
): Promise<void> {
  const results = await Promise.allSettled(
    rows.map((row) =>
      system.schedules.remove(reminderScheduleName(row.sessionKey, row.revision, row.day, row.attempt)),
    ),
  );
  const failures = results.filter((result) => result.status === 'rejected').length;
  if (failures > 0) system.log.info('schedules_left_behind', { failures });
}

/** When the sweep first looks at a planned text: well after it should have gone. */
export const overdueLookAt = (dueAt: Instant): Instant => addSeconds(dueAt, 300);
