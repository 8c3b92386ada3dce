import type { ProtocolRelease } from '@aftercare/protocol/release';
import { FILE_SCHEMAS, readProtocol } from '@aftercare/protocol/schema';
import { acceptSession } from '@aftercare/usecases/accept-session';
import { updateClinic } from '@aftercare/usecases/clinic-admin/admit-clinic';
import { approveContent } from '@aftercare/usecases/clinic-admin/approve-content';
import { bringProtocol } from '@aftercare/usecases/clinic-admin/bring-protocol';
import { readClinic } from '@aftercare/usecases/clinics';
import { protocolRowKey } from '@aftercare/usecases/keys';
import { processInbound } from '@aftercare/usecases/process-inbound';
import { receiveInbound } from '@aftercare/usecases/receive-inbound';
import { sendReminder } from '@aftercare/usecases/send-reminder';
import { describe, expect, it } from 'vitest';
import { bundledFiles } from '../content/content-files.ts';
import { createWorld, sampleClinic, sampleSession, type World } from '../world/memory-world.ts';

const by = 'olga';

/** The bundled protocol with an id, a day and a sentence of the clinic's own. */
function own(version = 1, topics?: object): ProtocolRelease {
  const files = Object.fromEntries(
    Object.entries(bundledFiles()).filter(([name]) => Object.hasOwn(FILE_SCHEMAS, name)),
  );
  const words = files['texts.en.json'] as { phrases: object };
  const read = readProtocol({
    ...files,
    ...(topics === undefined ? {} : { 'topics.json': topics }),
    'release.json': { id: 'glow-own', version, title: 'GlowClinic', days: [1, 3], lastDay: 14 },
    'texts.en.json': { ...words, phrases: { ...words.phrases, 'F-055': 'Rinse with Glow Water.' } },
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.release;
}

async function fresh(world: World) {
  const clinic = await readClinic(world.system, 'glow');
  if (clinic === undefined) throw new Error('the sample clinic is gone');
  return { clinic, system: { ...world.system, clinics: { load: async () => clinic } } };
}

describe('a protocol of the clinic’s own', () => {
  it('plans its own days and sends its own words', async () => {
    const world = await createWorld();
    expect((await bringProtocol(world.system, 'glow', own(), by)).kind).toBe('changed');
    const { clinic, system } = await fresh(world);
    const outcome = await acceptSession(system, clinic, sampleSession());
    if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome));
    world.clock.advanceSeconds(86_400);
    for (const due of world.schedules.takeDue(world.clock.now()))
      await sendReminder(system, due.body as never);
    expect(world.schedules.pending()).toHaveLength(1);
    const [text] = world.sms.accepted().slice(-1);
    expect(text?.body).toContain('Rinse with Glow Water.');
  });

  it('answers a question with this patient’s date', async () => {
    const world = await createWorld();
    await bringProtocol(world.system, 'glow', own(), by);
    const { clinic, system } = await fresh(world);
    await acceptSession(system, clinic, sampleSession());
    await receiveInbound(system, {
      messageSid: `SM${'1'.repeat(32)}`,
      from: '+13055550123',
      to: '+13055550100',
      body: 'when can I wear makeup again?',
      mediaUrls: [],
      source: 'webhook',
    });
    for (const { body } of world.queues.receive('inbound-received', 10))
      await processInbound(system, body as never);
    expect(world.sms.accepted().at(-1)?.body).toMatch(/makeup before 25 Nov/);
  });

  it('is not sent to strangers before a clinician signed it for this clinic', async () => {
    const world = await createWorld();
    await bringProtocol(world.system, 'glow', own(), by);
    const { clinic } = await fresh(world);
    const live = { ...world.system, settings: { carrier: 'live' as const } };
    expect(await acceptSession(live, clinic, sampleSession())).toMatchObject({
      kind: 'invalid',
      errors: [{ code: 'protocol_not_approved' }],
    });
    const signature = {
      subject: 'protocol',
      id: 'glow-own',
      version: 1,
      language: 'en',
      name: 'A. Rivera',
      licence: 'RN 12345',
      approvedOn: '2026-11-21',
    };
    expect((await approveContent(world.system, 'glow', { ...signature, version: 2 }, by)).kind).toBe(
      'invalid',
    );
    expect((await approveContent(world.system, 'glow', signature, by)).kind).toBe('changed');
    const signed = await fresh(world);
    expect((await acceptSession(live, signed.clinic, sampleSession())).kind).toBe('created');
  });

  it('keeps a stored version as it is: other words need another version', async () => {
    const world = await createWorld();
    await bringProtocol(world.system, 'glow', own(), by);
    expect((await bringProtocol(world.system, 'glow', own(), by)).kind).toBe('changed');
    const changed = own(1, {});
    expect(await bringProtocol(world.system, 'glow', changed, by)).toMatchObject({
      kind: 'invalid',
      errors: [{ path: 'version' }],
    });
    expect((await bringProtocol(world.system, 'glow', own(2), by)).kind).toBe('changed');
    expect((await fresh(world)).clinic.protocols).toHaveLength(2);
  });

  it('takes no id of ours, outlives an update by file, and is there when a file names it', async () => {
    const world = await createWorld();
    const ours = { ...own(), id: 'microneedling' };
    expect((await bringProtocol(world.system, 'glow', ours, by)).kind).toBe('invalid');
    await bringProtocol(world.system, 'glow', own(), by);
    const named = sampleClinic({ protocol: { id: 'glow-own', version: 1 } });
    expect((await updateClinic(world.system, 'glow', named, by)).kind).toBe('changed');
    expect((await fresh(world)).clinic.protocols).toHaveLength(1);
    const unknown = sampleClinic({ protocol: { id: 'glow-own', version: 9 } });
    expect(await updateClinic(world.system, 'glow', unknown, by)).toMatchObject({
      kind: 'invalid',
      errors: [{ path: 'protocol' }],
    });
  });

  it('that was altered in its row is not used', async () => {
    const world = await createWorld();
    await bringProtocol(world.system, 'glow', own(), by);
    const key = protocolRowKey('glow', 'glow-own', 1);
    const document = JSON.stringify(own()).replace('Glow Water', 'cold coffee');
    await world.table.write({ write: 'update', key, set: { document } });
    expect((await fresh(world)).clinic.protocols).toEqual([]);
  });
});
