import type { MemoryDelivery } from '@aftercare/adapters/memory/queues';
import type { AcceptedText } from '@aftercare/adapters/memory/sms';
import { alertRung, onPageReceipt } from '@aftercare/usecases/alert-rung';
import { attendReplies } from '@aftercare/usecases/attend-replies';
import { onLostMessage } from '@aftercare/usecases/inbound/reply-outcome';
import type { CarrierStatus, QueueName } from '@aftercare/usecases/ports';
import { processInbound } from '@aftercare/usecases/process-inbound';
import { recordDelivery } from '@aftercare/usecases/record-delivery';
import { sendReminder } from '@aftercare/usecases/send-reminder';
import type { SweepReach } from '@aftercare/usecases/sweep';
import type { World } from '../world/memory-world.ts';

/** What the carrier reports for a text it took; `undefined` = no receipt ever. */
export type Receipts = (
  text: AcceptedText,
) => { readonly status: CarrierStatus; readonly errorCode?: number } | undefined;

export type Workers = {
  /** Handles whatever the queues show, and receipts, until nothing is left to do at this moment. */
  drain(): Promise<void>;
  setReceipts(receipts: Receipts): void;
  readonly hooks: SweepReach;
};

/** The functions behind the queues, as the handlers call them. */
export function createWorkers(world: World): Workers {
  const { system } = world;
  let receipts: Receipts = () => ({ status: 'delivered' });
  let reported = 0;
  const hooks: SweepReach = {
    ...system,
    attend: (item) => attendReplies(system, item),
    onLost: (message) => onLostMessage(system, message),
    onPageReceipt: (message) => onPageReceipt(system, message),
  };
  const handlers: readonly (readonly [QueueName, (body: MemoryDelivery['body']) => Promise<unknown>])[] = [
    [
      'inbound-received',
      ({ clinicId, phoneKey, messageSid }) =>
        processInbound(system, {
          clinicId: String(clinicId),
          phoneKey: String(phoneKey),
          messageSid: String(messageSid),
        }),
    ],
    [
      'alerts-due',
      ({ clinicId, alertId, rung }) =>
        alertRung(system, { clinicId: String(clinicId), alertId: String(alertId), rung: Number(rung) }),
    ],
    [
      'reminders-due',
      ({ sessionKey, revision, day, attempt }) =>
        sendReminder(system, {
          sessionKey: String(sessionKey),
          revision: Number(revision),
          day: Number(day),
          attempt: Number(attempt),
        }),
    ],
  ];

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
      for (const [queue, handle] of handlers) {
        for (const delivery of world.queues.receive(queue, 10)) {
          busy = true;
          await handle(delivery.body);
          world.queues.remove(delivery.id);
        }
      }
      await reportReceipts();
    }
  }

  return {
    drain,
    hooks,
    setReceipts(next) {
      receipts = next;
    },
  };
}
