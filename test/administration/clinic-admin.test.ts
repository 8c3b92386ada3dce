import { createMemoryTableScan } from '@aftercare/adapters/memory/table-scan';
import { exampleClinic } from '@aftercare/contract/openapi/examples';
import { acceptSession } from '@aftercare/usecases/accept-session';
import { cancelSession } from '@aftercare/usecases/cancel-session';
import { admitClinic, updateClinic } from '@aftercare/usecases/clinic-admin/admit-clinic';
import { approveContent, withdrawApproval } from '@aftercare/usecases/clinic-admin/approve-content';
import {
  putStaff,
  removeStaff,
  setCalendar,
  switchStaff,
} from '@aftercare/usecases/clinic-admin/change-people';
import { csvOf, exportClinic } from '@aftercare/usecases/clinic-admin/export-clinic';
import { removeClinic } from '@aftercare/usecases/clinic-admin/remove-clinic';
import { rotateSecret } from '@aftercare/usecases/clinic-admin/rotate-secret';
import { listClinics, showClinic } from '@aftercare/usecases/clinic-admin/show-clinic';
import { switchSending } from '@aftercare/usecases/clinic-admin/switch-sending';
import { readClinic } from '@aftercare/usecases/clinics';
import { numberRowKey } from '@aftercare/usecases/keys';
import { describe, expect, it } from 'vitest';
import { createWorld, sampleSession, type World } from '../world/memory-world.ts';

const second = {
  ...exampleClinic,
  clinicId: 'second',
  patientNumber: '+13055550120',
  alertNumber: '+13055550121',
  defaultLocationId: 'doral',
  locations: exampleClinic.locations.map((place) => ({ ...place, locationId: 'doral' })),
};

const adminOf = (world: World) => ({ ...world.system, scan: createMemoryTableScan(world.table) });
const by = 'olga';
const really = { dryRun: false };

describe('clinic add', () => {
  it('stores a clinic whose secret opens, and lists it', async () => {
    const world = await createWorld();
    const added = await admitClinic(world.system, second);
    if (added.kind !== 'added') throw new Error(added.kind);
    const clinic = await readClinic(world.system, 'second');
    expect(clinic?.webhookSecrets).toEqual([added.webhookSecret]);
    expect(await listClinics(world.system)).toEqual(['glow', 'second']);
    expect(JSON.stringify(world.table.everything())).not.toContain(added.webhookSecret.slice(6));
  });

  it('refuses the same clinic twice and changes nothing', async () => {
    const world = await createWorld();
    await admitClinic(world.system, second);
    const before = world.table.everything().length;
    expect(await admitClinic(world.system, second)).toEqual({ kind: 'exists' });
    expect(world.table.everything()).toHaveLength(before);
  });

  it('names every wrong field of the file, and a number that another clinic has', async () => {
    const world = await createWorld();
    const wrong = await admitClinic(world.system, { ...second, timeZone: 'Miami', reminderTime: '21:00' });
    expect(wrong).toMatchObject({
      kind: 'invalid',
      errors: [{ path: 'timeZone' }, { path: 'reminderTime' }],
    });
    const taken = await admitClinic(world.system, { ...second, alertNumber: '+13055550100' });
    expect(taken).toMatchObject({ kind: 'invalid', errors: [{ path: 'alertNumber', code: 'number_taken' }] });
    expect(await listClinics(world.system)).toEqual(['glow']);
  });
});

describe('clinic update', () => {
  it('keeps the signatures and retires the number that is no longer used', async () => {
    const world = await createWorld();
    await admitClinic(world.system, second);
    await approveContent(world.system, 'second', signature, by);
    const next = { ...second, patientNumber: '+13055550122', reminderTime: '11:00' };
    const outcome = await updateClinic(world.system, 'second', next, by);
    expect(outcome).toMatchObject({
      kind: 'changed',
      config: { reminderTime: '11:00', approvals: [signature] },
    });
    expect(await world.table.get(numberRowKey('+13055550120'))).toMatchObject({ role: 'retired' });
    expect(await world.table.get(numberRowKey('+13055550122'))).toMatchObject({ role: 'patient' });
  });

  it('never turns one clinic into another', async () => {
    const world = await createWorld();
    const outcome = await updateClinic(world.system, 'glow', second, by);
    expect(outcome).toMatchObject({ kind: 'invalid', errors: [{ path: 'clinicId' }] });
  });
});

const signature = {
  subject: 'protocol',
  id: 'microneedling',
  version: 1,
  language: 'en',
  name: 'Dr. Example',
  licence: 'FL-123',
  approvedOn: '2026-11-20',
};

