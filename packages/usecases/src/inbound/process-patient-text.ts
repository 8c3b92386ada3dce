import { decideReply } from '@aftercare/conversation/decide-reply';
import type { Decision } from '@aftercare/conversation/decision';
import { eventsFor, readAlertRow, readStaffedClinic } from '../alerts/alert-rows.ts';
import { climbAlert } from '../alerts/climb-alert.ts';
import { armNextRung, deliverPages } from '../alerts/deliver-pages.ts';
import { type OpenedAlert, openAlert } from '../alerts/open-alert.ts';
import type { Clinic } from '../clinics.ts';
import { phonePartition } from '../keys.ts';
import type { InboundRow } from '../person-rows.ts';
import type { Write } from '../ports.ts';
import type { MessageRow, SessionRow } from '../rows.ts';
import { claimMessage } from '../send-message.ts';
import { closeTask } from '../tasks/work-list.ts';
import type { Happening } from '../timeline.ts';
import { decisionWrites, isReadable } from './decision-writes.ts';
import type { ReplyReach } from './reach.ts';
import { type InboundFacts, readInboundFacts } from './read-facts.ts';
import { deliverReply } from './reply-outcome.ts';

const attempts = 8;

/**
 * One text of a patient, or of a stranger: read, decide, record everything in one transaction, then send
 * the claimed reply and the claimed pages together. Safe to repeat at every point: the record is guarded by
 * the text's own status.
 */
export async function processPatientText(
  system: ReplyReach,
  clinic: Clinic,
  inbound: InboundRow,
): Promise<Decision | 'done_before'> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const facts = await readInboundFacts(system, clinic, inbound);
    const decision = decideReply(facts.context);
    const recorded = await record(system, facts, decision);
    if (recorded === 'done_before') return 'done_before';
    if (recorded === 'conflict') {
      system.metrics.count('inbound_conflicts');
      continue;
    }
    report(system, facts, decision, recorded);
    await carryOut(system, facts, decision, recorded);
    return decision;
  }
  throw new Error('A text met other writers too often; the queue brings it back');
}

type Recorded = { readonly reply: MessageRow | undefined; readonly alert: OpenedAlert | undefined };

async function record(
  system: ReplyReach,
  facts: InboundFacts,
  decision: Decision,
): Promise<Recorded | 'conflict' | 'done_before'> {
  const session = facts.patients
    .flatMap(({ sessions }) => sessions)
    .find(({ sessionKey }) => sessionKey === decision.sessionKey);
  const alert = decision.alert === undefined ? undefined : await alertOf(system, facts, decision, session);
  const reply = claimReply(system, facts, decision, alert);
  const parts = { facts, decision, reply: reply?.message, alert, session };
  const { writes } = decisionWrites(system, parts);
  const language = decision.switchLanguage;
  const events = eventsFor(
    system,
    subjectOf(facts, decision),
    session,
    happenings(decision, alert),
    language === undefined ? {} : { language },
  );
  const all: Write[] = [
    ...writes,
    ...(reply === undefined ? [] : [reply.write]),
    ...(alert?.writes ?? []),
    ...events,
  ];
  if ((await system.table.transact(all)).ok) return { reply: reply?.message, alert };
  const now = await system.table.get({ pk: facts.inbound.pk, sk: facts.inbound.sk });
  return now?.status === 'processed' ? 'done_before' : 'conflict';
}

function subjectOf(facts: InboundFacts, decision: Decision) {
  const { clinicId, phoneKey } = facts.inbound;
  return { clinicId, phoneKey, patientId: decision.patientId };
}

async function alertOf(
  system: ReplyReach,
  facts: InboundFacts,
  decision: Decision,
  session: SessionRow | undefined,
): Promise<OpenedAlert | undefined> {
  const { clinicId, phoneKey, messageSid } = facts.inbound;
  const staffed = await readStaffedClinic(system, clinicId);
  if (staffed === undefined || decision.alert === undefined) return undefined;
  const patient = facts.patients.find((one) => one.patient.patientId === decision.patientId)?.patient;
  const knownId = patient === undefined ? facts.phone.openAlertId : patient.openAlertId;
  const known = knownId === undefined ? undefined : await readAlertRow(system, clinicId, knownId);
  const subject = {
    clinicId,
    phoneKey,
    inboundSid: messageSid,
    locationId: decision.locationId,
    language: decision.language,
    patientId: decision.patientId,
    candidateIds: decision.candidateIds,
    sessionKey: session?.sessionKey,
    sessionId: session?.sessionId,
  };
  return openAlert(system, staffed, subject, decision.alert, known);
}

