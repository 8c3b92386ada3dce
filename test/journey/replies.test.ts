import { addHours, type Instant } from '@aftercare/time/instant';
import { listAlerts } from '@aftercare/usecases/alerts/list-alerts';
import { readSession } from '@aftercare/usecases/read-session';
import { listTasks } from '@aftercare/usecases/tasks/work-list';
import { describe, expect, it } from 'vitest';
import { alertLine, ana, doctor, nurse, type ReplyWorld, replyWorld } from '../replies/reply-world.ts';
import { sampleSession } from '../world/memory-world.ts';

const endedAt: Instant = '2026-11-21T16:30:00.000Z';
const after = (hours: number): Instant => addHours(endedAt, hours);
const openTasks = (world: ReplyWorld) => listTasks(world.system, { clinicId: 'glow', state: 'open' });
const alerts = (world: ReplyWorld) => listAlerts(world.system, { clinicId: 'glow' });
const eventTypes = async (world: ReplyWorld): Promise<string[]> =>
  ((await readSession(world.system, 'glow', 'visit-2026-0042'))?.events ?? []).map((event) => event.type);

describe('what a clinic sees in two weeks of replies', () => {
  it('normal redness on day 1 bothers nobody', async () => {
    const world = await replyWorld();
    await world.advanceTo(after(20));
    const [reply, ...others] = await world.text(ana, 'my face is red and feels tight');
    expect(reply?.body).toContain('That is usual at this point.');
    expect([others, await openTasks(world), await alerts(world)]).toEqual([[], [], []]);
  });

  it('"worse" at 60 hours climbs to the second person, is taken, told and closed', async () => {
    const world = await replyWorld();
    await world.advanceTo(after(60));
    const caused = await world.text(ana, 'worse');
    expect(caused.find((text) => text.to === ana)?.body).toBe(
      'Please call GlowClinic now: 305-555-0100. No answer in 30 minutes, or closed? ' +
        'Go to urgent care or the ER. Emergency: 911.',
    );
    expect(world.to(nurse).at(-1)).toContain('AFTERCARE URGENT 1000 Brickell p-881');
    await world.advanceTo(after(60.3));
    expect(world.to(doctor).at(-1)).toContain('AFTERCARE URGENT 1000');
    await world.text(doctor, 'Ack 1000', { to: alertLine });
    expect(world.to(ana).at(-1)).toMatch(
      /^GlowClinic saw your text at .* and will contact you\. No call by /,
    );
    await world.text(doctor, 'DONE 1000 REAL', { to: alertLine });
    expect(await alerts(world)).toMatchObject([
      { status: 'done', acknowledgedBy: 'doctor', outcome: 'real', rung: 1 },
    ]);
    expect(await eventTypes(world)).toEqual(
      expect.arrayContaining(['patient.replied', 'alert.opened', 'alert.escalated', 'alert.acknowledged']),
    );
  });

  it('an urgent text at 20:00 that was taken does not hide "can’t breathe" at 23:00', async () => {
    const world = await replyWorld();
    await world.advanceTo('2026-11-23T01:00:00.000Z');
    await world.text(ana, 'there is yellow pus on my cheek');
    await world.text(nurse, 'ACK', { to: alertLine });
    await world.text(nurse, 'DONE real', { to: alertLine });
    await world.advanceTo('2026-11-23T04:00:00.000Z');
    const caused = await world.text(ana, "I can't breathe");
    expect(caused.map((text) => text.to)).toEqual(expect.arrayContaining([ana, nurse]));
    const [second, first] = await alerts(world);
    expect(second).toMatchObject({ level: 'emergency', status: 'open', linkedAlertId: first?.alertId });
  });

  it('STOP with a symptom keeps both: one text, an alert, no reminder after it', async () => {
    const world = await replyWorld();
    await world.advanceTo(after(30));
    const caused = await world.text(ana, 'please stop texting me, I have a fever of 102 and pus');
    const toAna = caused.filter((text) => text.to === ana);
    expect(toAna).toHaveLength(1);
    expect(toAna[0]?.body).toMatch(/911.*You get no more texts\. START to resume\.$/s);
    expect(world.to(nurse)).toHaveLength(1);
    await world.text(nurse, 'done', { to: alertLine });
    const before = world.to(ana).length;
    await world.advanceTo(after(24 * 15));
    expect(world.to(ana)).toHaveLength(before);
  });

  it('a question is answered with the date that holds for this patient', async () => {
    const world = await replyWorld();
    await world.advanceTo(after(26));
    const [reply] = await world.text(ana, 'when can I wear makeup again?');
    expect(reply?.body).toMatch(/^GlowClinic: .*2\d Nov/s);
    expect(await openTasks(world)).toEqual([]);
  });

  it('an unclear text is asked about once; the answer decides', async () => {
    const world = await replyWorld();
    await world.advanceTo(after(52));
    const [question] = await world.text(ana, 'hmm idk');
    expect(question?.body).toContain('1 fine 2 unsure 3 bad');
    expect(await openTasks(world)).toMatchObject([{ kind: 'unclear' }]);
    await world.text(ana, '3');
    expect(await alerts(world)).toMatchObject([{ level: 'urgent', status: 'open' }]);
    expect(await openTasks(world)).toEqual([]);
  });

  it('is Spanish throughout for a patient who is treated in Spanish', async () => {
    const world = await replyWorld({
      session: sampleSession({ patient: { ...sampleSession().patient, language: 'es' } }),
    });
    await world.advanceTo(after(23));
    await world.text(ana, '1');
    await world.text(ana, 'cuando me puedo maquillar?');
    await world.text(ana, 'no puedo respirar');
    await world.text(nurse, 'ack', { to: alertLine });
    await world.text(ana, 'ya no quiero recibir mensajes');
    const english = /\b(?:call|your|thank|fever|texts|reply)\b/i;
    expect(world.to(ana).length).toBeGreaterThan(5);
    expect(world.to(ana).filter((body) => english.test(body))).toEqual([]);
  });
});
