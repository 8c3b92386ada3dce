import { afterEach, describe, expect, it, vi } from 'vitest';
import { type LocalWorld, session, startLocalWorld } from './local-world.ts';

// Real processes and a real disk: slow when the machine is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: LocalWorld;
afterEach(() => world.end());

const reminders = async () => (await world.messages()).filter((message) => message.kind === 'reminder');

describe('the main job through the local runtime', () => {
  it('sends four reminders, one per day, with the facts of their cells and the dates of C4', async () => {
    world = await startLocalWorld('2026-11-21T17:30:00Z');
    const posted = await world.call('POST', '/sessions', session());
    expect(posted.status).toBe(201);
    expect(posted.body).toMatchObject({
      protocol: { class: 'N10' },
      reminders: [1, 3, 7, 14].map((day) => ({
        day,
        localTime: expect.stringMatching(/T10:00$/),
        status: 'scheduled',
      })),
    });
    expect((await world.advance({ advanceBy: 'P15D' })).status).toBe(200);
    const texts = await reminders();
    expect(texts.map((text) => [text.day, text.localTime, text.status])).toEqual([
      [1, '2026-11-22T10:00', 'delivered'],
      [3, '2026-11-24T10:00', 'delivered'],
      [7, '2026-11-28T10:00', 'delivered'],
      [14, '2026-12-05T10:00', 'delivered'],
    ]);
    // Matrix C3, column N10, without its external lines.
    const cells = [
      ['F-131', 'F-036', 'F-049', 'F-079', 'F-094'],
      ['F-133', 'F-132', 'F-108', 'F-045', 'F-104'],
      ['F-135', 'F-047', 'F-105', 'F-115', 'F-088'],
      // Without F-139: a reassurance, which has no room beside what is forbidden.
      ['F-135', 'F-112', 'F-116', 'F-088'],
    ];
    for (const [index, cell] of cells.entries())
      expect(texts[index]?.facts).toEqual(expect.arrayContaining(cell));
    // Timeline C4, column N10: direct sun, makeup, cleanser and pool 72 h, exercise 48 h, actives 14 d.
    expect(texts[0]?.body).toMatch(/sun, makeup, cleanser or swimming before 25 Nov.*gym before 24 Nov/);
    expect(texts[1]?.body).toMatch(/retinol, acids, vitamin C or scrubs before 6 Dec.*sun or makeup today/);
    expect(texts[2]?.body).toMatch(/before 6 Dec/);
  });

  it('answers the same request with the current state and sends no fifth text', async () => {
    world = await startLocalWorld('2026-11-21T17:30:00Z');
    await world.call('POST', '/sessions', session());
    const again = await world.call('POST', '/sessions', session());
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
    await world.advance({ advanceBy: 'P2D' });
    expect((await world.call('POST', '/sessions', session())).status).toBe(200);
    await world.advance({ advanceBy: 'P13D' });
    expect(await reminders()).toHaveLength(4);
  });

  it('sends only day 1 when the session is cancelled on day 2', async () => {
    world = await startLocalWorld('2026-11-21T17:30:00Z');
    await world.call('POST', '/sessions', session());
    await world.advance({ advanceTo: '2026-11-23T17:00:00Z' });
    const cancelled = await world.call('DELETE', '/sessions/visit-2026-0042');
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    await world.advance({ advanceBy: 'P15D' });
    expect((await reminders()).map((text) => text.day)).toEqual([1]);
  });

  it.each([
    ['2027-03-11T16:30:00Z', '2027-03-10T16:30:00Z'],
    ['2027-11-05T15:30:00Z', '2027-11-04T15:30:00Z'],
  ])('keeps 10:00 wall time over the clock change after %s', async (endedAt, givenAt) => {
    world = await startLocalWorld(endedAt);
    const posted = await world.call(
      'POST',
      '/sessions',
      session({ patient: { consent: { givenAt, method: 'written' } }, treatment: { endedAt } }),
    );
    expect(posted.status).toBe(201);
    await world.advance({ advanceBy: 'P15D' });
    expect((await reminders()).map((text) => text.localTime.slice(11))).toEqual([
      '10:00',
      '10:00',
      '10:00',
      '10:00',
    ]);
  });

  it('goes on after a restart where it stood', async () => {
    world = await startLocalWorld('2026-11-21T17:30:00Z');
    await world.call('POST', '/sessions', session());
    await world.advance({ advanceBy: 'P4D' });
    await world.restart();
    expect(await reminders()).toHaveLength(2);
    await world.advance({ advanceBy: 'P11D' });
    expect((await reminders()).map((text) => text.day)).toEqual([1, 3, 7, 14]);
  });

  it('puts one text on the phone although Twilio accepted it and answered 500', async () => {
    world = await startLocalWorld('2026-11-21T17:30:00Z');
    const posted = await world.call('POST', '/sessions', session({ patient: { phone: '+19865550133' } }));
    expect(posted.status).toBe(201);
    await world.advance({ advanceBy: 'P15D' });
    expect((await reminders()).map((text) => text.day)).toEqual([1, 3, 7, 14]);
  });
});

describe('a text from a phone', () => {
  it('is answered with the replies it caused', async () => {
    world = await startLocalWorld('2026-11-21T17:30:00Z');
    await world.call('POST', '/sessions', session());
    await world.advance({ advanceBy: 'P2DT12H' });
    const { body } = await phone({ from: '+13055550123', body: 'yellow pus and fever, 102' });
    expect(body.replies).toHaveLength(1);
    expect(body.replies[0]?.body).toMatch(/911/);
    const pages = (await world.messages()).filter((message) => message.kind === 'alert');
    expect(pages.map((page) => page.to)).toContain(world.runtime().info.onCallPhone);
  });

  it('saying STOP is confirmed once, and no reminder follows', async () => {
    world = await startLocalWorld('2026-11-21T17:30:00Z');
    await world.call('POST', '/sessions', session());
    await world.advance({ advanceBy: 'P1D' });
    const { body } = await phone({ from: '+13055550123', body: 'stop' });
    expect(body.replies.map((reply) => reply.kind)).toEqual(['opt_out']);
    await world.advance({ advanceBy: 'P15D' });
    expect((await world.messages()).filter((message) => message.kind === 'opt_out')).toHaveLength(1);
    expect((await reminders()).map((text) => text.day)).toEqual([1]);
  });

  async function phone(text: object) {
    const response = await fetch(`${world.runtime().info.endpoints.api}/local/phone`, {
      method: 'POST',
      body: JSON.stringify(text),
    });
    return { body: (await response.json()) as { replies: { kind: string; body: string }[] } };
  }
});
