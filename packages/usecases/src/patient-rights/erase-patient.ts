import { storedSession } from '@aftercare/contract/stored-session';
import type { Instant } from '@aftercare/time/instant';
import * as z from 'zod';
import type { IntakeReach } from '../accept-session.ts';
import { cancelSession } from '../cancel-session.ts';
import type { TableScan } from '../clinic-admin/table-scan.ts';
import type { AlertRow } from '../desk-rows.ts';
import { clinicPartition, patientIndexRowKey } from '../keys.ts';
import { type PhoneRow, phoneRow } from '../person-rows.ts';
import type { Check, Item, Key, Write } from '../ports.ts';
import { putRow, toItem } from '../row-item.ts';
import type { SessionRow } from '../rows.ts';
import { isHeld } from './legal-hold.ts';
import { type PatientRows, rowsOfPatient } from './patient-rows.ts';

/** What stays of an erased patient: that it happened, and proof of care and consent that names nobody. */
export const erasureRow = z.object({
  pk: z.string(),
  sk: z.string(),
  row: z.literal('erasure'),
  clinicId: z.string(),
  at: z.string(),
  by: z.string(),
  reason: z.string(),
  rows: z.number().int(),
  sessions: z.array(
    z.object({
      endedOn: z.string(),
      protocol: z.string(),
      consentGivenAt: z.string(),
      consentMethod: z.string(),
      consentTextVersion: z.string().optional(),
      textsSent: z.number().int(),
    }),
  ),
  optOutKept: z.boolean(),
});

export type EraseOutcome =
  | { readonly kind: 'erased'; readonly rows: number; readonly optOutKept: boolean }
  | { readonly kind: 'no_patient' }
  | { readonly kind: 'held' }
  | { readonly kind: 'open_alert'; readonly codes: readonly string[] }
  /** A text is on its way and its outcome not yet known; in a quarter of an hour it is. */
  | { readonly kind: 'text_on_its_way' };

export type EraseReach = IntakeReach & { readonly scan: TableScan };

/**
 * Erases a patient (product-rules 10): sessions are cancelled first, so that nothing more is claimed, then
 * every row goes. The opt-out stays under the number's keyed hash, without the number; alerts stay as
 * statistics without the person; a record of the erasure stays without either. Refused while an alert is
 * open or a legal hold is set. The row by which the patient is found goes last, so that an erasure that was
 * interrupted can be started again.
 */
export async function erasePatient(
  system: EraseReach,
  command: {
    readonly clinicId: string;
    readonly patientId: string;
    readonly by: string;
    readonly reason: string;
  },
): Promise<EraseOutcome> {
  const { clinicId, patientId } = command;
  if (await isHeld(system, clinicId, patientId)) return { kind: 'held' };
  const found = await rowsOfPatient(system.scan, clinicId, patientId);
  if (found === undefined) return { kind: 'no_patient' };
  const codes = found.alerts.filter((alert) => alert.status !== 'done').map((alert) => alert.code);
  if (codes.length > 0) return { kind: 'open_alert', codes };
  if (found.messages.some((message) => message.status === 'sending')) return { kind: 'text_on_its_way' };
  for (const session of found.sessions) {
    if (session.status === 'active') await cancelSession(system, clinicId, session.sessionId);
  }
  const rows = await rowsOfPatient(system.scan, clinicId, patientId);
  if (rows === undefined) return { kind: 'no_patient' };
  const index = patientIndexRowKey(clinicId, patientId);
  const doomed = rows.items.filter(
    (item) => item.row !== 'alert' && item.row !== 'phone' && !(item.pk === index.pk && item.sk === index.sk),
  );
  const writes: Write[] = [
    ...doomed.map((item): Write => ({ write: 'delete', key: keyOf(item) })),
    ...rows.alerts.map((alert) => withoutPerson(alert)),
  ];
  for (const write of writes) await apply(system, write);
  let optOutKept = false;
  for (const phone of rows.phones) {
    const shared = rows.sharedPhoneKeys.has(phone.phoneKey);
    const left = shared ? phone : await forgetNumber(system, phone);
    optOutKept ||= left?.optedOutAt !== undefined;
  }
  const at = system.clock.now();
  const written = await system.table.transact([
    { write: 'delete', key: index },
    putRow(erasureRow, {
      pk: clinicPartition(clinicId),
      sk: `ERASURE#${system.random.ulid(at)}`,
      row: 'erasure',
      clinicId,
      at,
      by: command.by,
      reason: command.reason,
      rows: doomed.length + 1,
      sessions: rows.sessions.map((session) => proofOf(session, rows)),
      optOutKept,
    }),
  ]);
  // The index is still there: the same order finds what is left and ends it.
  if (!written.ok) throw new Error('Another change was in the way: the erasure is not on record, try again');
  system.log.info('patient_erased', { clinicId, rows: doomed.length + 1 });
  return { kind: 'erased', rows: doomed.length + 1, optOutKept };
}

