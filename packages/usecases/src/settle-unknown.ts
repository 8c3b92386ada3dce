import { deliveryRank } from '@aftercare/reminders/delivery-status';
import {
  settleUnknown as decideSettlement,
  type Settlement,
  type UnknownSend,
} from '@aftercare/reminders/settlement';
import { addSeconds, type Instant } from '@aftercare/time/instant';
import { windowOn } from '@aftercare/time/window';
import { localDateOf } from '@aftercare/time/zone';
import { scheduleReminder } from './ensure-schedules.ts';
import type { ListedMessage, Update } from './ports.ts';
import type { ReminderResult } from './reminder-context.ts';
import { type MessageRow, messageRow } from './rows.ts';
import { readMessage } from './send-message.ts';
import { readAll, readSessionRow } from './session-rows.ts';
import { consequencesOf, type SettleReach, settleDelivery } from './settle-delivery.ts';

/**
 * What became of a text whose outcome we do not know (design 5.3): the carrier's own list says. Never sent
 * again when the list cannot be read, and never sooner than the list is complete.
 */

/**
 * A reply or page that never left: somebody must know (a triage reply is never sent late by a guess).
 * Called again when the sweep was interrupted, so it must be repeatable.
 */
export type OnLost = (message: MessageRow) => Promise<void>;

/** The clock of the carrier and ours may differ by this much. */
const clockSkewSeconds = 120;
const lookAgainSeconds = 600;

export async function settleUnknown(
  system: SettleReach,
  pk: string,
  messageId: string,
  onLost: OnLost,
): Promise<'settled' | 'later' | 'nothing'> {
  const message = await readMessage(system, pk, messageId);
  if (message === undefined || (message.status !== 'sending' && message.status !== 'unknown'))
    return 'nothing';
  if ((message.deliveryRank ?? 0) > 0) {
    await settleDelivery(system, pk, messageId);
    return 'settled';
  }
  const facts: UnknownSend = {
    claimedAt: message.claimedAt,
    now: system.clock.now(),
    kind: message.kind,
    listing: 'not_done',
    resendsDone: message.resends,
    ...(await windowClose(system, message)),
  };
  const first = decideSettlement(facts);
  if (first.do !== 'list') return carryOut(system, message, first, undefined, onLost);
  const found = await lookUp(system, message);
  const decision = decideSettlement({ ...facts, now: system.clock.now(), listing: found.listing });
  return carryOut(system, message, decision, found.match, onLost);
}

async function carryOut(
  system: SettleReach,
  message: MessageRow,
  decision: Settlement,
  match: ListedMessage | undefined,
  onLost: OnLost,
): Promise<'settled' | 'later'> {
  switch (decision.do) {
    case 'wait':
      await lookAgain(system, message, decision.until);
      return 'later';
    case 'list':
      return 'later';
    case 'sent':
      return match === undefined ? 'later' : markSent(system, message, match);
    case 'resend':
      return finish(system, message, { kind: 'lost', resend: true }, 'failed', onLost);
    case 'not_sent':
    case 'human':
      return finish(system, message, { kind: 'lost', resend: false }, 'failed', onLost);
    case 'final_unknown':
      return finish(system, message, { kind: 'unknown', final: true }, 'unknown', onLost);
  }
}

type LookUp = { readonly listing: 'found' | 'not_found' | 'failed'; readonly match?: ListedMessage };

async function lookUp(system: SettleReach, message: MessageRow): Promise<LookUp> {
  const since = addSeconds(message.claimedAt, -clockSkewSeconds);
  const answer = await system.sms.list({ to: message.to, since });
  if (answer.kind === 'failed') {
    system.metrics.count('settlement_listing_failed');
    return { listing: 'failed' };
  }
  const siblings = await readAll(system, message.pk, 'M#');
  const taken = new Set(siblings.map((item) => messageRow.parse(item).providerSid));
  const match = answer.messages.find(
    (listed) =>
      listed.direction === 'outbound' && listed.body === message.body && !taken.has(listed.providerSid),
  );
  return match === undefined ? { listing: 'not_found' } : { listing: 'found', match };
}

/** When a resend of this text would be too late; nothing for texts that are not bound to the window. */
async function windowClose(
  system: SettleReach,
  message: MessageRow,
): Promise<{ readonly windowClosesAt?: Instant }> {
  if (message.sessionKey === undefined) return {};
  const [session, clinic] = await Promise.all([
    readSessionRow(system, message.sessionKey),
    system.clinics.load(message.clinicId),
  ]);
  if (session === undefined || clinic === undefined) return {};
  const onDate = localDateOf(message.claimedAt, session.timeZone);
  return { windowClosesAt: windowOn(onDate, clinic.config.window, session.timeZone).closesAt };
}

async function lookAgain(system: SettleReach, message: MessageRow, until: Instant): Promise<void> {
  const soon = addSeconds(system.clock.now(), 60);
  const latestLook = addSeconds(system.clock.now(), lookAgainSeconds);
  const attendAt = until < soon ? soon : until > latestLook ? latestLook : until;
  await system.table.write({ ...unsettledUpdate(message), set: { attendAt } });
}

const unsettledUpdate = (message: MessageRow): Update => ({
  write: 'update',
  key: { pk: message.pk, sk: message.sk },
  condition: { is: 'equal', attribute: 'status', value: message.status },
});

/** The carrier has it: the row is told as a receipt would tell it, and the same consequences follow. */
async function markSent(
  system: SettleReach,
  message: MessageRow,
  match: ListedMessage,
): Promise<'settled' | 'later'> {
  const status = match.status === 'received' ? 'sent' : match.status;
  const written = await system.table.write({
    ...unsettledUpdate(message),
    set: {
      providerSid: match.providerSid,
      deliveryStatus: status,
      deliveryRank: deliveryRank(status),
      acceptedAt: match.createdAt,
      ...(match.errorCode === undefined ? {} : { errorCode: match.errorCode }),
    },
    condition: {
      is: 'all',
      of: [
        { is: 'equal', attribute: 'status', value: message.status },
        { is: 'attributeAbsent', attribute: 'deliveryRank' },
      ],
    },
  });
  if (!written.ok) return 'later';
  await settleDelivery(system, message.pk, message.messageId);
  return 'settled';
}

async function finish(
  system: SettleReach,
  message: MessageRow,
  result: ReminderResult,
  status: 'failed' | 'unknown',
  onLost: OnLost,
): Promise<'settled' | 'later'> {
  // Before the row is closed, and so repeated after a crash: somebody told twice is better than nobody told.
  if (message.kind !== 'reminder' && message.kind !== 'confirmation') await onLost(message);
  const consequences = await consequencesOf(system, message, result);
  const update: Update = {
    ...unsettledUpdate(message),
    set: { status },
    remove: ['workShard', 'attendAt'],
    condition: {
      is: 'all',
      of: [
        { is: 'equal', attribute: 'status', value: message.status },
        { is: 'attributeAbsent', attribute: 'deliveryRank' },
      ],
    },
  };
  const written = await system.table.transact([update, ...consequences.writes]);
  if (!written.ok) return 'later';
  system.metrics.count('messages_settled', 1, { kind: message.kind, as: result.kind });
  if (consequences.again !== undefined) {
    await scheduleReminder(system, consequences.again, system.clock.now());
  }
  return 'settled';
}
