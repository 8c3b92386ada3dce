import { createMemoryTableScan } from '@aftercare/adapters/memory/table-scan';
import { acceptSession } from '@aftercare/usecases/accept-session';
import { alertRow } from '@aftercare/usecases/desk-rows';
import { alertRowKey } from '@aftercare/usecases/keys';
import { erasePatient } from '@aftercare/usecases/patient-rights/erase-patient';
import { exportPatient } from '@aftercare/usecases/patient-rights/export-patient';
import { holdPatient, releasePatient } from '@aftercare/usecases/patient-rights/legal-hold';
import { putRow } from '@aftercare/usecases/row-item';
import { sendReminder } from '@aftercare/usecases/send-reminder';
import { describe, expect, it } from 'vitest';
import { createWorld, sampleSession, type World } from '../world/memory-world.ts';

const base = sampleSession();
const marked = {
  ...base,
  patient: { ...base.patient, patientId: 'p-zq7', firstName: 'Zyxwana', phone: '+13055550177' },
};
const neighbour = {
  ...base,
  sessionId: 'visit-of-neighbour',
  patient: { ...base.patient, patientId: 'p-neighbour', firstName: 'Nell', phone: '+13055550177' },
};
const mine = { clinicId: 'glow', patientId: 'p-zq7' };
const erase = { ...mine, by: 'olga', reason: 'asked by letter' };

const adminOf = (world: World) => ({ ...world.system, scan: createMemoryTableScan(world.table) });
const stored = (world: World) => JSON.stringify(world.table.everything());

/** The session, with day 1 sent. */
async function treated(session: object = marked): Promise<World> {
  const world = await createWorld();
  await acceptSession(world.system, world.clinic, session);
  for (;;) {
    const [next] = world.schedules.pending();
    if (next === undefined) throw new Error('no reminder was scheduled');
    if (next.at > world.clock.now()) world.clock.moveTo(next.at);
    for (const due of world.schedules.takeDue(world.clock.now())) {
      const { sessionKey, revision, day, attempt } = due.body;
      const command = { sessionKey: String(sessionKey), revision: Number(revision), day: Number(day) };
      await sendReminder(world.system, { ...command, attempt: Number(attempt) });
      if (day === 1) return world;
    }
  }
}

async function putAlert(world: World, status: 'open' | 'done'): Promise<void> {
  const phoneKey = world.table.everything().find((row) => row.row === 'patient')?.phoneKey;
  const at = world.clock.now();
  await world.table.write(
    putRow(alertRow, {
      ...alertRowKey('glow', 'A1'),
      row: 'alert',
      clinicId: 'glow',
      alertId: 'A1',
      code: '1001',
      level: 'urgent',
      pace: 'urgent',
      status,
      patientId: 'p-zq7',
      sessionId: 'visit-2026-0042',
      phoneKey: String(phoneKey),
      locationId: 'brickell',
      openedAt: at,
      inboundSids: [],
      rung: 0,
      pages: [],
      version: 1,
    }),
  );
}

describe('patient export', () => {
  it('holds consent, every text with its reason and facts, and what the session was pinned to', async () => {
    const world = await treated();
    const exported = await exportPatient(adminOf(world), 'glow', 'p-zq7');
    const [pack] = exported?.sessions ?? [];
    expect(exported?.numbers).toEqual([{ phone: '+13055550177' }]);
    expect(pack).toMatchObject({
      sessionId: 'visit-2026-0042',
      consent: { givenAt: '2026-11-21T15:00:00.000Z', method: 'written' },
      protocol: { id: 'microneedling', version: 1, signed: false },
    });
    const reminder = pack?.texts.find((text) => text.day === 1);
    expect(reminder).toMatchObject({ direction: 'outbound', kind: 'reminder', segments: expect.any(Number) });
    expect(reminder?.facts?.length).toBeGreaterThan(0);
    expect(pack?.events.map((event) => event.type)).toContain('session.accepted');
  });

  it('knows nobody of another clinic', async () => {
    const world = await treated();
    expect(await exportPatient(adminOf(world), 'glow', 'p-unknown')).toBeUndefined();
    expect(await exportPatient(adminOf(world), 'other', 'p-zq7')).toBeUndefined();
  });

  it('leaves out the other patient of a shared number', async () => {
    const world = await treated();
    await acceptSession(world.system, world.clinic, neighbour);
    expect(JSON.stringify(await exportPatient(adminOf(world), 'glow', 'p-zq7'))).not.toMatch(
      /Nell|neighbour/,
    );
  });
});

