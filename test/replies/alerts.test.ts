import { listAlerts } from '@aftercare/usecases/alerts/list-alerts';
import { readSession } from '@aftercare/usecases/read-session';
import { describe, expect, it } from 'vitest';
import { alertLine, ana, doctor, nurse, replyWorld } from './reply-world.ts';

const emergency = 'I cant breathe';
const urgent = 'yellow pus on my cheek';
const openAlerts = async (world: Awaited<ReturnType<typeof replyWorld>>) =>
  listAlerts(world.system, { clinicId: 'glow' });

describe('an urgent text that nobody answers', () => {
  it('is replied to and pages the first person in the same second', async () => {
    const world = await replyWorld();
    const caused = await world.text(ana, emergency);
    expect(caused.map((text) => [text.to, text.from])).toEqual(
      expect.arrayContaining([
        [ana, '+13055550100'],
        [nurse, alertLine],
      ]),
    );
    expect(world.to(ana).at(-1)).toBe(
      'Call 911 now or go to the nearest ER. Do not wait for us. Then call GlowClinic 305-555-0100.',
    );
    expect(world.to(nurse)).toEqual([
      'AFTERCARE EMERGENCY 1000 Brickell p-881 12:30. Reply INFO 1000 for contact, ' +
        'ACK 1000 to take it. Next person paged 12:35.',
    ]);
  });

  it('climbs every 5 minutes, tells the patient once, then pages everybody every 30 minutes', async () => {
    const world = await replyWorld();
    await world.text(ana, emergency);
    await world.advanceTo('2026-11-21T17:34:00.000Z');
    expect(world.to(doctor)).toEqual([]);
    await world.advanceTo('2026-11-21T17:35:00.000Z');
    expect(world.to(doctor)).toHaveLength(1);
    expect(world.to(ana).at(-1)).toBe(
      'Nobody from GlowClinic has confirmed your text yet. Please do not wait: call 305-555-0100. ' +
        'Closed or no answer: urgent care or ER now. Emergency: 911',
    );
    await world.advanceTo('2026-11-21T17:40:00.000Z');
    expect([world.to(nurse).length, world.to(doctor).length]).toEqual([2, 2]);
    await world.advanceTo('2026-11-21T18:45:00.000Z');
    expect([world.to(nurse).length, world.to(doctor).length]).toEqual([4, 4]);
    expect(world.to(ana).filter((body) => body.startsWith('Nobody'))).toHaveLength(1);
  });

  it('waits 15 minutes between rungs when it is urgent', async () => {
    const world = await replyWorld();
    await world.text(ana, urgent);
    await world.advanceTo('2026-11-21T17:44:00.000Z');
    expect(world.to(doctor)).toEqual([]);
    await world.advanceTo('2026-11-21T17:46:00.000Z');
    expect(world.to(doctor)).toHaveLength(1);
  });

  it('moves on at once when the page fails, and after 2 minutes when no receipt comes', async () => {
    const failing = await replyWorld();
    failing.setReceipts((text) =>
      text.to === nurse ? { status: 'undelivered', errorCode: 30_003 } : { status: 'delivered' },
    );
    await failing.text(ana, urgent);
    expect(failing.to(doctor)).toHaveLength(1);
    const silent = await replyWorld();
    silent.setReceipts((text) => (text.to === nurse ? undefined : { status: 'delivered' }));
    await silent.text(ana, urgent);
    expect(silent.to(doctor)).toEqual([]);
    await silent.advanceTo('2026-11-21T17:32:06.000Z');
    expect(silent.to(doctor)).toHaveLength(1);
  });

  it('pages everybody again once a carrier is back that took nothing, not in the morning', async () => {
    let isDown = true;
    const world = await replyWorld({
      now: '2026-11-22T17:30:00.000Z',
      refuse: (text) =>
        isDown && text.from === alertLine ? { kind: 'unknown', cause: 'the carrier is down' } : undefined,
    });
    await world.text(ana, urgent);
    await world.advanceTo('2026-11-22T19:00:00.000Z');
    isDown = false;
    await world.advanceTo('2026-11-22T19:05:30.000Z');
    expect([world.to(nurse).length, world.to(doctor).length]).toEqual([1, 1]);
    // It is Sunday: what the carrier took is repeated in opening hours only.
    await world.advanceTo('2026-11-23T13:59:00.000Z');
    expect([world.to(nurse).length, world.to(doctor).length]).toEqual([1, 1]);
  });

  it('does not hammer a carrier that refuses every page', async () => {
    let refused = 0;
    const world = await replyWorld({
      refuse(text) {
        if (text.from !== alertLine) return undefined;
        refused += 1;
        return { kind: 'rejected', code: 21_211, httpStatus: 400 };
      },
    });
    await world.text(ana, emergency);
    await world.advanceTo('2026-11-21T18:29:00.000Z');
    // Nurse, doctor, both together at once, and both again after half an hour.
    expect(refused).toBe(6);
  });

  it('stops climbing at ACK, tells the patient, and pages again when no DONE comes', async () => {
    const world = await replyWorld();
    await world.text(ana, emergency);
    await world.text(nurse, 'ack1000', { to: alertLine });
    expect(world.to(ana).at(-1)).toBe(
      'GlowClinic saw your text at 12:30 PM. If you have not called 911 yet, call now. ' +
        'Do not wait for our call.',
    );
    await world.advanceTo('2026-11-21T17:44:00.000Z');
    expect(world.to(doctor)).toEqual([]);
    await world.advanceTo('2026-11-21T17:46:00.000Z');
    expect(world.to(nurse).at(-1)).toContain('No DONE yet.');
    await world.text(nurse, 'DONE 1000 false', { to: alertLine });
    expect(await openAlerts(world)).toMatchObject([{ status: 'done', outcome: 'false', closedBy: 'nurse' }]);
    const before = world.sms.accepted().length;
    await world.advanceTo('2026-11-21T20:00:00.000Z');
    expect(world.sms.accepted()).toHaveLength(before);
  });
});

