import { staffTexts } from '@aftercare/alerts/page-text';
import { addHours, type Instant } from '@aftercare/time/instant';
import { type StaffPhoneRow, staffPhoneRow } from '../desk-rows.ts';
import type { ReplyReach } from '../inbound/reach.ts';
import { staffPhoneRowKey } from '../keys.ts';
import { putRow } from '../row-item.ts';
import { openNotice } from '../tasks/open-notice.ts';
import { sendToStaff } from './send-to-staff.ts';

const codeLifeHours = 72;
const mostTries = 5;
const attempts = 6;

type PhoneReach = Pick<ReplyReach, 'table' | 'clock' | 'random' | 'log' | 'metrics' | 'clinics'>;

/**
 * Changes what we know of one staff member's phone. Knowledge of a number they no longer have is dropped
 * first.
 */
async function changePhone(
  system: PhoneReach,
  clinicId: string,
  staffId: string,
  change: (row: StaffPhoneRow) => StaffPhoneRow | undefined,
): Promise<StaffPhoneRow | undefined> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const clinic = await system.clinics.load(clinicId);
    const person = clinic?.config.staff.find((one) => one.staffId === staffId);
    if (person === undefined) return undefined;
    const key = staffPhoneRowKey(clinicId, staffId);
    const stored = await system.table.get(key);
    const known = stored === undefined ? undefined : staffPhoneRow.parse(stored);
    const fresh: StaffPhoneRow = { ...key, row: 'staff_phone', clinicId, staffId, phone: person.phone };
    const next = change(known?.phone === person.phone ? known : fresh);
    if (next === undefined) return undefined;
    // One person changes rarely, so the row has no counter: a race only repeats the later of two true things.
    const written = await system.table.write(putRow(staffPhoneRow, next));
    if (written.ok) return next;
  }
  throw new Error('A staff phone met other writers too often');
}

/**
 * A staff phone that no longer takes pages (STOP to the alert number, or 21610): the ladder leaves it out
 * from now on and the clinic and the operator hear at once (product-rules 6).
 */
export async function markUnreachable(
  system: PhoneReach,
  clinicId: string,
  staffId: string,
  cause: 'stop' | 'error_21610',
): Promise<void> {
  const now = system.clock.now();
  let first = false;
  await changePhone(system, clinicId, staffId, (row) => {
    first = row.unreachableSince === undefined;
    return first ? { ...row, unreachableSince: now, unreachableCause: cause } : undefined;
  });
  if (!first) return;
  system.metrics.count('staff_unreachable', 1, { cause });
  system.log.error('staff_unreachable', { clinicId, staffId, cause });
  await openNotice(system, clinicId, {
    role: 'manager',
    text: `The phone of staff member ${staffId} takes no pages any more. Give the ladder another number.`,
  });
}

export async function markReachable(system: PhoneReach, clinicId: string, staffId: string): Promise<void> {
  await changePhone(system, clinicId, staffId, (row) => {
    const { unreachableSince: _since, unreachableCause: _cause, ...rest } = row;
    return rest;
  });
}

/** Texts a new code to a staff phone; until it comes back nobody is paged there (product-rules 6). */
export async function requestConfirmation(
  system: ReplyReach,
  clinicId: string,
  staffId: string,
): Promise<'sent' | 'unknown_staff'> {
  const clinic = await system.clinics.load(clinicId);
  if (clinic === undefined) return 'unknown_staff';
  const now = system.clock.now();
  const code = sixDigits(system.random.bytes(4));
  const row = await changePhone(system, clinicId, staffId, (known) => ({
    ...known,
    confirmCode: code,
    confirmCodeSentAt: now,
    confirmTries: 0,
  }));
  if (row === undefined) return 'unknown_staff';
  const body = staffTexts.confirmCode(clinic.config.displayName, code);
  await sendToStaff(system, clinic.config, {
    staffId,
    to: row.phone,
    body,
    reason: 'Confirmation of a ladder number',
  });
  return 'sent';
}

export type Confirmation = 'confirmed' | 'wrong' | 'nothing_waiting';

/** The digits that came back. A code lives 72 hours and five tries. */
export async function confirmByCode(
  system: PhoneReach,
  clinicId: string,
  staffId: string,
  code: string,
): Promise<Confirmation> {
  const now = system.clock.now();
  let result: Confirmation = 'nothing_waiting';
  await changePhone(system, clinicId, staffId, (row) => {
    if (!isWaiting(row, now)) return undefined;
    if (row.confirmCode !== code) {
      result = 'wrong';
      return { ...row, confirmTries: (row.confirmTries ?? 0) + 1 };
    }
    result = 'confirmed';
    const { confirmCode: _code, confirmCodeSentAt: _at, confirmTries: _tries, ...rest } = row;
    return { ...rest, confirmedAt: now };
  });
  return result;
}

function isWaiting(row: StaffPhoneRow, now: Instant): boolean {
  if (row.confirmCode === undefined || row.confirmCodeSentAt === undefined) return false;
  return (row.confirmTries ?? 0) < mostTries && now < addHours(row.confirmCodeSentAt, codeLifeHours);
}

function sixDigits(bytes: Uint8Array): string {
  const value = bytes.reduce((sum, byte) => (sum * 256 + byte) % 900_000, 0);
  return String(100_000 + value);
}

/** Remembers that the monthly test page went out. */
export async function noteTestPage(system: PhoneReach, clinicId: string, staffId: string): Promise<void> {
  const now = system.clock.now();
  await changePhone(system, clinicId, staffId, (row) => ({ ...row, testPagedAt: now }));
}
