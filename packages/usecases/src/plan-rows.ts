import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { SessionRequest } from '@aftercare/contract/session-request';
import { capReminders, planConfirmation, planReminders } from '@aftercare/reminders/plan';
import type { Instant } from '@aftercare/time/instant';
import type { LocalDate } from '@aftercare/time/local-date';
import { overdueLookAt } from './ensure-schedules.ts';
import { reminderRowKey, workShardOf } from './keys.ts';
import type { LedgerEntry, PhoneRow } from './person-rows.ts';
import { explain } from './reason-words.ts';
import { nameOf } from './reminder-context.ts';
import type { ReminderRow } from './rows.ts';
import { expiryAfter, type Happening, sessionRetentionSeconds } from './timeline.ts';

/** What the plan of one revision rests on. */
export type PlanInput = {
  readonly clinicId: string;
  readonly sessionKey: string;
  readonly revision: number;
  readonly config: ClinicConfig;
  readonly request: SessionRequest;
  readonly timeZone: string;
  readonly days: readonly number[];
  readonly now: Instant;
  readonly ledger: readonly LedgerEntry[];
  readonly phone: PhoneRow | undefined;
  /** A later session of the same patient took over: nothing of this one is sent. */
  readonly supersededByNewer: boolean;
};

/** The rows of one revision: what is planned, and for each day that is not, why (never silently missing). */
export function planRows(input: PlanInput): readonly ReminderRow[] {
  return planTexts(input).map((item) => {
    const barred = item.status === 'planned' ? barOf(input) : undefined;
    const status = barred?.status ?? item.status;
    const reason = barred?.reason ?? (item.status === 'skipped' ? item.reason : undefined);
    const row: ReminderRow = {
      ...reminderRowKey(input.sessionKey, input.revision, item.day),
      row: 'reminder',
      clinicId: input.clinicId,
      sessionKey: input.sessionKey,
      revision: input.revision,
      day: item.day,
      kind: item.day === 0 ? 'confirmation' : 'reminder',
      status,
      onDate: item.onDate,
      dueAt: item.dueAt,
      timeZone: input.timeZone,
      attempt: 1,
      messageIds: [],
      expiresAtEpochSeconds: expiryAfter(input.now, sessionRetentionSeconds),
      ...(reason === undefined ? {} : { reason }),
    };
    if (status !== 'planned') return row;
    return { ...row, workShard: workShardOf(row.pk), attendAt: overdueLookAt(row.dueAt) };
  });
}

type PlannedOrSkipped = {
  readonly day: number;
  readonly onDate: LocalDate;
  readonly dueAt: Instant;
} & ({ readonly status: 'planned' } | { readonly status: 'skipped'; readonly reason: string });

function planTexts(input: PlanInput): readonly PlannedOrSkipped[] {
  const { config, request, timeZone, now } = input;
  const plan = {
    endedAt: request.treatment.endedAt,
    timeZone,
    now,
    window: config.window,
    reminderTime: request.overrides?.reminderTime ?? config.reminderTime,
    days: input.days.filter((day) => day > 0),
    spreadMinutes: config.spreadMinutes,
    spreadSeed: input.sessionKey,
  };
  const reminders = capReminders(planReminders(plan), input.ledger);
  if (!input.days.includes(0)) return reminders;
  const confirmation = planConfirmation(plan, reminders, input.ledger);
  if (config.sendConfirmation) return [confirmation, ...reminders];
  const { day, onDate, dueAt } = confirmation;
  return [{ day, onDate, dueAt, status: 'skipped', reason: 'confirmation_off' }, ...reminders];
}

/** Why nothing of this session may be sent, if so. */
function barOf(input: PlanInput): { status: 'skipped' | 'superseded'; reason: string } | undefined {
  if (input.supersededByNewer) return { status: 'superseded', reason: 'superseded' };
  if (input.phone?.optedOutAt !== undefined) return { status: 'skipped', reason: 'opted_out' };
  switch (input.phone?.blockedReason) {
    case undefined:
      return undefined;
    case 'unreachable':
      return { status: 'skipped', reason: 'number_unreachable' };
    case 'wrong_number':
    case 'erased':
      return { status: 'skipped', reason: input.phone.blockedReason };
  }
}

/** One line of the timeline for each text that will not go. */
export function skipHappenings(rows: readonly ReminderRow[]): readonly Happening[] {
  return rows
    .filter((row) => row.status === 'skipped' || row.status === 'superseded')
    .map((row) => ({
      type: 'reminder.skipped',
      publishAs: 'reminder.skipped',
      day: row.day,
      reason: row.reason ?? 'unknown',
      text: `${nameOf(row)} will not be sent: ${explain(row.reason ?? 'unknown')}`,
    }));
}
