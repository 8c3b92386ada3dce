import type { Decision, TaskDraft } from '@aftercare/conversation/decision';
import { silenceAfter } from '@aftercare/conversation/tasks';
import { addHours, type Instant, isBefore } from '@aftercare/time/instant';
import type { OpenedAlert } from '../alerts/open-alert.ts';
import { followUpRowKey, workShardOf } from '../keys.ts';
import {
  type FollowUpRow,
  followUpRow,
  type InboundRow,
  type PatientRow,
  type PhoneRow,
} from '../person-rows.ts';
import { savePatient, savePhone } from '../phone-rows.ts';
import type { System, Update, Write } from '../ports.ts';
import { putRow, toItem } from '../row-item.ts';
import type { MessageRow, SessionRow } from '../rows.ts';
import { taskPut } from '../tasks/open-notice.ts';
import { expiryAfter, sessionRetentionSeconds } from '../timeline.ts';
import type { InboundFacts } from './read-facts.ts';

/** Everything one decision changes, apart from the alert's own rows and the timeline. */
export type DecisionWrites = {
  readonly writes: readonly Write[];
  /** Lines of the work list that were opened, by kind. */
  readonly taskIds: ReadonlyMap<string, string>;
};

type Parts = {
  readonly facts: InboundFacts;
  readonly decision: Decision;
  readonly reply: MessageRow | undefined;
  readonly alert: OpenedAlert | undefined;
  readonly session: SessionRow | undefined;
};

export function decisionWrites(system: Pick<System, 'random' | 'clock'>, parts: Parts): DecisionWrites {
  const tasks = parts.decision.tasks.map((task) => taskWrite(system, parts, task));
  const taskIds = new Map(tasks.map(({ kind, taskId }) => [kind, taskId]));
  return {
    taskIds,
    writes: [
      inboundProcessed(parts),
      savePhone(parts.facts.phone, phoneChange(parts)),
      ...patientWrites(parts, taskIds),
      ...tasks.map(({ write }) => write),
      ...followUps(parts),
    ],
  };
}

function taskWrite(system: Pick<System, 'random' | 'clock'>, parts: Parts, task: TaskDraft) {
  const { facts, decision, session } = parts;
  const made = taskPut(system, {
    ...task,
    clinicId: facts.inbound.clinicId,
    locationId: decision.locationId,
    inboundSid: facts.inbound.messageSid,
    ...(decision.patientId === undefined ? {} : { patientId: decision.patientId }),
    ...(session === undefined ? {} : { sessionId: session.sessionId }),
  });
  return { kind: task.kind, ...made };
}

/** The guard that makes a second processing of the same text change nothing. */
function inboundProcessed(parts: Parts): Update {
  const { facts, decision, reply, alert } = parts;
  const { assessment } = decision;
  const set: Partial<InboundRow> = {
    status: 'processed',
    level: decision.level,
    outcome: outcomeOf(parts),
    sessionKey: decision.sessionKey,
    patientId: decision.patientId,
    replyMessageId: reply?.messageId,
    alertId: alert?.alertId,
    handedToHuman: decision.tasks.length > 0 ? true : undefined,
    evidence: {
      concepts: assessment.concepts,
      negated: assessment.negated,
      rules: assessment.evidence.map((one) => ({ rule: one.rule, start: one.start, end: one.end })),
    },
  };
  return {
    write: 'update',
    key: { pk: facts.inbound.pk, sk: facts.inbound.sk },
    set: toItem(set),
    remove: ['workShard', 'attendAt'],
    condition: { is: 'equal', attribute: 'status', value: 'received' },
  };
}

function outcomeOf(parts: Parts): string {
  const { decision } = parts;
  if (decision.noReplyReason !== undefined) return `no_reply:${decision.noReplyReason}`;
  if (decision.reply === undefined) return 'no_reply';
  return decision.reply.deferUntil === undefined
    ? `replied:${decision.reply.templateId}`
    : `deferred:${decision.reply.templateId}`;
}

