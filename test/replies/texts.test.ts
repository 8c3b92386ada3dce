import { readSession } from '@aftercare/usecases/read-session';
import { receiveInbound } from '@aftercare/usecases/receive-inbound';
import { closeTask, listTasks } from '@aftercare/usecases/tasks/work-list';
import { describe, expect, it } from 'vitest';
import { ana, doctor, replyWorld } from './reply-world.ts';

const stranger = '+13055550199';

describe('a text after STOP', () => {
  it('never leaves: not the next reminder, not a second confirmation, not a reply', async () => {
    const world = await replyWorld();
    const caused = await world.text(ana, 'opt me out');
    expect(caused.map((text) => text.body)).toEqual([
      'GlowClinic: you get no more texts. Unwell? Call 305-555-0100. Emergency: 911. START to resume.',
    ]);
    expect(await world.text(ana, 'BAJA')).toEqual([]);
    expect(await world.text(ana, 'can I wear makeup?')).toEqual([]);
    const before = world.sms.accepted().length;
    await world.advanceTo('2026-11-26T17:00:00.000Z');
    expect(world.sms.accepted()).toHaveLength(before);
    const session = await readSession(world.system, 'glow', 'visit-2026-0042');
    expect(session?.reminders.slice(0, 2).map((one) => [one.status, one.reason])).toEqual([
      ['skipped', 'opted_out'],
      ['skipped', 'opted_out'],
    ]);
    expect(session?.events.map((event) => event.type)).toContain('patient.opted_out');
  });

  it('by the carrier is not confirmed by us as well', async () => {
    const world = await replyWorld();
    expect(await world.text(ana, 'Stop', { optOutType: 'STOP' })).toEqual([]);
    expect(await world.text(ana, 'baja')).toEqual([]);
    expect(await world.text(ana, 'START', { optOutType: 'START' })).toEqual([]);
    await world.advanceTo('2026-11-22T15:10:00.000Z');
    expect(world.to(ana).at(-1)).toMatch(/fine.*unsure.*bad/i);
  });

  it('with an emergency reaches staff with the reason why the patient got no answer', async () => {
    const world = await replyWorld();
    await world.text(ana, 'STOP', { optOutType: 'STOP' });
    const caused = await world.text(ana, 'I cant breathe');
    expect(caused.map((text) => text.body)).toEqual([
      'AFTERCARE EMERGENCY 1000 Brickell p-881 12:30. Opted out: got no reply, please call. ' +
        'Reply INFO 1000 for contact, ACK 1000 to take it. Next person paged 12:35.',
    ]);
  });
});

describe('a reply that does not arrive', () => {
  it('becomes a call for staff, and the page of the next person says so', async () => {
    const world = await replyWorld();
    world.setReceipts((text) =>
      text.to === ana ? { status: 'undelivered', errorCode: 30_003 } : { status: 'delivered' },
    );
    await world.text(ana, 'I cant breathe');
    const open = await listTasks(world.system, { clinicId: 'glow', state: 'open' });
    expect(open).toMatchObject([{ kind: 'notice', role: 'clinical', patientId: 'p-881' }]);
    await world.advanceTo('2026-11-21T17:36:00.000Z');
    expect(world.to(doctor)[0]).toContain('Got no automatic reply.');
  });
});

describe('a text from a number we do not know', () => {
  it('gets 911 and the phone, and opens work for a human', async () => {
    const world = await replyWorld({ session: null });
    const caused = await world.text(stranger, 'asdf qwer');
    expect(caused.map((text) => text.body)).toEqual([
      'GlowClinic: We do not know this phone. Unwell? Call 305-555-0100. Emergency: 911.',
    ]);
    expect(await listTasks(world.system, { clinicId: 'glow', state: 'open' })).toMatchObject([
      { kind: 'admin', role: 'front_desk' },
    ]);
  });
});