describe('patient erase', () => {
  it('keeps an opt-out that is stored while the erasure runs', async () => {
    const world = await treated();
    const admin = adminOf(world);
    let stopped = false;
    const table: typeof admin.table = {
      ...admin.table,
      async write(write) {
        if (write.write === 'delete' && write.key.sk === 'PHONE' && !stopped) {
          stopped = true;
          const set = { optedOutAt: world.clock.now(), optedOutBy: 'carrier' };
          await admin.table.write({ write: 'update', key: write.key, set, add: { version: 1 } });
        }
        return admin.table.write(write);
      },
    };
    expect(await erasePatient({ ...admin, table }, erase)).toMatchObject({ optOutKept: true });
    expect(stopped).toBe(true);
    const phones = world.table.everything().filter((item) => item.row === 'phone');
    expect(phones).toMatchObject([{ optedOutBy: 'carrier', phone: '' }]);
    expect(stored(world)).not.toContain('5550177');
  });

  it('leaves no name, number, text or id, and no schedule; only a record that names nobody', async () => {
    const world = await treated();
    await putAlert(world, 'done');
    const outcome = await erasePatient(adminOf(world), erase);
    expect(outcome).toMatchObject({ kind: 'erased', optOutKept: false });
    expect(stored(world)).not.toMatch(/Zyxwana|5550177|p-zq7|visit-2026-0042/);
    expect(world.schedules.pending()).toEqual([]);
    const record = world.table.everything().find((row) => row.row === 'erasure');
    expect(record).toMatchObject({
      by: 'olga',
      sessions: [{ textsSent: expect.any(Number), consentMethod: 'written' }],
    });
    const alert = world.table.everything().find((row) => row.row === 'alert');
    expect(alert).toMatchObject({ level: 'urgent', code: '1001' });
  });

  it('keeps an opt-out binding without keeping the number', async () => {
    const world = await treated();
    const phone = world.table.everything().find((row) => row.row === 'phone');
    const key = { pk: String(phone?.pk), sk: String(phone?.sk) };
    await world.table.write({
      write: 'update',
      key,
      set: { optedOutAt: world.clock.now(), optedOutBy: 'words' },
    });
    expect(await erasePatient(adminOf(world), erase)).toMatchObject({ optOutKept: true });
    expect(stored(world)).not.toContain('5550177');
    const again = await acceptSession(world.system, world.clinic, marked);
    expect(again).toMatchObject({
      kind: 'created',
      answer: { reminders: [{ reason: 'opted_out' }, {}, {}, {}] },
    });
  });

  it('is refused while an alert is open, or a hold stands, or a text is on its way', async () => {
    const world = await treated();
    await putAlert(world, 'open');
    expect(await erasePatient(adminOf(world), erase)).toEqual({ kind: 'open_alert', codes: ['1001'] });
    await putAlert(world, 'done');
    expect(await holdPatient(world.system, { ...erase })).toBe('held');
    expect(await erasePatient(adminOf(world), erase)).toEqual({ kind: 'held' });
    await releasePatient(world.system, erase);
    const message = world.table.everything().find((row) => row.row === 'message');
    const key = { pk: String(message?.pk), sk: String(message?.sk) };
    await world.table.write({ write: 'update', key, set: { status: 'sending' } });
    expect(await erasePatient(adminOf(world), erase)).toEqual({ kind: 'text_on_its_way' });
    await world.table.write({ write: 'update', key, set: { status: 'sent' } });
    expect(await erasePatient(adminOf(world), erase)).toMatchObject({ kind: 'erased' });
    expect(await erasePatient(adminOf(world), erase)).toEqual({ kind: 'no_patient' });
    expect(await holdPatient(world.system, erase)).toBe('no_patient');
  });

  it('spares the other patient of the number, and their texts', async () => {
    const world = await treated();
    await acceptSession(world.system, world.clinic, neighbour);
    const before = await exportPatient(adminOf(world), 'glow', 'p-neighbour');
    expect(await erasePatient(adminOf(world), erase)).toMatchObject({ kind: 'erased' });
    const after = await exportPatient(adminOf(world), 'glow', 'p-neighbour');
    expect(after?.sessions).toEqual(before?.sessions);
    expect(after?.numbers).toEqual([{ phone: '+13055550177' }]);
    expect(stored(world)).not.toMatch(/Zyxwana|p-zq7/);
  });

  it('can be started again after an interruption', async () => {
    const world = await treated();
    let writes = 0;
    const failing = {
      ...adminOf(world),
      table: {
        ...world.table,
        write: async (...args: Parameters<typeof world.table.write>) => {
          writes += 1;
          if (writes === 4) throw new Error('the network went away');
          return world.table.write(...args);
        },
      },
    };
    await expect(erasePatient(failing, erase)).rejects.toThrow('went away');
    expect(await erasePatient(adminOf(world), erase)).toMatchObject({ kind: 'erased' });
    expect(stored(world)).not.toMatch(/Zyxwana|5550177|p-zq7/);
  });
});
