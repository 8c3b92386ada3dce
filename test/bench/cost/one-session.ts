import { itemSize } from '@aftercare/adapters/memory/json';
import type { AcceptedText } from '@aftercare/adapters/memory/sms';
import { segmentsOf } from '@aftercare/sms/encoding';
import { addMinutes, addSeconds, type Instant, isBefore } from '@aftercare/time/instant';
import { acceptSession } from '@aftercare/usecases/accept-session';
import { alertRung, onPageReceipt } from '@aftercare/usecases/alert-rung';
import { attendReplies } from '@aftercare/usecases/attend-replies';
import { deliverWebhook } from '@aftercare/usecases/deliver-webhook';
import { onLostMessage } from '@aftercare/usecases/inbound/reply-outcome';
import type { CarrierStatus, Item, QueueName } from '@aftercare/usecases/ports';
import { processInbound } from '@aftercare/usecases/process-inbound';
import { publishEvents } from '@aftercare/usecases/publish-events';
import { receiveInbound } from '@aftercare/usecases/receive-inbound';
import { recordDelivery } from '@aftercare/usecases/record-delivery';
import { sendReminder } from '@aftercare/usecases/send-reminder';
import { sweep } from '@aftercare/usecases/sweep';
import { createWorld, sampleSession, type World } from '../../world/memory-world.ts';
import { countedSystem } from './counted-system.ts';
import { type Ledger, logOf, newLedger, type Usage, usageOf } from './ledger.ts';

/** What the typical session uses, by function, and the quiet sweep beside it. */
export type SessionUsage = {
  readonly byFunction: ReadonlyMap<string, Usage>;
  readonly segmentsOut: number;
  readonly segmentsIn: number;
  /** One run of the sweep that finds nothing. */
  readonly quietSweep: Usage;
  readonly textsOut: number;
  /** What one session leaves in the table until it expires: rows, and their bytes as they are billed. */
  readonly stored: { readonly rows: number; readonly bytes: number };
};

export type SessionShape = {
  readonly style: 'standard' | 'concise';
  /** Texts the patient sends in the two weeks: each is answered. */
  readonly textsIn: number;
  readonly confirmation: boolean;
  readonly webhook: boolean;
};

export const typicalShape: SessionShape = {
  style: 'standard',
  textsIn: 1,
  confirmation: true,
  webhook: true,
};

const startsAt = '2026-11-21T17:30:00.000Z';
const endsAt = '2026-12-08T17:30:00.000Z';
const sweepMinutes = 5;
const reminders = 4;
/** Twilio reports each of these once (status callbacks; there is none for the first status). */
const receiptsOfOneText: readonly CarrierStatus[] = ['sent', 'delivered'];

/**
 * Walks one session through its two weeks on the memory adapters, through the use cases that the functions
 * call, and counts every call. No randomness: the same shape gives the same counts.
 */
export async function walkOneSession(shape: SessionShape): Promise<SessionUsage> {
  const ledger = newLedger();
  const walk = await createWalk(shape, ledger);
  await request(walk, 'intake', 'ANY /clinics/{clinicId}/sessions', async () => {
    const outcome = await acceptSession(walk.system, walk.world.clinic, sampleSession());
    if (outcome.kind !== 'created') throw new Error('The sample session was not accepted');
  });
  await advanceTo(walk, '2026-11-25T16:00:00.000Z');
  for (let text = 0; text < shape.textsIn; text += 1) await patientTexts(walk, text);
  await advanceTo(walk, endsAt);
  const expected = reminders + (shape.confirmation ? 1 : 0) + shape.textsIn;
  if (walk.world.sms.accepted().length !== expected)
    throw new Error(`The walked session got ${walk.world.sms.accepted().length} texts, not ${expected}`);
  return {
    byFunction: ledger.byFunction,
    segmentsOut: walk.world.sms.accepted().reduce((sum, text) => sum + segmentsOf(text.body), 0),
    segmentsIn: shape.textsIn,
    quietSweep: await oneQuietSweep(shape),
    textsOut: walk.world.sms.accepted().length,
    stored: storedRows(walk.world.table.everything()),
  };
}

/** Rows that expire are the session's; each is billed for 100 bytes more (developer guide, "Item sizes"). */
function storedRows(items: readonly Item[]): { readonly rows: number; readonly bytes: number } {
  const own = items.filter((item) => item.expiresAtEpochSeconds !== undefined);
  return { rows: own.length, bytes: own.reduce((sum, item) => sum + itemSize(item) + 100, 0) };
}

async function oneQuietSweep(shape: SessionShape): Promise<Usage> {
  const ledger = newLedger();
  const walk = await createWalk(shape, ledger);
  await runSweep(walk);
  return usageOf(ledger, 'sweep');
}

type Walk = {
  readonly ledger: Ledger;
  readonly world: World;
  readonly system: World['system'];
  /** Rows that the table's stream has shown and nobody has published yet. */
  readonly inserted: Item[];
  /** Texts whose receipts have come. */
  reported: number;
  nextSweepAt: Instant;
};

async function createWalk(shape: SessionShape, ledger: Ledger): Promise<Walk> {
  const world = await createWorld({
    now: startsAt,
    clinic: {
      style: shape.style,
      sendConfirmation: shape.confirmation,
      ...(shape.webhook ? { webhook: { url: 'https://clinic.example/hooks' } } : {}),
    },
  });
  const inserted: Item[] = [];
  world.table.subscribe((record) => {
    if (record.eventName === 'INSERT' && record.newImage !== undefined) inserted.push(record.newImage);
  });
  return {
    ledger,
    world,
    system: countedSystem(world.system, world.table, ledger, segmentsOf),
    inserted,
    reported: 0,
    nextSweepAt: addMinutes(startsAt, sweepMinutes),
  };
}