function claimReply(
  system: ReplyReach,
  facts: InboundFacts,
  decision: Decision,
  alert: OpenedAlert | undefined,
): ReturnType<typeof claimMessage> | undefined {
  const { reply } = decision;
  if (reply === undefined || reply.deferUntil !== undefined) return undefined;
  const { clinicId, phoneKey, messageSid, from } = facts.inbound;
  return claimMessage(system.random, facts.now, {
    pk: phonePartition(clinicId, phoneKey),
    clinicId,
    kind: reply.kind,
    reason: `Reply to a text read as ${decision.level}: ${reply.templateId}`,
    to: from,
    from: facts.clinic.config.patientNumber,
    body: reply.body,
    facts: [...reply.facts],
    phoneKey,
    inboundSid: messageSid,
    ...(decision.patientId === undefined ? {} : { patientId: decision.patientId }),
    ...(alert === undefined ? {} : { alertId: alert.alertId }),
  });
}

function happenings(decision: Decision, alert: OpenedAlert | undefined): readonly Happening[] {
  const { level, noReplyReason, reply } = decision;
  const answered = reply === undefined ? `not answered (${noReplyReason ?? 'no reply'})` : 'answered';
  const found: Happening[] = [
    {
      type: 'patient.replied',
      publishAs: 'patient.replied',
      level,
      text: `The patient texted; read as ${level}, ${answered}.`,
      ...(noReplyReason === undefined ? {} : { reason: noReplyReason }),
    },
  ];
  if (decision.optOut !== undefined) {
    const how = decision.optOut.by === 'carrier' ? 'by a carrier keyword' : 'in words';
    found.push({
      type: 'patient.opted_out',
      publishAs: 'patient.opted_out',
      reason: decision.optOut.by,
      text: `The patient opted out ${how}; no reminder will be sent.`,
    });
  }
  if (decision.optIn === true)
    found.push({
      type: 'patient.opted_in',
      text: 'The patient asked for texts again; future reminders are on.',
    });
  if (decision.wrongNumber === true)
    found.push({ type: 'patient.wrong_number', text: 'The number is not this patient; it is blocked.' });
  return [...found, ...(alert?.happenings ?? [])];
}

/** After the record: page and reply leave at the same moment, neither waits for the other (design 7.6). */
async function carryOut(
  system: ReplyReach,
  facts: InboundFacts,
  decision: Decision,
  recorded: Recorded,
): Promise<void> {
  const { alert, reply } = recorded;
  await Promise.all([
    alert === undefined ? undefined : startPaging(system, facts.inbound.clinicId, alert),
    reply === undefined ? undefined : deliverReply(system, reply),
  ]);
  if (isReadable(decision)) await closeUnclear(system, facts, decision);
}

async function startPaging(system: ReplyReach, clinicId: string, opened: OpenedAlert): Promise<void> {
  if (opened.joined) {
    await climbAlert(system, clinicId, opened.alertId);
    return;
  }
  const taken = await deliverPages(system, opened.pages);
  const alert = await readAlertRow(system, clinicId, opened.alertId);
  if (alert !== undefined) await armNextRung(system, alert);
  // A page the carrier refused moves on at once.
  if (!taken && opened.pages.length > 0) await climbAlert(system, clinicId, opened.alertId);
}

async function closeUnclear(system: ReplyReach, facts: InboundFacts, decision: Decision): Promise<void> {
  const found = facts.patients.find((one) => one.patient.patientId === decision.patientId);
  const taskId = found?.patient.unclearTaskId;
  if (taskId === undefined) return;
  await closeTask(system, { clinicId: facts.inbound.clinicId, taskId, by: 'a later text of the patient' });
}

/** The line that ties a patient's text to what we answered and opened for it. */
function report(system: ReplyReach, facts: InboundFacts, decision: Decision, recorded: Recorded): void {
  const { level, noReplyReason, reply } = decision;
  system.metrics.count('texts_read', 1, { level });
  system.metrics.count('texts_answered', 1, { by: reply?.templateId ?? noReplyReason ?? 'nothing' });
  const { clinicId, messageSid } = facts.inbound;
  system.log.info('text_processed', {
    clinicId,
    messageSid,
    sessionKey: decision.sessionKey,
    replyMessageId: recorded.reply?.messageId,
    alertId: recorded.alert?.alertId,
    // Not `level`: that is the line's own, and the logger drops a second one.
    readAs: level,
    reply: reply?.templateId,
    noReply: noReplyReason,
    alert: decision.alert !== undefined,
    optOut: decision.optOut?.by,
  });
}