describe('clinic approve', () => {
  it('shows what is still unsigned, and no longer what was signed', async () => {
    const world = await createWorld();
    const before = await showClinic(world.system, 'glow');
    expect(before?.missing.join('\n')).toContain('protocol microneedling v1 (en) is not signed');
    await approveContent(world.system, 'glow', signature, by);
    const after = await showClinic(world.system, 'glow');
    expect(after?.missing.join('\n')).not.toContain('protocol microneedling v1 (en)');
    expect(after?.missing.join('\n')).toContain('protocol microneedling v1 (es)');
  });

  it('signs nothing that does not exist, and says which field is wrong', async () => {
    const world = await createWorld();
    expect(await approveContent(world.system, 'glow', { ...signature, version: 99 }, by)).toMatchObject({
      errors: [{ path: 'version' }],
    });
    expect(await approveContent(world.system, 'glow', { ...signature, licence: '' }, by)).toMatchObject({
      errors: [{ path: 'licence' }],
    });
  });

  it('takes a signature back, once', async () => {
    const world = await createWorld();
    await approveContent(world.system, 'glow', signature, by);
    const which = { subject: 'protocol', id: 'microneedling', version: 1, language: 'en' } as const;
    expect(await withdrawApproval(world.system, 'glow', which, by)).toMatchObject({
      config: { approvals: [] },
    });
    expect(await withdrawApproval(world.system, 'glow', which, by)).toMatchObject({ kind: 'invalid' });
  });
});

describe('clinic rotate-secret', () => {
  it('keeps both secrets active until the rotation is finished, and starts no second one', async () => {
    const world = await createWorld();
    const [old] = world.clinic.webhookSecrets;
    world.clock.advanceSeconds(60);
    const started = await rotateSecret(world.system, 'glow', 'start', by);
    if (started.kind !== 'added') throw new Error(started.kind);
    expect((await readClinic(world.system, 'glow'))?.webhookSecrets).toEqual([started.webhookSecret, old]);
    expect(await rotateSecret(world.system, 'glow', 'start', by)).toMatchObject({ kind: 'rotation_open' });
    expect(await rotateSecret(world.system, 'glow', 'finish', by)).toEqual({ kind: 'finished', removed: 1 });
    expect((await readClinic(world.system, 'glow'))?.webhookSecrets).toEqual([started.webhookSecret]);
    expect(await rotateSecret(world.system, 'nobody', 'start', by)).toEqual({ kind: 'no_clinic' });
  });
});

describe('clinic pause and resume', () => {
  it('stops one clinic or all, and shows it', async () => {
    const world = await createWorld();
    await switchSending(world.system, { clinicId: 'glow' }, true, by);
    expect(await showClinic(world.system, 'glow')).toMatchObject({ paused: true, allPaused: false });
    await switchSending(world.system, { clinicId: 'glow' }, false, by);
    await switchSending(world.system, 'all', true, by);
    expect(await showClinic(world.system, 'glow')).toMatchObject({ paused: false, allPaused: true });
    expect(await switchSending(world.system, { clinicId: 'nobody' }, true, by)).toEqual({
      kind: 'no_clinic',
    });
  });
});

describe('clinic staff and calendar', () => {
  it('refuses to disable somebody while that leaves a ladder of one', async () => {
    const world = await createWorld();
    const outcome = await switchStaff(world.system, 'glow', 'nurse', true, by);
    expect(outcome).toMatchObject({ kind: 'invalid', errors: [{ code: 'coverage_gap' }] });
    const person = { staffId: 'night', name: 'Nia Night', role: 'clinical', phone: '+13055550119' };
    await putStaff(world.system, 'glow', person, by);
    await setCalendar(world.system, 'glow', { ladder: ['nurse', 'doctor', 'night'] }, by);
    expect(await switchStaff(world.system, 'glow', 'nurse', true, by)).toMatchObject({ kind: 'changed' });
    expect(await switchStaff(world.system, 'glow', 'nurse', false, by)).toMatchObject({ kind: 'changed' });
    expect(await removeStaff(world.system, 'glow', 'night', by)).toMatchObject({ kind: 'changed' });
    expect(await removeStaff(world.system, 'glow', 'doctor', by)).toMatchObject({ kind: 'invalid' });
    expect(await removeStaff(world.system, 'glow', 'night', by)).toMatchObject({
      errors: [{ code: 'unknown_staff' }],
    });
  });

  it('replaces a person under the same id, and refuses one with a colleague’s phone', async () => {
    const world = await createWorld();
    const desk = { staffId: 'desk', name: 'Dora Desk', role: 'manager', phone: '+13055550118' };
    const outcome = await putStaff(world.system, 'glow', desk, by);
    expect(outcome).toMatchObject({ kind: 'changed', config: { staff: [{}, {}, { name: 'Dora Desk' }] } });
    const same = await putStaff(world.system, 'glow', { ...desk, phone: '+13055550111' }, by);
    expect(same).toMatchObject({ kind: 'invalid', errors: [{ path: 'staff[2].phone' }] });
  });

  it('refuses a calendar with a hole and an unknown location', async () => {
    const world = await createWorld();
    const weekly = { days: ['mon'], from: '00:00', to: '00:00' };
    expect(
      await setCalendar(world.system, 'glow', { onCall: [{ weekly, staffIds: ['nurse'] }] }, by),
    ).toMatchObject({
      errors: [{ path: 'onCall', message: expect.stringContaining('Tuesday 00:00 to Monday 00:00') }],
    });
    expect(await setCalendar(world.system, 'glow', { locationId: 'doral', holidays: [] }, by)).toMatchObject({
      errors: [{ path: 'locationId' }],
    });
  });
});

