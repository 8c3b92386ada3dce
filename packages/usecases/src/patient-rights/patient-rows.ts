import { rowsOfClinic, type TableScan } from '../clinic-admin/table-scan.ts';
import { type AlertRow, alertRow, type TaskRow, taskRow } from '../desk-rows.ts';
import {
  type InboundRow,
  inboundRow,
  type PatientRow,
  type PhoneRow,
  patientRow,
  phoneRow,
} from '../person-rows.ts';
import type { Item } from '../ports.ts';
import {
  type EventRow,
  eventRow,
  type MessageRow,
  messageRow,
  type ReminderRow,
  reminderRow,
  type SessionRow,
  sessionRow,
} from '../rows.ts';

/** Everything that one clinic holds about one patient, by kind. */
export type PatientRows = {
  readonly sessions: readonly SessionRow[];
  readonly reminders: readonly ReminderRow[];
  readonly messages: readonly MessageRow[];
  readonly inbound: readonly InboundRow[];
  readonly events: readonly EventRow[];
  readonly alerts: readonly AlertRow[];
  readonly tasks: readonly TaskRow[];
  readonly patients: readonly PatientRow[];
  readonly phones: readonly PhoneRow[];
  /** Phones that another patient of the clinic uses too: they outlive this patient. */
  readonly sharedPhoneKeys: ReadonlySet<string>;
  /** All of the above as stored, and what has no schema of its own. */
  readonly items: readonly Item[];
};

/**
 * Reads the whole table for one patient, because only that finds every text of theirs; rare, and never in a
 * function. A text that cannot be told apart on a shared number counts as this patient's only when it was
 * read as theirs. Undefined when the clinic has no such patient.
 */
export async function rowsOfPatient(
  scan: TableScan,
  clinicId: string,
  patientId: string,
): Promise<PatientRows | undefined> {
  const rows = await rowsOfClinic(scan, clinicId);
  const mine = rows.filter((row) => row.patientId === patientId);
  if (mine.length === 0) return undefined;
  const phoneKeys = new Set(mine.flatMap(phoneKeysIn));
  const sessionKeys = new Set(mine.filter((row) => row.row === 'session').map((row) => row.sessionKey));
  const sharedPhoneKeys = new Set(
    rows
      .filter((row) => row.row === 'patient' && row.patientId !== patientId)
      .flatMap(phoneKeysIn)
      .filter((phoneKey) => phoneKeys.has(phoneKey)),
  );
  const alertIds = new Set(mine.filter((row) => row.row === 'alert').map((row) => row.alertId));
  const items = rows.filter((row) => {
    if (row.patientId !== undefined) return row.patientId === patientId;
    if (row.row === 'message' && row.alertId !== undefined && alertIds.has(row.alertId)) return true;
    if (row.sessionKey !== undefined && sessionKeys.has(row.sessionKey)) return true;
    const phoneKey = phoneKeyOf(row);
    return phoneKey !== undefined && phoneKeys.has(phoneKey) && !sharedPhoneKeys.has(phoneKey);
  });
  return { ...sorted(items, rows, phoneKeys), sharedPhoneKeys, items };
}

function sorted(items: readonly Item[], all: readonly Item[], phoneKeys: ReadonlySet<string>) {
  const of = <Row>(kind: string, schema: { parse(item: Item): Row }): Row[] =>
    items.filter((item) => item.row === kind).map((item) => schema.parse(item));
  return {
    sessions: of('session', sessionRow),
    reminders: of('reminder', reminderRow),
    messages: of('message', messageRow),
    inbound: of('inbound', inboundRow),
    events: of('event', eventRow),
    alerts: of('alert', alertRow),
    tasks: of('task', taskRow),
    patients: of('patient', patientRow),
    phones: all
      .filter((item) => item.row === 'phone')
      .map((item) => phoneRow.parse(item))
      .filter((phone) => phoneKeys.has(phone.phoneKey)),
  };
}

function phoneKeysIn(row: Item): string[] {
  const listed = Array.isArray(row.phoneKeys) ? row.phoneKeys : [];
  return [row.phoneKey, ...listed].filter((phoneKey) => typeof phoneKey === 'string');
}

/** The phone a row is about, by its own attribute or by the partition it lies in. */
function phoneKeyOf(row: Item): string | undefined {
  if (typeof row.phoneKey === 'string') return row.phoneKey;
  if (typeof row.pk !== 'string' || !row.pk.startsWith('P#')) return undefined;
  return row.pk.split('#').at(-1);
}