async function apply(system: EraseReach, write: Write): Promise<void> {
  if (write.write !== 'check') await system.table.write(write);
}

function keyOf(item: Item): Key {
  if (typeof item.pk !== 'string' || typeof item.sk !== 'string') throw new Error('A row without a key');
  return { pk: item.pk, sk: item.sk };
}

/** Levels, times and outcome stay: they measure how fast the clinic answers. */
function withoutPerson(alert: AlertRow): Write {
  return {
    write: 'update',
    key: { pk: alert.pk, sk: alert.sk },
    set: { phoneKey: 'erased', inboundSids: [] },
    remove: ['sessionKey', 'sessionId', 'patientId', 'noReplyReason'],
    condition: { is: 'present' },
  };
}

/** An opt-out binds whoever holds the number; the number itself goes, its keyed hash finds it again. */
function optOutOnly(phone: PhoneRow): Exclude<Write, Check> {
  const key = { pk: phone.pk, sk: phone.sk };
  const condition = { is: 'equal', attribute: 'version', value: phone.version } as const;
  if (phone.optedOutAt === undefined) return { write: 'delete', key, condition };
  const { optedOutAt, optedOutBy, optOutConfirmedAt, clinicId, phoneKey, version } = phone;
  const kept = { row: 'phone', clinicId, phoneKey, phone: '', repliesAt: [], version: version + 1 };
  return {
    write: 'put',
    item: {
      ...toItem({ ...kept, optedOutAt, optedOutBy, optOutConfirmedAt }),
      ...key,
    },
    condition,
  };
}

const attempts = 5;

/** A STOP that arrives meanwhile is read again and kept. Answers with the row as it went or was kept. */
async function forgetNumber(system: EraseReach, read: PhoneRow): Promise<PhoneRow | undefined> {
  let phone: PhoneRow | undefined = read;
  for (let attempt = 0; attempt < attempts && phone !== undefined; attempt += 1) {
    const written = await system.table.write(optOutOnly(phone));
    if (written.ok) return phone;
    phone = written.stored === undefined ? undefined : phoneRow.parse(written.stored);
  }
  if (phone !== undefined) throw new Error('The number met other writers too often: try again');
  return undefined;
}

function proofOf(session: SessionRow, rows: PatientRows): z.infer<typeof erasureRow>['sessions'][number] {
  const { consent } = storedSession.parse(session.request).patient;
  return {
    endedOn: dateOf(session.endedAt),
    protocol: `${session.protocolId} v${session.protocolVersion}`,
    consentGivenAt: consent.givenAt,
    consentMethod: consent.method,
    consentTextVersion: consent.textVersion,
    textsSent: rows.messages.filter(
      (message) => message.sessionKey === session.sessionKey && message.status === 'sent',
    ).length,
  };
}

const dateOf = (at: Instant): string => at.slice(0, 10);