describe('clinic export and remove', () => {
  it('exports every row of the clinic without a secret, and none of another clinic', async () => {
    const world = await createWorld();
    await admitClinic(world.system, second);
    await acceptSession(world.system, world.clinic, sampleSession());
    const exported = await exportClinic(adminOf(world), 'glow', by);
    if (exported.kind !== 'exported') throw new Error(exported.kind);
    const names = exported.files.map((file) => file.name);
    expect(names).toEqual(
      expect.arrayContaining(['clinic.json', 'session.csv', 'reminder.csv', 'SHA256SUMS']),
    );
    const json = exported.files.find((file) => file.name === 'clinic.json')?.content ?? '';
    const { rows } = JSON.parse(json) as { rows: Record<string, unknown[]> };
    expect(rows.reminder).toHaveLength(5);
    expect(rows.secrets?.[0]).not.toHaveProperty('webhookSecrets');
    expect(json).toContain('visit-2026-0042');
    expect(json).not.toContain('second');
    const sums = exported.files.at(-1)?.content ?? '';
    for (const { name, sha256 } of exported.files.slice(0, -1)) expect(sums).toContain(`${sha256}  ${name}`);
  });

  it('writes no cell that a spreadsheet would run', () => {
    expect(csvOf([{ body: '=HYPERLINK("x")', count: -3, list: ['a'], 'a,b': 'line\nbreak' }])).toBe(
      '"a,b",body,count,list\r\n"line\nbreak","\'=HYPERLINK(""x"")",-3,"[""a""]"\r\n',
    );
  });

  it('refuses without a fresh export and with an active session; then leaves only the numbers', async () => {
    const world = await createWorld();
    const admin = adminOf(world);
    await acceptSession(world.system, world.clinic, sampleSession());
    expect(await removeClinic(admin, 'glow', really)).toEqual({ kind: 'not_exported' });
    await exportClinic(admin, 'glow', by);
    expect(await removeClinic(admin, 'glow', really)).toEqual({
      kind: 'active_sessions',
      sessionIds: ['visit-2026-0042'],
    });
    await cancelSession(world.system, 'glow', 'visit-2026-0042');
    world.clock.advanceSeconds(25 * 3600);
    expect(await removeClinic(admin, 'glow', really)).toEqual({ kind: 'not_exported' });
    await exportClinic(admin, 'glow', by);
    const rows = world.table.everything().length - 2;
    expect(await removeClinic(admin, 'glow', { dryRun: true })).toEqual({ kind: 'would_remove', rows });
    expect(await removeClinic(admin, 'glow', really)).toEqual({ kind: 'removed', rows });
    expect(world.table.everything()).toEqual([
      expect.objectContaining({ row: 'number', role: 'retired', callPhone: '+13055550100' }),
      expect.objectContaining({ row: 'number', role: 'retired', callPhone: '+13055550100' }),
    ]);
  });

  it('gives a removed clinic’s number to another clinic only after 90 days', async () => {
    const world = await createWorld();
    const admin = adminOf(world);
    await exportClinic(admin, 'glow', by);
    await removeClinic(admin, 'glow', really);
    const heir = { ...second, patientNumber: '+13055550100' };
    expect(await admitClinic(world.system, heir)).toMatchObject({ errors: [{ path: 'patientNumber' }] });
    world.clock.advanceSeconds(90 * 86_400);
    expect(await admitClinic(world.system, heir)).toMatchObject({ kind: 'added' });
  });

  it('forgets an export as soon as the configuration changes', async () => {
    const world = await createWorld();
    await exportClinic(adminOf(world), 'glow', by);
    await setCalendar(world.system, 'glow', { holidays: ['2026-12-25'] }, by);
    expect(await removeClinic(adminOf(world), 'glow', really)).toEqual({ kind: 'not_exported' });
  });
});