/** One invocation of a function: what happens in it is on that function's account. */
async function invoke({ ledger }: Walk, name: string, act: () => Promise<unknown>): Promise<void> {
  ledger.current = name;
  usageOf(ledger).invocations += 1;
  await act();
  ledger.metrics.publish();
}

/** One request through API Gateway: the function's frame says which route it was (adapters/lambda). */
async function request(walk: Walk, name: string, route: string, act: () => Promise<unknown>): Promise<void> {
  await invoke(walk, name, async () => {
    usageOf(walk.ledger).httpRequests += 1;
    logOf(walk.ledger).info('http_request', { apiRequestId: 'JKJaXmPLvHcESHA=', route });
    await act();
  });
}

/** What the sweep and the receipts reach beside the system. */
function hooksOf({ system }: Walk) {
  return {
    ...system,
    attend: (item: Item) => attendReplies(system, item),
    onLost: (message: Parameters<typeof onLostMessage>[1]) => onLostMessage(system, message),
    onPageReceipt: (message: Parameters<typeof onPageReceipt>[1]) => onPageReceipt(system, message),
  };
}

type Consumer = readonly [QueueName, string, (body: Item) => Promise<unknown>];

const consumersOf = ({ system }: Walk): readonly Consumer[] => [
  ['reminders-due', 'send-reminder', (body) => sendReminder(system, reminderOf(body))],
  ['inbound-received', 'process-inbound', (body) => processInbound(system, inboundOf(body))],
  ['alerts-due', 'alert-rung', (body) => alertRung(system, alertOf(body))],
  ['webhooks-due', 'deliver-webhook', (body) => deliverWebhook(system, webhookOf(body))],
];

async function reportReceipts(walk: Walk): Promise<boolean> {
  const fresh: readonly AcceptedText[] = walk.world.sms.accepted().slice(walk.reported);
  walk.reported += fresh.length;
  for (const { ref, providerSid } of fresh)
    for (const status of receiptsOfOneText)
      await request(walk, 'delivery-status', 'ANY /twilio/status', async () => {
        await recordDelivery(hooksOf(walk), { ref, providerSid, status });
      });
  return fresh.length > 0;
}

async function publish(walk: Walk): Promise<boolean> {
  const items = walk.inserted.splice(0);
  if (!items.some((item) => item.row === 'event')) return false;
  const inserts = items.map((item) => ({ item }));
  await invoke(walk, 'publish-events', () => publishEvents(walk.system, inserts));
  return true;
}

async function consume(walk: Walk): Promise<boolean> {
  let busy = false;
  for (const [queue, name, handle] of consumersOf(walk))
    for (const delivery of walk.world.queues.receive(queue, 10)) {
      busy = true;
      await invoke(walk, name, () => handle(delivery.body));
      walk.world.queues.remove(delivery.id);
    }
  return busy;
}

async function drain(walk: Walk): Promise<void> {
  for (let busy = true; busy; ) {
    const steps = [await consume(walk), await reportReceipts(walk), await publish(walk)];
    busy = steps.includes(true);
  }
}

const runSweep = (walk: Walk) => invoke(walk, 'sweep', () => sweep(hooksOf(walk)));

async function advanceTo(walk: Walk, until: Instant): Promise<void> {
  const { world } = walk;
  await drain(walk);
  for (let next = nextMoment(walk); !isBefore(until, next); next = nextMoment(walk)) {
    if (isBefore(world.clock.now(), next)) world.clock.moveTo(next);
    // EventBridge Scheduler puts the message on the queue itself.
    for (const due of world.schedules.takeDue(world.clock.now()))
      await world.system.queues.enqueue(due.queue, due.body);
    if (!isBefore(world.clock.now(), walk.nextSweepAt)) {
      walk.nextSweepAt = addMinutes(walk.nextSweepAt, sweepMinutes);
      await runSweep(walk);
    }
    await drain(walk);
  }
}

function nextMoment({ world, nextSweepAt }: Walk): Instant {
  return [world.schedules.pending()[0]?.at, world.queues.nextVisibleAt(), nextSweepAt]
    .filter((at): at is Instant => at !== undefined)
    .reduce((soonest, at) => (isBefore(at, soonest) ? at : soonest));
}

async function patientTexts(walk: Walk, number: number): Promise<void> {
  await request(walk, 'inbound-message', 'ANY /twilio/inbound', async () => {
    await receiveInbound(walk.system, {
      messageSid: `SM${String(number).padStart(32, '0')}`,
      from: '+13055550123',
      to: '+13055550100',
      body: 'When can I go back to the gym?',
      mediaUrls: [],
      source: 'webhook',
    });
  });
  await drain(walk);
  walk.world.clock.moveTo(addSeconds(walk.world.clock.now(), 3600));
}

const reminderOf = (body: Item) => ({
  sessionKey: String(body.sessionKey),
  revision: Number(body.revision),
  day: Number(body.day),
  attempt: Number(body.attempt),
});
const inboundOf = (body: Item) => ({
  clinicId: String(body.clinicId),
  phoneKey: String(body.phoneKey),
  messageSid: String(body.messageSid),
});
const alertOf = (body: Item) => ({
  clinicId: String(body.clinicId),
  alertId: String(body.alertId),
  rung: Number(body.rung),
});
const webhookOf = (body: Item) => ({
  clinicId: String(body.clinicId),
  pk: String(body.pk),
  eventId: String(body.eventId),
  attempt: Number(body.attempt),
});
