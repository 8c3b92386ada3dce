import { storedSession } from '@aftercare/contract/stored-session';
import { composeConfirmation, composeReminder } from '@aftercare/protocol/compose';
import { composeDiscreet } from '@aftercare/protocol/discreet';
import type { Instant } from '@aftercare/time/instant';
import { careSessionOf } from './care-session.ts';
import { type Clinic, releaseOf } from './clinics.ts';
import type { LedgerEntry, PatientRow, PendingQuestion } from './person-rows.ts';
import {
  newPatient,
  newPhone,
  type PhoneRecord,
  savePatient,
  setOn,
  stillReachable,
  touchPhone,
} from './phone-rows.ts';
import type { Random, Write } from './ports.ts';
import { nameOf, patientOf, type ReminderContext } from './reminder-context.ts';
import type { MessageRow, ReminderRow, SessionRow } from './rows.ts';
import { claimMessage } from './send-message.ts';
import type { Sharing } from './shared-number.ts';
import { withEvents } from './timeline.ts';

/** Everything a decision about one text rests on, read in one go. */
export type ReminderFacts = {
  readonly clinic: Clinic;
  readonly session: SessionRow;
  readonly reminder: ReminderRow;
  readonly phone: PhoneRecord;
  readonly now: Instant;
  /** The clinic's own monthly cap is used up. */
  readonly capReached: boolean;
  readonly clinicPaused: boolean;
  readonly allPaused: boolean;
};

export type Claim = {
  readonly message: MessageRow;
  readonly writes: readonly Write[];
  /** The rows as the claim leaves them, so that its record need not read them again. */
  readonly after: Omit<ReminderContext, 'message' | 'now'>;
};

/**
 * The claim of one proactive text: reminder, session, limits, the number's own word, the message and the
 * timeline change together or not at all. Whoever opts out, cancels or amends first, wins (invariant 4).
 */
export function claimReminder(random: Pick<Random, 'ulid'>, facts: ReminderFacts, sharing: Sharing): Claim {
  const { session, reminder, phone, clinic, now } = facts;
  const text = composeText(facts, sharing);
  const { message, write } = claimMessage(random, now, {
    pk: session.pk,
    clinicId: session.clinicId,
    kind: reminder.kind,
    reason: `${nameOf(reminder)} of session ${session.sessionId}`,
    to: session.phone,
    from: clinic.config.patientNumber,
    body: text.body,
    facts: text.facts,
    sessionKey: session.sessionKey,
    revision: reminder.revision,
    day: reminder.day,
    phoneKey: session.phoneKey,
    patientId: session.patientId,
    resends: reminder.resends ?? 0,
  });
  const patient = patientOf(phone, session) ?? newPatient(session.clinicId, session.phoneKey, session);
  const pending = questionOf(facts, text.question);
  const phoneRow = phone.phone ?? newPhone(session.clinicId, session.phoneKey, session.phone);
  const claimed = claimedColumns(reminder, message, now);
  const change = {
    ledger: [...patient.ledger, ledgerEntryOf(facts, message)],
    ...(pending === undefined ? {} : { pending }),
  };
  const isShared = phone.patients.length > 1;
  const writes: Write[] = [
    claimRow(reminder, claimed),
    write,
    savePatient(patient, change),
    ...(isShared ? [touchPhone(phoneRow)] : [stillReachable(phoneRow)]),
    ...withEvents(
      random,
      now,
      session,
      [{ type: 'reminder.claimed', day: reminder.day, text: `${nameOf(reminder)} is being sent.` }],
      { also: [{ is: 'equal', attribute: 'status', value: 'active' }] },
    ),
    ...sharing.writes,
  ];
  const phoneAfter = isShared ? { ...phoneRow, version: phoneRow.version + 1 } : phone.phone;
  const patientAfter: PatientRow = { ...patient, ...change, version: patient.version + 1 };
  const others = phone.patients.filter(({ patientId }) => patientId !== patient.patientId);
  const after = {
    config: clinic.config,
    session: { ...session, sequence: session.sequence + 1 },
    reminder: { ...reminder, ...claimed },
    phone: { phone: phoneAfter, patients: [...others, patientAfter] },
    texted: phoneAfter,
  };
  return { message, writes, after };
}

function claimedColumns(reminder: ReminderRow, message: MessageRow, now: Instant) {
  return {
    status: 'sending' as const,
    claimedAt: now,
    messageIds: [...reminder.messageIds, message.messageId],
    facts: message.facts ?? [],
  };
}

function claimRow(reminder: ReminderRow, set: ReturnType<typeof claimedColumns>): Write {
  const claimable = setOn(reminder, set, {
    is: 'all',
    of: [
      { is: 'oneOf', attribute: 'status', values: ['planned', 'scheduled'] },
      { is: 'equal', attribute: 'attempt', value: reminder.attempt },
    ],
  });
  return { ...claimable, remove: ['workShard', 'attendAt'] };
}

function ledgerEntryOf(facts: ReminderFacts, message: MessageRow): LedgerEntry {
  const { reminder, session } = facts;
  return {
    onDate: reminder.onDate,
    kind: reminder.kind,
    sessionKey: session.sessionKey,
    day: reminder.day,
    messageId: message.messageId,
    counts: true,
  };
}

type Text = { readonly body: string; readonly facts: string[]; readonly question?: { readonly id: string } };

/** Composed at the moment of sending, from the version the session is pinned to (design 5.8). */
function composeText(facts: ReminderFacts, sharing: Sharing): Text {
  const { clinic, session, reminder, now } = facts;
  const release = releaseOf(clinic, session.protocolId, session.protocolVersion);
  if (release === undefined) throw new Error('A session is pinned to a protocol version that does not exist');
  const { config } = clinic;
  const location = config.locations.find((candidate) => candidate.locationId === session.locationId);
  const words = {
    language: session.language,
    clinicName: config.displayName,
    phone: spokenPhone(location?.phone ?? config.patientNumber),
    release,
  };
  if (reminder.kind === 'confirmation') return composeConfirmation(words);
  const request = storedSession.parse(session.request);
  const terms = termsMissing(facts);
  if (sharing.shared || request.patient.minor === true) {
    const { day } = reminder;
    return composeDiscreet({ ...words, day, style: config.style, includeProgramTerms: terms });
  }
  const healing = session.alsoHealing.map((other) =>
    careSessionOf(storedSession.parse(other.request), session.timeZone),
  );
  return composeReminder({
    ...words,
    session: careSessionOf(request, session.timeZone, [...healing, ...sharing.healing]),
    day: reminder.day,
    now,
    style: config.style,
    includeProgramTerms: terms,
  });
}

/** `305-555-0100`: twelve characters, as a US reader expects them and as the texts are counted with. */
export function spokenPhone(e164: string): string {
  const digits = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164);
  return digits === null ? e164 : `${digits[1]}-${digits[2]}-${digits[3]}`;
}

/** Without a confirmation its legal wording joins the first reminder (product-rules 8). */
function termsMissing(facts: ReminderFacts): boolean {
  const { phone, session } = facts;
  const ledger = patientOf(phone, session)?.ledger ?? [];
  return !ledger.some((entry) => entry.sessionKey === session.sessionKey && entry.counts);
}

function questionOf(
  facts: ReminderFacts,
  question: { readonly id: string } | undefined,
): PendingQuestion | undefined {
  if (question === undefined) return undefined;
  return {
    questionId: question.id,
    askedAt: facts.now,
    sessionKey: facts.session.sessionKey,
    day: facts.reminder.day,
    severeWord: false,
  };
}
