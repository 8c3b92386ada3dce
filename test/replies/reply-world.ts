import type { AcceptedText } from '@aftercare/adapters/memory/sms';
import { addMinutes, addSeconds, type Instant, isBefore } from '@aftercare/time/instant';
import { acceptSession } from '@aftercare/usecases/accept-session';
import { alertRung, onPageReceipt } from '@aftercare/usecases/alert-rung';
import { attendReplies } from '@aftercare/usecases/attend-replies';
import { onLostMessage } from '@aftercare/usecases/inbound/reply-outcome';
import type { CarrierStatus } from '@aftercare/usecases/ports';
import { processInbound } from '@aftercare/usecases/process-inbound';
import { receiveInbound } from '@aftercare/usecases/receive-inbound';
import { recordDelivery } from '@aftercare/usecases/record-delivery';
import { sendReminder } from '@aftercare/usecases/send-reminder';
import { sweep } from '@aftercare/usecases/sweep';
import { createWorld, sampleSession, type World } from '../world/memory-world.ts';

export const ana = '+13055550123';
export const nurse = '+13055550111';
export const doctor = '+13055550112';
export const patientLine = '+13055550100';
export const alertLine = '+13055550101';

/** What the carrier reports for a text it took; `undefined` = no receipt ever. */
export type Receipts = (text: AcceptedText) => { status: CarrierStatus; errorCode?: number } | undefined;

export type ReplyWorld = World & {
  /**
   * A text arrives; everything it causes at once is done when this returns. Answers with the texts that
   * left.
   */
  text(
    from: string,
    body: string,
    more?: { to?: string; optOutType?: 'STOP' | 'START' | 'HELP'; media?: number },
  ): Promise<AcceptedText[]>;
  /** Everything that falls due happens at its own time, sweep included. */
  advanceTo(instant: Instant): Promise<void>;
  /** Texts to one phone, oldest first. */
  to(phone: string): string[];
  setReceipts(receipts: Receipts): void;
};

const delivered: Receipts = () => ({ status: 'delivered' });
const sweepMinutes = 5;

/** The sample clinic with Ana's session of 21 Nov 11:30 local, on a clock that the test moves. */
export async function replyWorld(
  options: { now?: Instant; clinic?: object; session?: object | null } = {},
): Promise<ReplyWorld> {
  const world = await createWorld({
    now: options.now ?? '2026-11-21T17:30:00.000Z',
    ...(options.clinic === undefined ? {} : { clinic: options.clinic }),
  });
  let receipts = delivered;
  let reported = 0;
  let sids = 0;
  let nextSweepAt = addMinutes(world.clock.now(), sweepMinutes);
  const { system } = world;
  const hooks = {
    ...system,
    attend: (item: Parameters<typeof attendReplies>[1]) => attendReplies(system, item),
    onLost: (message: Parameters<typeof onLostMessage>[1]) => onLostMessage(system, message),
    onPageReceipt: (message: Parameters<typeof onPageReceipt>[1]) => onPageReceipt(system, message),
  };

  async function reportReceipts(): Promise<void> {
    for (; reported < world.sms.accepted().length; reported += 1) {
      const text = world.sms.accepted()[reported];
      const receipt = text === undefined ? undefined : receipts(text);
      if (text === undefined || receipt === undefined) continue;
      await recordDelivery(hooks, { ref: text.ref, providerSid: text.providerSid, ...receipt });
    }
  }

  async function drain(): Promise<void> {
    for (let busy = true; busy; ) {
      busy = false;
      for (const one of world.queues.receive('inbound-received', 10)) {
        busy = true;
        const { clinicId, phoneKey, messageSid } = one.body;
        await processInbound(system, {
          clinicId: String(clinicId),
          phoneKey: String(phoneKey),
          messageSid: String(messageSid),
        });
        world.queues.remove(one.id);
      }
      for (const one of world.queues.receive('alerts-due', 10)) {
        busy = true;
        const { clinicId, alertId, rung } = one.body;
        await alertRung(system, { clinicId: String(clinicId), alertId: String(alertId), rung: Number(rung) });
        world.queues.remove(one.id);
      }
      for (const one of world.queues.receive('reminders-due', 10)) {
        busy = true;
        const { sessionKey, revision, day, attempt } = one.body;
        await sendReminder(system, {
          sessionKey: String(sessionKey),
          revision: Number(revision),
          day: Number(day),
          attempt: Number(attempt),
        });
        world.queues.remove(one.id);
      }
      await reportReceipts();
    }
  }

  async function advanceTo(instant: Instant): Promise<void> {
    await drain();
    for (;;) {
      const candidates = [world.schedules.pending()[0]?.at, world.queues.nextVisibleAt(), nextSweepAt].filter(
        (at): at is Instant => at !== undefined,
      );
      const next = candidates.reduce((soonest, at) => (isBefore(at, soonest) ? at : soonest));
      if (isBefore(instant, next)) break;
      if (isBefore(world.clock.now(), next)) world.clock.moveTo(next);
      for (const due of world.schedules.takeDue(world.clock.now()))
        await system.queues.enqueue(due.queue, due.body);
      if (!isBefore(world.clock.now(), nextSweepAt)) {
        nextSweepAt = addMinutes(nextSweepAt, sweepMinutes);
        await sweep(hooks);
      }
      await drain();
    }
    if (isBefore(world.clock.now(), instant)) world.clock.moveTo(instant);
  }

  const result: ReplyWorld = {
    ...world,
    advanceTo,
    to: (phone) =>
      world.sms
        .accepted()
        .filter((text) => text.to === phone)
        .map((text) => text.body),
    setReceipts(next) {
      receipts = next;
    },
    async text(from, body, more = {}) {
      const before = world.sms.accepted().length;
      sids += 1;
      await receiveInbound(system, {
        messageSid: `SM${String(sids).padStart(32, '0')}`,
        from,
        to: more.to ?? patientLine,
        body,
        mediaUrls: Array.from({ length: more.media ?? 0 }, (_, i) => `https://api.twilio.com/media/${i}`),
        ...(more.optOutType === undefined ? {} : { optOutType: more.optOutType }),
        source: 'webhook',
      });
      await drain();
      // The next text of the same phone is later than this one, as on a real clock.
      const caused = world.sms.accepted().slice(before);
      world.clock.moveTo(addSeconds(world.clock.now(), 1));
      return [...caused];
    },
  };
  if (options.session !== null) {
    const accepted = await acceptSession(system, world.clinic, options.session ?? sampleSession());
    if (accepted.kind !== 'created') throw new Error(`the sample session was not accepted: ${accepted.kind}`);
    await drain();
  }
  return result;
}
