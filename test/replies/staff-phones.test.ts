import { requestConfirmation } from '@aftercare/usecases/staff-sms/staff-phone';
import { sendTestPages } from '@aftercare/usecases/staff-sms/test-pages';
import { listTasks } from '@aftercare/usecases/tasks/work-list';
import { describe, expect, it } from 'vitest';
import { sampleClinic } from '../world/memory-world.ts';
import { alertLine, ana, doctor, nurse, replyWorld } from './reply-world.ts';

const staff = sampleClinic().staff;
const unconfirmed = staff.map(({ confirmedAt, ...person }) =>
  person.staffId === 'nurse' ? person : { ...person, confirmedAt },
);

describe('a ladder number that nobody has confirmed', () => {
  it('is not paged until its owner sends back the code', async () => {
    const world = await replyWorld({ clinic: { staff: unconfirmed } });
    await world.text(ana, 'I cant breathe');
    expect([world.to(nurse).length, world.to(doctor).length]).toEqual([0, 1]);
    await world.text(doctor, 'done 1000', { to: alertLine });
    expect(await requestConfirmation(world.system, 'glow', 'nurse')).toBe('sent');
    const code = /reply (\d{6})/.exec(world.to(nurse)[0] ?? '')?.[1] ?? '';
    await world.text(nurse, '111111', { to: alertLine });
    expect(world.to(nurse).at(-1)).toContain('not the code');
    await world.text(nurse, code, { to: alertLine });
    expect(world.to(nurse).at(-1)).toBe('GlowClinic: this phone now gets alert pages.');
    await world.text(ana, 'I cant breathe and fainted');
    expect(world.to(nurse).at(-1)).toContain('AFTERCARE EMERGENCY 1001');
  });

  it('cannot be guessed: the fifth wrong code ends the code', async () => {
    const world = await replyWorld({ clinic: { staff: unconfirmed } });
    await requestConfirmation(world.system, 'glow', 'nurse');
    const code = /reply (\d{6})/.exec(world.to(nurse)[0] ?? '')?.[1] ?? '';
    for (const guess of ['111111', '111112', '111113', '111114', '111115'])
      await world.text(nurse, guess, { to: alertLine });
    await world.text(nurse, code, { to: alertLine });
    expect(world.to(nurse).at(-1)).not.toContain('now gets');
  });
});

describe('a ladder phone that went dead unnoticed', () => {
  it('gets a test page a month, while the clinic is open', async () => {
    const world = await replyWorld({ now: '2026-11-21T17:30:00.000Z' });
    expect((await sendTestPages(world.system, 'glow')).sent).toBe(2);
    expect(world.to(nurse).at(-1)).toMatch(/^AFTERCARE TEST page for GlowClinic/);
    expect((await sendTestPages(world.system, 'glow')).sent).toBe(0);
    await world.advanceTo('2026-12-21T18:00:00.000Z');
    expect((await sendTestPages(world.system, 'glow')).sent).toBe(2);
  });

  it('is reported at once when the carrier says that it opted out, and leaves the ladder', async () => {
    const world = await replyWorld();
    world.sms.optOut(nurse, alertLine);
    await world.text(ana, 'I cant breathe');
    expect(world.to(doctor)).toHaveLength(1);
    const tasks = await listTasks(world.system, { clinicId: 'glow', state: 'open' });
    expect(tasks).toMatchObject([{ kind: 'notice', role: 'manager', priority: 1 }]);
  });
});