describe('an alert that was taken and never closed', () => {
  it('does not tell the patient that nobody has confirmed the text, and says so to the clinic', async () => {
    const world = await replyWorld();
    await world.text(ana, emergency);
    await world.text(nurse, 'ACK 1000', { to: alertLine });
    const told = world.to(ana).length;
    await world.advanceTo('2026-11-21T19:30:00.000Z');
    expect(world.to(doctor).length).toBeGreaterThan(1);
    expect(world.to(ana)).toHaveLength(told);
    const events = (await readSession(world.system, 'glow', 'visit-2026-0042'))?.events ?? [];
    expect(events.map(({ text }) => text)).toContain(
      'Alert 1000 was taken but not closed in time; it is paged again. The patient gets no text about that.',
    );
  });
});

describe('a second text of the same patient', () => {
  it('joins an open alert of the same level without another page or the same reply again', async () => {
    const world = await replyWorld();
    await world.text(ana, emergency);
    const caused = await world.text(ana, 'cant breathe!!');
    expect(caused).toEqual([]);
    expect(await openAlerts(world)).toHaveLength(1);
  });

  it('pages from rung 0 again after ACK, linked to the earlier alert', async () => {
    const world = await replyWorld({ now: '2026-11-22T01:00:00.000Z' });
    await world.text(ana, urgent);
    await world.text(nurse, 'ACK', { to: alertLine });
    await world.advanceTo('2026-11-22T01:30:00.000Z');
    await world.text(ana, emergency);
    const [second, first] = await openAlerts(world);
    expect(second).toMatchObject({
      level: 'emergency',
      status: 'open',
      rung: 0,
      linkedAlertId: first?.alertId,
    });
    expect(world.to(nurse).at(-1)).toContain('AFTERCARE EMERGENCY 1001');
  });

  it('replaces a lower open alert by a higher one; an ACK of the old code takes the new one', async () => {
    const world = await replyWorld();
    await world.text(ana, urgent);
    await world.text(ana, emergency);
    const [second, first] = await openAlerts(world);
    expect([first?.status, second?.status, second?.linkedAlertId]).toEqual(['done', 'open', first?.alertId]);
    await world.text(nurse, 'ACK 1000', { to: alertLine });
    expect((await openAlerts(world))[0]).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'nurse' });
  });
});

describe('the alert line', () => {
  it('answers INFO with the contact, and to nobody outside the ladder', async () => {
    const world = await replyWorld();
    await world.text(ana, emergency);
    await world.text(nurse, 'info 1000', { to: alertLine });
    expect(world.to(nurse).at(-1)).toBe('Alert 1000: Ana 305-555-0123.');
    await world.text('+13055550113', 'INFO 1000', { to: alertLine });
    expect(world.to('+13055550113').at(-1)).not.toContain('Ana');
  });

  it('takes STOP as an alarm: the phone leaves the ladder, the next person is paged at once', async () => {
    const world = await replyWorld();
    await world.text(ana, emergency);
    await world.text(nurse, 'STOP', { to: alertLine, optOutType: 'STOP' });
    expect(world.to(doctor)).toHaveLength(1);
    await world.text(doctor, 'DONE 1000', { to: alertLine });
    await world.text(ana, 'I fainted and cant breathe');
    expect(world.to(nurse).filter((body) => body.includes('1001'))).toEqual([]);
    expect(world.to(doctor).at(-1)).toContain('AFTERCARE EMERGENCY 1001');
  });

  it('asks which alert is meant when several are open', async () => {
    const world = await replyWorld();
    await world.text(ana, emergency);
    await world.text('+13055550199', emergency);
    await world.text(nurse, 'ACK', { to: alertLine });
    expect(world.to(nurse).at(-1)).toBe('Which one? Open: 1000, 1001. Text ACK and the code.');
    await world.text(nurse, '1001', { to: alertLine });
    expect((await openAlerts(world)).map((one) => one.status)).toEqual(['acknowledged', 'open']);
  });

  it('tells nobody about a patient when a stranger texts it', async () => {
    const world = await replyWorld();
    await world.text(ana, emergency);
    const caused = await world.text('+13055550199', 'INFO 1000', { to: alertLine });
    expect(caused.map((text) => [text.from, text.body.includes('Ana')])).toEqual([['+13055550100', false]]);
  });
});
