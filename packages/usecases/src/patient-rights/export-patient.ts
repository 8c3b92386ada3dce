import type { Approval } from '@aftercare/contract/clinic-config';
import { storedSession } from '@aftercare/contract/stored-session';
import type { Instant } from '@aftercare/time/instant';
import { localDateTimeOf } from '@aftercare/time/zone';
import { readStoredClinic } from '../clinic-admin/clinic-row.ts';
import type { TableScan } from '../clinic-admin/table-scan.ts';
import type { Json, System } from '../ports.ts';
import { explain } from '../reason-words.ts';
import { toJson } from '../row-item.ts';
import type { MessageRow, SessionRow } from '../rows.ts';
import { currentReminders } from '../session-rows.ts';
import { type PatientRows, rowsOfPatient } from './patient-rows.ts';

/** One text to or from the patient, with why it went or how it was read. */
export type EvidenceText = {
  readonly at: Instant;
  readonly localTime: string;
  readonly direction: 'outbound' | 'inbound';
  readonly body: string;
  readonly reason?: string;
  readonly kind?: string;
  readonly day?: number;
  readonly facts?: readonly string[];
  readonly segments?: number;
  readonly status?: string;
  readonly errorCode?: number;
  readonly level?: string;
  readonly evidence?: Json;
};

/** What proves how one session was cared for (product-rules 10, issue 6). */
export type EvidencePack = {
  readonly sessionId: string;
  readonly consent: Json;
  readonly request: Json;
  readonly revision: number;
  readonly protocol: {
    readonly id: string;
    readonly version: number;
    readonly class: string;
    readonly signed: boolean;
  };
  /** Signatures that the clinic holds now under the protocol version of this session. */
  readonly approvals: readonly Approval[];
  readonly texts: readonly EvidenceText[];
  readonly notSent: readonly { readonly day: number; readonly dueAt: Instant; readonly reason: string }[];
  readonly events: readonly { readonly at: Instant; readonly type: string; readonly text: string }[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
};

export type PatientExport = {
  readonly clinicId: string;
  readonly patientId: string;
  readonly exportedAt: Instant;
  readonly numbers: readonly {
    readonly phone: string;
    readonly optedOutAt?: Instant;
    readonly optedOutBy?: string;
  }[];
  readonly sessions: readonly EvidencePack[];
  /** Texts that belong to no session, such as replies to a number without one. */
  readonly otherTexts: readonly EvidenceText[];
  readonly alerts: readonly Json[];
  readonly tasks: readonly Json[];
};

/** Everything the clinic holds about a patient, ready to hand over; undefined when it holds nothing. */
export async function exportPatient(
  system: Pick<System, 'table' | 'clock'> & { readonly scan: TableScan },
  clinicId: string,
  patientId: string,
): Promise<PatientExport | undefined> {
  const [stored, rows] = await Promise.all([
    readStoredClinic(system, clinicId),
    rowsOfPatient(system.scan, clinicId, patientId),
  ]);
  if (stored === undefined || rows === undefined) return undefined;
  const keys = new Set(rows.sessions.map((session) => session.sessionKey));
  const zone = rows.sessions.at(-1)?.timeZone ?? stored.config.timeZone;
  return {
    clinicId,
    patientId,
    exportedAt: system.clock.now(),
    numbers: rows.phones.map(({ phone, optedOutAt, optedOutBy }) => ({
      phone,
      ...(optedOutAt === undefined ? {} : { optedOutAt }),
      ...(optedOutBy === undefined ? {} : { optedOutBy }),
    })),
    sessions: rows.sessions.map((session) => evidencePack(session, rows, stored.config.approvals)),
    otherTexts: textsOf(rows, (sessionKey) => sessionKey === undefined || !keys.has(sessionKey), zone),
    alerts: rows.alerts.map(toJson),
    tasks: rows.tasks.map(toJson),
  };
}

function evidencePack(session: SessionRow, rows: PatientRows, approvals: readonly Approval[]): EvidencePack {
  const request = storedSession.parse(session.request);
  const own = rows.reminders.filter((reminder) => reminder.sessionKey === session.sessionKey);
  return {
    sessionId: session.sessionId,
    consent: toJson(request.patient.consent),
    request: session.request,
    revision: session.revision,
    protocol: {
      id: session.protocolId,
      version: session.protocolVersion,
      class: session.protocolClass,
      signed: session.protocolApproved,
    },
    approvals: approvals.filter(
      (signed) =>
        signed.subject === 'triage' ||
        (signed.id === session.protocolId && signed.version === session.protocolVersion),
    ),
    texts: textsOf(rows, (sessionKey) => sessionKey === session.sessionKey, session.timeZone),
    notSent: currentReminders(own)
      .filter((reminder) => reminder.reason !== undefined)
      .map(({ day, dueAt, reason }) => ({ day, dueAt, reason: explain(reason ?? '') })),
    events: rows.events
      .filter((event) => event.pk === session.pk)
      .map(({ at, type, text }) => ({ at, type, text })),
    warnings: session.warnings,
  };
}

function textsOf(
  rows: PatientRows,
  belongs: (sessionKey: string | undefined) => boolean,
  timeZone: string,
): EvidenceText[] {
  const sent = rows.messages.filter((row) => belongs(row.sessionKey)).map((row) => sentText(row, timeZone));
  const received = rows.inbound
    .filter((row) => belongs(row.sessionKey))
    .map(
      (row): EvidenceText => ({
        at: row.receivedAt,
        localTime: localDateTimeOf(row.receivedAt, timeZone),
        direction: 'inbound',
        body: row.body,
        ...(row.level === undefined ? {} : { level: row.level }),
        ...(row.outcome === undefined ? {} : { reason: row.outcome }),
        ...(row.evidence === undefined ? {} : { evidence: row.evidence }),
      }),
    );
  return [...sent, ...received].sort((a, b) => (a.at < b.at ? -1 : 1));
}

function sentText(row: MessageRow, timeZone: string): EvidenceText {
  const at = row.acceptedAt ?? row.claimedAt;
  return {
    at,
    localTime: localDateTimeOf(at, timeZone),
    direction: 'outbound',
    body: row.body,
    kind: row.kind,
    reason: row.reason,
    segments: row.segments,
    status: row.deliveryStatus ?? row.status,
    ...(row.day === undefined ? {} : { day: row.day }),
    ...(row.facts === undefined ? {} : { facts: row.facts }),
    ...(row.errorCode === undefined ? {} : { errorCode: row.errorCode }),
  };
}
