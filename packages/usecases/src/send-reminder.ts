import { decideSend, eventOfSkip, type SendDecision } from '@aftercare/reminders/decision';
import type { SkipReason } from '@aftercare/reminders/reasons';
import { type Instant, secondsBetween } from '@aftercare/time/instant';
import { windowOn } from '@aftercare/time/window';
import { isApproved, mayReceiveDraft } from './approval.ts';
import { claimReminder, type ReminderFacts } from './claim-reminder.ts';
import { type Clinic, type ClinicDirectory, releaseOf } from './clinics.ts';
import { workShardOf } from './keys.ts';
import { setOn } from './phone-rows.ts';
import type { SendOutcome, System } from './ports.ts';
import { explain } from './reason-words.ts';
import { nameOf, patientOf, type ReminderResult } from './reminder-context.ts';
import { type ReminderCommand, readFacts, readFactsInSteps } from './reminder-facts.ts';
import { reminderConsequences } from './reminder-outcome.ts';
import type { ReminderRow } from './rows.ts';
import { defaultValiditySeconds, deliverClaimed } from './send-message.ts';
import { consequencesOf } from './settle-delivery.ts';
import { numberAlreadyTexted, readSharing } from './shared-number.ts';
import { type Happening, withEvents } from './timeline.ts';

export type SendReach = Pick<
  System,
  'table' | 'sms' | 'clock' | 'random' | 'log' | 'metrics' | 'settings' | 'secrets'
> & { readonly clinics: ClinicDirectory };

export type ReminderOutcome =
  | { readonly kind: 'sent' | 'failed' | 'unknown' }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | { readonly kind: 'waits'; readonly until: Instant }
  | { readonly kind: 'nothing'; readonly why: string };

const attempts = 8;

/**
 * One due text: read, decide, claim, send, record (design 4). Everything that must hold at the claim is
 * decided on what was read and written under the condition that it has not changed since.
 */
export async function sendReminder(system: SendReach, command: ReminderCommand): Promise<ReminderOutcome> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const facts = await readFacts(system, command);
    if (facts === undefined) return { kind: 'nothing', why: 'gone' };
    if (facts.reminder.attempt !== command.attempt) return { kind: 'nothing', why: 'another_attempt' };
    const outcome = await carryOut(system, facts, decide(system, facts));
    if (outcome !== 'again') {
      countOutcome(system, facts, outcome);
      return outcome;
    }
    system.metrics.count('claim_conflicts');
  }
  throw new Error('A reminder met other writers too often');
}

/** What `sendReminder` would decide now: reads only, for the dry run of a redrive (issue 6). */
export async function considerReminder(
  system: Omit<SendReach, 'secrets'>,
  command: ReminderCommand,
): Promise<SendDecision | { readonly do: 'nothing'; readonly why: 'gone' | 'another_attempt' }> {
  const facts = await readFactsInSteps(system, command);
  if (facts === undefined) return { do: 'nothing', why: 'gone' };
  if (facts.reminder.attempt !== command.attempt) return { do: 'nothing', why: 'another_attempt' };
  return decide(system, facts);
}

function decide(system: Pick<System, 'settings'>, facts: ReminderFacts): SendDecision {
  const decision = decideSend(sendFacts(system, facts));
  if (decision.do === 'send' && numberAlreadyTexted(facts)) return { do: 'skip', reason: 'shared_number' };
  return decision;
}

function sendFacts(system: Pick<System, 'settings'>, facts: ReminderFacts): Parameters<typeof decideSend>[0] {
  const { session, reminder, phone, clinic } = facts;
  const blocked = phone.phone?.blockedReason;
  return {
    now: facts.now,
    reminder,
    session: {
      status: session.status,
      revision: session.revision,
      superseded: session.supersededBy !== undefined || reminder.status === 'superseded',
      hasConsent: true,
    },
    phone: {
      optedOut: phone.phone?.optedOutAt !== undefined,
      ...(blocked === undefined ? {} : { blocked }),
    },
    ledger: patientOf(phone, session)?.ledger ?? [],
    clinic: {
      paused: facts.clinicPaused,
      window: clinic.config.window,
      contentMayGo: contentMayGo(system, clinic, facts),
      monthlyCapReached: facts.capReached,
    },
    allPaused: facts.allPaused,
  };
}

/** Approval is looked at again at the moment of sending: it can be withdrawn (invariant 10). */
function contentMayGo(system: Pick<System, 'settings'>, clinic: Clinic, facts: ReminderFacts): boolean {
  const { session } = facts;
  const release = releaseOf(clinic, session.protocolId, session.protocolVersion);
  if (release === undefined) return false;
  return (
    mayReceiveDraft(clinic.config, system.settings, session.phone) ||
    isApproved(clinic.config, release, session.language)
  );
}