function phoneChange(parts: Parts): Partial<PhoneRow> {
  const { facts, decision, alert } = parts;
  const { now, phone } = facts;
  const { reply } = decision;
  const dayAgo = addHours(now, -24);
  const sent = reply !== undefined && reply.deferUntil === undefined;
  const repliesAt = phone.repliesAt.filter((at) => isBefore(dayAgo, at));
  return {
    expiresAtEpochSeconds: expiryAfter(now, sessionRetentionSeconds),
    repliesAt: sent && reply.counts ? [...repliesAt, now] : repliesAt,
    ...(sent && reply.severe ? { lastReplyHash: reply.templateId, lastReplyAt: now } : {}),
    ...subscription(decision, phone, now),
    ...(decision.wrongNumber === true ? { blockedReason: 'wrong_number' as const } : {}),
    ...(alert !== undefined && decision.patientId === undefined ? { openAlertId: alert.alertId } : {}),
  };
}

/**
 * The suppression list of our own (issue 4, point 4). Our one confirmation, or Twilio's, is noted with it.
 */
function subscription(decision: Decision, phone: PhoneRow, now: Instant): Partial<PhoneRow> {
  if (decision.optIn === true)
    return { optedOutAt: undefined, optedOutBy: undefined, optOutConfirmedAt: undefined };
  if (decision.optOut === undefined) return {};
  return {
    optedOutAt: phone.optedOutAt ?? now,
    // A carrier stop outlives words: only START lifts it.
    optedOutBy: decision.optOut.by === 'carrier' ? 'carrier' : (phone.optedOutBy ?? 'words'),
    optOutConfirmedAt: phone.optOutConfirmedAt ?? now,
  };
}

const rememberedReadings = 60;

function patientWrites(parts: Parts, taskIds: ReadonlyMap<string, string>): Write[] {
  const { facts, decision, alert } = parts;
  const found = facts.patients.find((one) => one.patient.patientId === decision.patientId);
  if (found === undefined) return [];
  const { patient } = found;
  const readings = [
    ...patient.readings,
    { at: facts.inbound.receivedAt, level: decision.level, inboundSid: facts.inbound.messageSid },
  ].slice(-rememberedReadings);
  const unclear = taskIds.get('unclear');
  const change: Partial<PatientRow> = {
    readings,
    ...pendingChange(parts),
    ...(alert === undefined ? {} : { openAlertId: alert.alertId }),
    ...(decision.switchLanguage === undefined ? {} : { language: decision.switchLanguage }),
    ...(unclear === undefined ? {} : { unclearTaskId: unclear }),
    ...(unclear === undefined && isReadable(decision) ? { unclearTaskId: undefined } : {}),
  };
  return [savePatient(patient, change)];
}

/** A text that says something: an unclear one before it needs no human any more. */
export const isReadable = (decision: Decision): boolean =>
  decision.level !== 'unclear' && decision.level !== 'admin' && decision.noReplyReason === undefined;

function pendingChange(parts: Parts): Partial<PatientRow> {
  const { facts, decision } = parts;
  const { question } = decision;
  if (question === undefined) return decision.answersQuestion ? { pending: undefined } : {};
  return {
    pending: {
      questionId: question.questionId,
      askedAt: facts.now,
      sessionKey: decision.sessionKey,
      severeWord: question.severeWord,
      ...(question.options === undefined ? {} : { options: [...question.options] }),
    },
  };
}

/**
 * What the sweep must come back for: a reply in the next window, silence after a question on a severe word.
 */
function followUps(parts: Parts): Write[] {
  const { decision, facts } = parts;
  const { reply, question } = decision;
  const rows: FollowUpRow[] = [];
  if (reply?.deferUntil !== undefined) {
    const { body, templateId } = reply;
    rows.push({ ...followUp(parts, 'deferred_reply', reply.deferUntil), body, templateId });
  }
  if (question?.severeWord === true) rows.push(followUp(parts, 'silence', silenceAfter(facts.now)));
  return rows.map((row) => putRow(followUpRow, row));
}

function followUp(parts: Parts, kind: FollowUpRow['kind'], attendAt: Instant): FollowUpRow {
  const { facts, decision } = parts;
  const { clinicId, phoneKey, messageSid } = facts.inbound;
  const key = followUpRowKey(clinicId, phoneKey, kind, messageSid);
  return {
    ...key,
    row: 'follow_up',
    kind,
    clinicId,
    phoneKey,
    messageSid,
    patientId: decision.patientId,
    locationId: decision.locationId,
    language: decision.language,
    askedAt: facts.now,
    workShard: workShardOf(key.pk),
    attendAt,
  };
}
