import { terminalRank } from '@aftercare/reminders/delivery-status';
import type { Clinic, ClinicDirectory } from './clinics.ts';
import { scheduleReminder } from './ensure-schedules.ts';
import { reminderRowKey, sessionRowKey } from './keys.ts';
import { readPhone } from './phone-rows.ts';
import type { Condition, System, Update, Write } from './ports.ts';
import type { ReminderConsequences, ReminderResult } from './reminder-context.ts';
import { consequencesWithoutNumber, reminderConsequences } from './reminder-outcome.ts';
import { type MessageRow, type ReminderRow, reminderRow, sessionRow } from './rows.ts';
import { readMessage } from './send-message.ts';

export type SettleReach = Pick<
  System,
  'table' | 'schedules' | 'queues' | 'sms' | 'clock' | 'random' | 'log' | 'metrics' | 'settings'
> & {
  readonly clinics: ClinicDirectory;
  /**
   * What a receipt means for a page (the next person at once, product-rules 6) or a reply (staff must call).
   */
  readonly onPageReceipt: (message: MessageRow) => Promise<void>;
};

const attempts = 6;

/**
 * Draws what follows from a message's delivery status and brings reminder, limits and timeline in step with
 * it. Repeatable: what was drawn is marked in the row (`handledRank`), and the sweep calls it again.
 *
 * @param asWritten the row as the caller's own write left it; it is read otherwise
 */
export async function settleDelivery(
  system: SettleReach,
  pk: string,
  messageId: string,
  asWritten?: MessageRow,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const known = attempt === 0 ? asWritten : undefined;
    const message = known ?? (await readMessage(system, pk, messageId));
    if (message === undefined || !needsSettling(message)) return;
    // Before it counts as handled, and so again after a crash: what follows from a receipt is repeatable.
    if (attempt === 0 && isNews(message)) await system.onPageReceipt(message);
    const consequences = await consequencesOf(system, message, resultOf(message));
    const written = await system.table.transact([handled(message), ...consequences.writes]);
    if (!written.ok) continue;
    if (consequences.again !== undefined) {
      await scheduleReminder(system, consequences.again, system.clock.now());
    }
    return;
  }
  throw new Error('A delivery status met other writers too often; it is tried again later');
}

/** A page or reply whose way has ended: only that says whether somebody else must act. */
const isNews = (message: MessageRow): boolean =>
  message.kind !== 'reminder' && message.kind !== 'confirmation' && message.deliveryRank === terminalRank;

function needsSettling(message: MessageRow): boolean {
  const rank = message.deliveryRank ?? 0;
  if (rank === 0) return false;
  // Even one written off as lost: a receipt with our reference proves that the carrier has it.
  const unsettled = message.status !== 'sent';
  return unsettled || (rank === terminalRank && (message.handledRank ?? 0) < terminalRank);
}

function resultOf(message: MessageRow): ReminderResult {
  switch (message.deliveryStatus) {
    case 'delivered':
      return { kind: 'delivered' };
    case 'undelivered':
    case 'failed':
      return { kind: 'failed', code: message.errorCode, when: 'async' };
    case 'canceled':
      return { kind: 'failed', code: message.errorCode, when: 'async', isCanceled: true };
    default:
      return { kind: 'accepted' };
  }
}

/** The consequences for the reminder a message carries; none for other messages. */
export async function consequencesOf(
  system: Pick<System, 'table' | 'clock' | 'random'> & { readonly clinics: ClinicDirectory },
  message: MessageRow,
  result: ReminderResult,
): Promise<ReminderConsequences> {
  const { sessionKey, revision, day } = message;
  const proactive = message.kind === 'reminder' || message.kind === 'confirmation';
  if (!proactive || sessionKey === undefined || revision === undefined || day === undefined) {
    return { writes: [] };
  }
  const [sessionItem, reminderItem] = await system.table.getAll([
    sessionRowKey(sessionKey),
    reminderRowKey(sessionKey, revision, day),
  ]);
  if (sessionItem === undefined || reminderItem === undefined) return { writes: [] };
  const session = sessionRow.parse(sessionItem);
  const reminder = reminderRow.parse(reminderItem);
  const now = system.clock.now();
  const near = consequencesWithoutNumber(system.random, { session, reminder, message, now }, result);
  if (near !== undefined) return near;
  const [clinic, phone] = await Promise.all([
    system.clinics.load(message.clinicId),
    readPhone(system, session.clinicId, session.phoneKey),
  ]);
  if (clinic === undefined) return { writes: [] };
  // An amendment may have moved the session to another number since this text was claimed.
  const textedKey = message.phoneKey ?? session.phoneKey;
  const texted =
    textedKey === session.phoneKey ? phone : await readPhone(system, session.clinicId, textedKey);
  return reminderConsequences(
    system.random,
    {
      config: configOf(clinic),
      session,
      reminder,
      phone,
      texted: texted.phone,
      message,
      now,
    },
    result,
  );
}

const configOf = (clinic: Clinic) => clinic.config;

export async function readReminder(
  system: Pick<System, 'table'>,
  sessionKey: string,
  revision: number,
  day: number,
): Promise<ReminderRow | undefined> {
  const item = await system.table.get(reminderRowKey(sessionKey, revision, day));
  return item === undefined ? undefined : reminderRow.parse(item);
}

function handled(message: MessageRow): Write {
  const sameRank: Condition = { is: 'equal', attribute: 'deliveryRank', value: message.deliveryRank ?? 0 };
  const update: Update = {
    write: 'update',
    key: { pk: message.pk, sk: message.sk },
    set: { status: 'sent', handledRank: message.deliveryRank ?? 0 },
    remove: ['workShard', 'attendAt'],
    condition: { is: 'all', of: [sameRank, { is: 'equal', attribute: 'status', value: message.status }] },
  };
  return update;
}