async function carryOut(
  system: SendReach,
  facts: ReminderFacts,
  decision: SendDecision,
): Promise<ReminderOutcome | 'again'> {
  switch (decision.do) {
    case 'nothing':
      return { kind: 'nothing', why: decision.why };
    case 'wait':
      return wait(system, facts, decision.until);
    case 'skip':
      return skip(system, facts, decision.reason);
    case 'send':
      return send(system, facts);
  }
}

/** The sweep brings it back then; nothing else holds the text. */
async function wait(
  system: SendReach,
  facts: ReminderFacts,
  until: Instant,
): Promise<ReminderOutcome | 'again'> {
  const { reminder } = facts;
  const set = { attendAt: until, workShard: workShardOf(reminder.pk) };
  const written = await system.table.write(
    setOn(reminder, set, { is: 'equal', attribute: 'status', value: reminder.status }),
  );
  return written.ok ? { kind: 'waits', until } : 'again';
}

async function skip(
  system: SendReach,
  facts: ReminderFacts,
  reason: SkipReason,
): Promise<ReminderOutcome | 'again'> {
  const { reminder, session, now } = facts;
  const happening: Happening = {
    type: 'reminder.skipped',
    publishAs: 'reminder.skipped',
    day: reminder.day,
    reason,
    text: `${nameOf(reminder)} was not sent. ${explain(reason)}`,
  };
  const written = await system.table.transact([
    closeReminder(reminder, eventOfSkip(reason), reason),
    ...withEvents(system.random, now, session, [happening]),
  ]);
  return written.ok ? { kind: 'skipped', reason } : 'again';
}

function closeReminder(reminder: ReminderRow, event: ReturnType<typeof eventOfSkip>, reason: SkipReason) {
  const status = event === 'cancelled' || event === 'superseded' ? event : 'skipped';
  return {
    ...setOn(reminder, { status, reason }, { is: 'equal', attribute: 'status', value: reminder.status }),
    remove: ['workShard', 'attendAt'],
  };
}

async function send(system: SendReach, facts: ReminderFacts): Promise<ReminderOutcome | 'again'> {
  const claim = claimReminder(system.random, facts, await readSharing(system, facts));
  if (!(await system.table.transact(claim.writes)).ok) return 'again';
  const outcome = await deliverClaimed(
    system,
    claim.message,
    async (result, message, asClaimed) => {
      if (!asClaimed) return (await consequencesOf(system, message, resultOf(result))).writes;
      const now = system.clock.now();
      return reminderConsequences(system.random, { ...claim.after, message, now }, resultOf(result)).writes;
    },
    validitySeconds(facts),
  );
  if (outcome.kind === 'accepted') {
    const late = secondsBetween(facts.reminder.dueAt, system.clock.now());
    system.metrics.seconds('due_to_accepted_seconds', late);
    return { kind: 'sent' };
  }
  // Thrown so that the queue brings the text back: it was proven not processed and its claim is released.
  if (outcome.kind === 'not_processed') throw new Error('The carrier was too busy; the text is tried again');
  return { kind: outcome.kind === 'unknown' ? 'unknown' : 'failed' };
}

function resultOf(outcome: SendOutcome): ReminderResult {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'accepted' };
    case 'rejected':
      return { kind: 'failed', code: outcome.code, when: 'sync' };
    case 'not_processed':
      return { kind: 'not_processed' };
    case 'unknown':
      return { kind: 'unknown', final: false };
  }
}

/** The carrier drops what it cannot deliver before the window closes: never a text at night. */
function validitySeconds(facts: ReminderFacts): number {
  const { closesAt } = windowOn(facts.reminder.onDate, facts.clinic.config.window, facts.session.timeZone);
  return Math.min(defaultValiditySeconds, Math.max(60, Math.floor(secondsBetween(facts.now, closesAt))));
}

function countOutcome(system: SendReach, facts: ReminderFacts, outcome: ReminderOutcome): void {
  system.metrics.count('reminders_due', 1, { outcome: outcome.kind });
  if (outcome.kind === 'skipped') system.metrics.count('reminders_skipped', 1, { reason: outcome.reason });
  system.log.info('reminder_handled', {
    clinicId: facts.session.clinicId,
    sessionKey: facts.session.sessionKey,
    revision: facts.reminder.revision,
    day: facts.reminder.day,
    outcome: outcome.kind,
    reason: reasonOf(outcome),
  });
}

function reasonOf(outcome: ReminderOutcome): string | undefined {
  if (outcome.kind === 'skipped') return outcome.reason;
  return outcome.kind === 'nothing' ? outcome.why : undefined;
}
