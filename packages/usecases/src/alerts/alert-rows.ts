import type { AlertClinic, Person } from '@aftercare/alerts/people';
import type { ClinicConfig, Location } from '@aftercare/contract/clinic-config';
import type { ClinicDirectory } from '../clinics.ts';
import { type AlertRow, alertRow, type StaffPhoneRow, staffPhoneRow } from '../desk-rows.ts';
import {
  alertCodeRowKey,
  alertCounterRowKey,
  alertPartition,
  alertRowKey,
  clinicPartition,
  phonePartition,
} from '../keys.ts';
import type { Condition, Item, System, Update, Write } from '../ports.ts';
import { toItem } from '../row-item.ts';
import type { SessionRow } from '../rows.ts';
import { readAll, readSessionRow } from '../session-rows.ts';
import { type Happening, looseEvents, withEvents } from '../timeline.ts';

type Reading = Pick<System, 'table'>;
const firstCode = 1000;

export async function readAlertRow(
  system: Reading,
  clinicId: string,
  alertId: string,
): Promise<AlertRow | undefined> {
  const item = await system.table.get(alertRowKey(clinicId, alertId));
  return item === undefined ? undefined : alertRow.parse(item);
}

/** All alerts of a clinic, oldest first. */
export async function readAlertRows(system: Reading, clinicId: string): Promise<readonly AlertRow[]> {
  const items = await readAll(system, alertPartition(clinicId), 'ALERT#');
  return items.map((item) => alertRow.parse(item));
}

/** The alert behind a code that staff typed. */
export async function alertByCode(
  system: Reading,
  clinicId: string,
  code: string,
): Promise<AlertRow | undefined> {
  const item = await system.table.get(alertCodeRowKey(clinicId, code));
  return typeof item?.alertId === 'string' ? readAlertRow(system, clinicId, item.alertId) : undefined;
}

/**
 * The next code and the writes that take it: codes grow from 1000 and are never used again (product-rules
 * 6).
 */
export async function nextCode(
  system: Reading,
  clinicId: string,
  alertId: string,
): Promise<{ readonly code: string; readonly writes: readonly Write[] }> {
  const counterKey = alertCounterRowKey(clinicId);
  const stored = await system.table.get(counterKey);
  const next = typeof stored?.next === 'number' ? stored.next : firstCode;
  const asRead: Condition =
    stored === undefined ? { is: 'absent' } : { is: 'equal', attribute: 'next', value: next };
  const code = String(next);
  return {
    code,
    writes: [
      { write: 'put', item: { ...counterKey, row: 'alert_counter', next: next + 1 }, condition: asRead },
      {
        write: 'put',
        item: { ...alertCodeRowKey(clinicId, code), row: 'alert_code', alertId },
        condition: { is: 'absent' },
      },
    ],
  };
}

/** Changes an alert only if nobody changed it since it was read. */
export function saveAlert(
  read: AlertRow,
  set: Partial<AlertRow>,
  remove: readonly (keyof AlertRow)[] = [],
): Update {
  const change: Item = { ...toItem(set), version: read.version + 1 };
  return {
    write: 'update',
    key: { pk: read.pk, sk: read.sk },
    set: change,
    ...(remove.length === 0 ? {} : { remove }),
    condition: { is: 'equal', attribute: 'version', value: read.version },
  };
}

/** Whether the last rung paged people who had all been paged before: everybody together, every half hour. */
export function pagedEverybody(alert: Pick<AlertRow, 'pages' | 'rung'>): boolean {
  const before = new Set(alert.pages.filter((page) => page.rung < alert.rung).map((page) => page.staffId));
  const latest = alert.pages.filter((page) => page.rung === alert.rung);
  return latest.length > 0 && latest.every((page) => before.has(page.staffId));
}

/** An alert's event: on the session's timeline when there is one, else in the partition of the number. */
export async function alertEvents(
  system: Reading & Pick<System, 'random' | 'clock'>,
  alert: Pick<AlertRow, 'clinicId' | 'phoneKey' | 'sessionKey' | 'patientId'>,
  happenings: readonly Happening[],
): Promise<readonly Write[]> {
  const session = alert.sessionKey === undefined ? undefined : await readSessionRow(system, alert.sessionKey);
  return eventsFor(system, alert, session, happenings);
}

export function eventsFor(
  system: Pick<System, 'random' | 'clock'>,
  alert: Pick<AlertRow, 'clinicId' | 'phoneKey' | 'patientId'>,
  session: SessionRow | undefined,
  happenings: readonly Happening[],
  set: Partial<SessionRow> = {},
): readonly Write[] {
  if (happenings.length === 0) return [];
  const now = system.clock.now();
  if (session !== undefined) return withEvents(system.random, now, session, happenings, { set });
  const owner = {
    pk: phonePartition(alert.clinicId, alert.phoneKey),
    clinicId: alert.clinicId,
    ...(alert.patientId === undefined ? {} : { patientId: alert.patientId }),
  };
  return happenings.flatMap((one) => looseEvents(system.random, now, owner, one));
}

/** The clinic as the ladder sees it: configuration, and what we learnt about each phone since. */
export type StaffedClinic = {
  readonly config: ClinicConfig;
  readonly people: AlertClinic;
  readonly phones: ReadonlyMap<string, StaffPhoneRow>;
};

export async function readStaffedClinic(
  system: Reading & { readonly clinics: ClinicDirectory },
  clinicId: string,
): Promise<StaffedClinic | undefined> {
  const [clinic, items] = await Promise.all([
    system.clinics.load(clinicId),
    readAll(system, clinicPartition(clinicId), 'STAFF#'),
  ]);
  if (clinic === undefined) return undefined;
  const rows = items.map((item) => staffPhoneRow.parse(item));
  const phones = new Map(rows.map((row) => [row.staffId, row]));
  const staff = clinic.config.staff.map((person) => withPhone(person, phones.get(person.staffId)));
  const people: AlertClinic = { nightPages: clinic.config.nightPages, staff, onCall: clinic.config.onCall };
  return { config: clinic.config, people, phones };
}

/** What was learnt about a number holds only while the person still has that number. */
function withPhone(person: Person, row: StaffPhoneRow | undefined): Person {
  if (row === undefined || row.phone !== person.phone) return person;
  return {
    ...person,
    confirmedAt: row.confirmedAt ?? person.confirmedAt,
    unreachableSince: row.unreachableSince ?? person.unreachableSince,
  };
}

export function placeOf(config: ClinicConfig, locationId: string): Location {
  const found = config.locations.find((one) => one.locationId === locationId) ?? config.locations[0];
  if (found === undefined) throw new Error('A clinic has at least one location');
  return found;
}
