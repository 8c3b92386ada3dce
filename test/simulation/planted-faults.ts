/**
 * Faults that the simulation must find: each is put into the source as it is loaded (never on disk), at the
 * one place that `find` names. A `find` that matches nowhere, or twice, is an error: the code moved on and
 * the fault must follow.
 */
export type PlantedFault = {
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The seed that caught it when this list was last walked; seeds are tried from 1. */
  readonly caughtBy: number;
};

const usecases = 'packages/usecases/src';
const reminders = 'packages/reminders/src';

export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'sends without holding the claim',
    file: `${usecases}/send-reminder.ts`,
    find: "if (!(await system.table.transact(claim.writes)).ok) return 'again';",
    replace: 'await system.table.transact(claim.writes);',
    caughtBy: 2,
  },
  {
    name: 'takes a time-out for a text that was not sent',
    file: `${usecases}/send-reminder.ts`,
    find: "return { kind: 'unknown', final: false };",
    replace: "return { kind: 'not_processed' };",
    caughtBy: 3,
  },
  {
    name: 'sends after the window has closed',
    file: `${reminders}/decision.ts`,
    find: "if (isOver) return { do: 'skip', reason: 'window_over' };",
    replace: '',
    caughtBy: 14,
  },
  {
    name: 'lets a late receipt overwrite a later status',
    file: `${usecases}/record-delivery.ts`,
    find: "{ is: 'below', attribute: 'deliveryRank', value: rank },",
    replace: "{ is: 'present' },",
    caughtBy: 1,
  },
  {
    name: 'does not look at the opt-out when a text is due',
    file: `${reminders}/decision.ts`,
    find: "if (phone.optedOut) return 'opted_out';",
    replace: '',
    caughtBy: 11,
  },
  {
    name: 'does not bind a decision to the session as it was read',
    file: `${usecases}/timeline.ts`,
    find: "of: [{ is: 'present' }, stillAsRead, ...(change.also ?? [])]",
    replace: "of: [{ is: 'present' }, ...(change.also ?? [])]",
    caughtBy: 4,
  },
  {
    name: 'counts days as 24 hours, so that the clock change moves the text',
    file: `${reminders}/plan.ts`,
    find: 'const wanted = instantAt(onDate, wallTimeOf(input, window), timeZone);',
    replace:
      'const wanted = addMinutes(instantAt(localDateOf(input.endedAt, timeZone), ' +
      'wallTimeOf(input, window), timeZone), day * 1440);',
    caughtBy: 4,
  },
  {
    name: 'knows inbound texts by their words instead of their MessageSid',
    file: `${usecases}/receive-inbound.ts`,
    find: 'inboundRowKey(clinicId, key, text.messageSid)',
    replace: 'inboundRowKey(clinicId, key, text.body)',
    caughtBy: 1,
  },
  {
    name: 'joins an alert that somebody has taken already',
    file: 'packages/alerts/src/joining.ts',
    find: "if (known.status !== 'open') return",
    replace: "if (known.status === 'done') return",
    caughtBy: 6,
  },
  {
    name: 'does not count the confirmation against the limits',
    file: `${usecases}/claim-reminder.ts`,
    find: 'counts: true,',
    replace: "counts: reminder.kind !== 'confirmation',",
    caughtBy: 12,
  },
  {
    name: 'sends again after a listing that failed',
    file: `${reminders}/settlement.ts`,
    find: 'return afterFailedListing(unknown);',
    replace: 'return afterEmptyListing(unknown);',
    caughtBy: 5,
  },
  {
    name: 'processes a text again that was processed before',
    file: `${usecases}/inbound/decision-writes.ts`,
    find: "condition: { is: 'equal', attribute: 'status', value: 'received' },",
    replace: "condition: { is: 'present' },",
    caughtBy: 14,
  },
  {
    name: 'does not arm the next rung of an alert',
    file: `${usecases}/alerts/deliver-pages.ts`,
    find: "if (nextRungAt === undefined || alert.status !== 'open') return;",
    replace: 'if (nextRungAt !== undefined) return;',
    caughtBy: 13,
  },
  {
    name: 'does not sweep planned texts whose schedule was lost',
    file: `${usecases}/sweep.ts`,
    find: "if (reminder.status !== 'planned' && reminder.status !== 'scheduled') return;",
    replace: "if (reminder.status !== 'scheduled') return;",
    caughtBy: 3,
  },
  {
    name: 'does not settle a claim that a crash left behind',
    file: `${usecases}/sweep.ts`,
    find: "if (message.status === 'sending' || message.status === 'unknown') {",
    replace: "if (message.status === 'unknown') {",
    caughtBy: 1,
  },
  {
    name: 'does not stop at the clinic’s kill switch',
    file: `${reminders}/decision.ts`,
    find: "const pause = clinic.paused ? 'clinic_paused' : facts.allPaused ? 'all_paused' : undefined;",
    replace: "const pause = facts.allPaused ? 'all_paused' : undefined;",
    caughtBy: 4,
  },
  {
    name: 'writes a phone number into the log',
    file: `${usecases}/send-reminder.ts`,
    find: "system.log.info('reminder_handled', {",
    replace: "system.log.info('reminder_handled', {\n    to: facts.session.phone,",
    caughtBy: 1,
  },
  {
    name: 'keeps the patients of all clinics under their number alone',
    file: `${usecases}/keys.ts`,
    find: '`P#${clinicId}#${phoneKey}`',
    replace: '`P#all#${phoneKey}`',
    caughtBy: 1,
  },
  {
    name: 'names a schedule without the revision',
    file: `${usecases}/keys.ts`,
    find: '`${sessionKey}.r${revision}.d${day}`',
    replace: '`${sessionKey}.d${day}`',
    caughtBy: 12,
  },
  {
    name: 'forgets a patient’s texts at an earlier number',
    file: `${usecases}/patient-sessions.ts`,
    find: 'ledger: mergedLedger([patient, ...earlier])',
    replace: 'ledger: [...patient.ledger]',
    caughtBy: 12,
  },
  {
    name: 'sends content that nobody signed to strangers',
    file: `${usecases}/approval.ts`,
    find: "return settings.carrier === 'emulator' || config.testNumbers.includes(phone);",
    replace: 'return settings.carrier.length > 0 || config.testNumbers.includes(phone);',
    caughtBy: 6,
  },
  {
    name: 'answers in a language whose texts nobody signed',
    file: `${usecases}/inbound/reply-approval.ts`,
    find: 'one.version === repliesRelease.version && one.language === language,',
    replace: 'one.version === repliesRelease.version,',
    caughtBy: 17,
  },
];