describe('a text nobody can read', () => {
  it('leaves a line on the work list that a readable answer closes', async () => {
    const world = await replyWorld();
    const caused = await world.text(ana, 'asdf qwer');
    expect(caused[0]?.body).toContain('1 fine 2 unsure 3 bad');
    expect(await listTasks(world.system, { clinicId: 'glow', state: 'open' })).toMatchObject([
      { kind: 'unclear', role: 'clinical', patientId: 'p-881', sessionId: 'visit-2026-0042' },
    ]);
    expect((await world.text(ana, '1'))[0]?.body).toContain('Thank you for telling us');
    expect(await listTasks(world.system, { clinicId: 'glow', state: 'open' })).toEqual([]);
  });

  it('stays on the list until somebody closes it, and the first to close it is remembered', async () => {
    const world = await replyWorld();
    await world.text(ana, 'asdf qwer');
    const [task] = await listTasks(world.system, { clinicId: 'glow' });
    const close = (by: string) =>
      closeTask(world.system, { clinicId: 'glow', taskId: task?.taskId ?? '', by });
    expect(await close('nurse')).toMatchObject({ state: 'done', closedBy: 'nurse' });
    expect(await close('doctor')).toMatchObject({ state: 'done', closedBy: 'nurse' });
    expect(await closeTask(world.system, { clinicId: 'glow', taskId: 'none', by: 'nurse' })).toBeUndefined();
  });
});

describe('an answer to a question of ours', () => {
  it('3 to the day-3 text is urgent, pages, and is on the session’s timeline without the words', async () => {
    const world = await replyWorld();
    await world.advanceTo('2026-11-24T15:30:00.000Z');
    const caused = await world.text(ana, '3');
    expect(caused.map((text) => text.to).sort()).toEqual(['+13055550111', ana].sort());
    expect(caused.find((text) => text.to === ana)?.body).toContain(
      'Please call GlowClinic now: 305-555-0100.',
    );
    const session = await readSession(world.system, 'glow', 'visit-2026-0042');
    expect(session?.events.map((event) => event.type)).toEqual(
      expect.arrayContaining(['patient.replied', 'alert.opened']),
    );
  });

  it('a question is answered with this patient’s own date', async () => {
    const world = await replyWorld();
    const [reply] = await world.text(ana, 'can I wear makeup?');
    expect(reply?.body).toMatch(/^GlowClinic: .*305-555-0100/s);
  });
});

describe('a reply that is late', () => {
  it('goes out when the window opens, once, and not when a later text came', async () => {
    const world = await replyWorld({ now: '2026-11-22T03:00:00.000Z' });
    const { system } = world;
    const text = {
      messageSid: 'SMlate',
      from: ana,
      to: '+13055550100',
      body: 'asdf qwer',
      mediaUrls: [],
      source: 'webhook',
    } as const;
    await receiveInbound(system, text);
    world.clock.moveTo('2026-11-22T03:45:00.000Z');
    const before = world.sms.accepted().length;
    await world.advanceTo('2026-11-22T13:50:00.000Z');
    expect(world.sms.accepted()).toHaveLength(before);
    await world.advanceTo('2026-11-22T14:10:00.000Z');
    expect(world.to(ana).filter((body) => body.includes('could not read'))).toHaveLength(1);
    await world.advanceTo('2026-11-22T14:40:00.000Z');
    expect(world.to(ana).filter((body) => body.includes('could not read'))).toHaveLength(1);
  });

  it('is the 911-and-phone line when nobody stands for its words any more in the morning', async () => {
    const world = await replyWorld({ now: '2026-11-22T03:00:00.000Z' });
    const text = { from: ana, to: '+13055550100', body: 'asdf qwer', mediaUrls: [] };
    await receiveInbound(world.system, { ...text, messageSid: 'SMlate', source: 'webhook' });
    world.clock.moveTo('2026-11-22T03:45:00.000Z');
    await world.advanceTo('2026-11-22T13:50:00.000Z');
    Object.assign(world.system.settings, { carrier: 'live' });
    await world.advanceTo('2026-11-22T14:10:00.000Z');
    expect(world.to(ana).at(-1)).toMatch(/Call 911\..*A person will read your text\./);
  });
});
