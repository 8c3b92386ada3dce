import type { AcceptedText } from '@aftercare/adapters/memory/sms';
import { addMinutes, addSeconds, type Instant, isBefore } from '@aftercare/time/instant';
import { acceptSession } from '@aftercare/usecases/accept-session';
import { receiveInbound } from '@aftercare/usecases/receive-inbound';
import { sweep } from '@aftercare/usecases/sweep';
import { createWorld, sampleSession, type World, type WorldOptions } from '../world/memory-world.ts';
import { createWorkers, type Receipts, type Workers } from './workers.ts';

export const ana = '+13055550123';
export const nurse = '+13055550111';
export const doctor = '+13055550112';
export const patientLine = '+13055550100';
export const alertLine = '+13055550101';

export type TextOptions = {
  readonly to?: string;
  readonly optOutType?: 'STOP' | 'START' | 'HELP';
  readonly media?: number;
};

export type ReplyWorld = World & {
  /** A text arrives; all it causes at once is done when this returns. Answers with the texts that left. */
  text(from: string, body: string, more?: TextOptions): Promise<AcceptedText[]>;
  /** Everything that falls due happens at its own time, sweep included. */
  advanceTo(instant: Instant): Promise<void>;
  /** Texts to one phone, oldest first. */
  to(phone: string): string[];
  setReceipts(receipts: Receipts): void;
};

const sweepMinutes = 5;

/** The sample clinic with Ana's session of 21 Nov 11:30 local, on a clock that the test moves. */
export async function replyWorld(
  options: WorldOptions & { session?: object | null } = {},
): Promise<ReplyWorld> {
  const world = await createWorld(options);
  const workers = createWorkers(world);
  if (options.session !== null) {
    const accepted = await acceptSession(world.system, world.clinic, options.session ?? sampleSession());
    if (accepted.kind !== 'created') throw new Error(`the sample session was not accepted: ${accepted.kind}`);
    await workers.drain();
  }
  return {
    ...world,
    text: texter(world, workers),
    advanceTo: walker(world, workers),
    to: (phone) => textsTo(world, phone),
    setReceipts: workers.setReceipts,
  };
}

function textsTo(world: World, phone: string): string[] {
  return world.sms
    .accepted()
    .filter((text) => text.to === phone)
    .map((text) => text.body);
}

function texter(world: World, workers: Workers): ReplyWorld['text'] {
  let sids = 0;
  return async (from, body, more = {}) => {
    const before = world.sms.accepted().length;
    sids += 1;
    await receiveInbound(world.system, {
      messageSid: `SM${String(sids).padStart(32, '0')}`,
      from,
      to: more.to ?? patientLine,
      body,
      mediaUrls: Array.from({ length: more.media ?? 0 }, (_, i) => `https://api.twilio.com/media/${i}`),
      ...(more.optOutType === undefined ? {} : { optOutType: more.optOutType }),
      source: 'webhook',
    });
    await workers.drain();
    const caused = world.sms.accepted().slice(before);
    // The next text is later than this one, as on a real clock.
    world.clock.moveTo(addSeconds(world.clock.now(), 1));
    return [...caused];
  };
}

function walker(world: World, workers: Workers): ReplyWorld['advanceTo'] {
  let nextSweepAt = addMinutes(world.clock.now(), sweepMinutes);
  const nextMoment = (): Instant =>
    [world.schedules.pending()[0]?.at, world.queues.nextVisibleAt(), nextSweepAt]
      .filter((at): at is Instant => at !== undefined)
      .reduce((soonest, at) => (isBefore(at, soonest) ? at : soonest));
  return async (instant) => {
    await workers.drain();
    for (let next = nextMoment(); !isBefore(instant, next); next = nextMoment()) {
      if (isBefore(world.clock.now(), next)) world.clock.moveTo(next);
      for (const due of world.schedules.takeDue(world.clock.now()))
        await world.system.queues.enqueue(due.queue, due.body);
      if (!isBefore(world.clock.now(), nextSweepAt)) {
        nextSweepAt = addMinutes(nextSweepAt, sweepMinutes);
        await sweep(workers.hooks);
      }
      await workers.drain();
    }
    if (isBefore(world.clock.now(), instant)) world.clock.moveTo(instant);
  };
}
