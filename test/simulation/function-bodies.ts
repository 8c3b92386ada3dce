import { createHandler as createDeliverWebhook } from '@aftercare/functions/deliver-webhook/handler';
import { createHandler as createSendReminder } from '@aftercare/functions/send-reminder/handler';
import { acceptSession } from '@aftercare/usecases/accept-session';
import { alertRung, onPageReceipt } from '@aftercare/usecases/alert-rung';
import { acknowledgeAlert, closeAlert } from '@aftercare/usecases/alerts/acknowledge-alert';
import { amendSession } from '@aftercare/usecases/amend-session';
import { attendReplies } from '@aftercare/usecases/attend-replies';
import { cancelSession } from '@aftercare/usecases/cancel-session';
import { type ClinicDirectory, createClinicDirectory } from '@aftercare/usecases/clinics';
import { onLostMessage } from '@aftercare/usecases/inbound/reply-outcome';
import type { Item, ListedMessage, System } from '@aftercare/usecases/ports';
import { processInbound } from '@aftercare/usecases/process-inbound';
import { publishEvents } from '@aftercare/usecases/publish-events';
import { type InboundText, receiveInbound } from '@aftercare/usecases/receive-inbound';
import { reconcile } from '@aftercare/usecases/reconcile';
import { type DeliveryReceipt, recordDelivery } from '@aftercare/usecases/record-delivery';
import { sweep } from '@aftercare/usecases/sweep';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

export type IntakeEvent =
  | { readonly do: 'post'; readonly clinicId: string; readonly body: unknown }
  | { readonly do: 'put'; readonly clinicId: string; readonly sessionId: string; readonly body: unknown }
  | { readonly do: 'delete'; readonly clinicId: string; readonly sessionId: string };

export type StaffEvent = {
  readonly do: 'ack' | 'done';
  readonly clinicId: string;
  readonly alertId: string;
  readonly by: string;
};

const withClinics = (system: System): System & { readonly clinics: ClinicDirectory } => ({
  ...system,
  clinics: createClinicDirectory(system),
});

/** What the composition of every function that settles texts wires together. */
function settling(bare: System) {
  const system = withClinics(bare);
  return {
    ...system,
    onPageReceipt: (message: Parameters<typeof onPageReceipt>[1]) => onPageReceipt(system, message),
    onLost: (message: Parameters<typeof onLostMessage>[1]) => onLostMessage(system, message),
    attend: (item: Item) => attendReplies(system, item),
  };
}

/** One body a function: what a container holds after its cold start. */
export const bodies = {
  intake: (bare: System) => {
    const system = withClinics(bare);
    return async (event: IntakeEvent): Promise<{ readonly kind: string }> => {
      const clinic = await system.clinics.load(event.clinicId);
      if (clinic === undefined) return { kind: 'no clinic' };
      switch (event.do) {
        case 'post':
          return acceptSession(system, clinic, event.body);
        case 'put':
          return amendSession(system, clinic, event.sessionId, event.body);
        case 'delete':
          return cancelSession(system, event.clinicId, event.sessionId);
      }
    };
  },
  'staff-api': (bare: System) => {
    const system = withClinics(bare);
    return async ({ do: what, ...command }: StaffEvent): Promise<{ readonly kind: string }> =>
      what === 'ack'
        ? acknowledgeAlert(system, command)
        : closeAlert(system, { ...command, outcome: 'real' });
  },
  'send-reminder': (bare: System) => fromQueue(createSendReminder(withClinics(bare))),
  'deliver-webhook': (bare: System) => fromQueue(createDeliverWebhook(withClinics(bare))),
  'process-inbound': (bare: System) => {
    const system = withClinics(bare);
    return partial(({ clinicId, phoneKey, messageSid }) =>
      processInbound(system, {
        clinicId: String(clinicId),
        phoneKey: String(phoneKey),
        messageSid: String(messageSid),
      }),
    );
  },
  'alert-rung': (bare: System) => {
    const system = withClinics(bare);
    return partial(({ clinicId, alertId, rung }) =>
      alertRung(system, { clinicId: String(clinicId), alertId: String(alertId), rung: Number(rung) }),
    );
  },
  'inbound-message': (bare: System) => (text: InboundText) => receiveInbound(bare, text),
  // Their handlers check Twilio's signature, which has its own tests; here only the text travels.
  'inbound-fallback': (bare: System) => (text: InboundText) =>
    bare.queues.enqueue('inbound-fallback', { text: JSON.stringify(text) }),
  'inbound-replay': (bare: System) =>
    partial(async ({ text }) => receiveInbound(bare, JSON.parse(String(text)) as InboundText)),
  'delivery-status': (bare: System) => {
    const system = settling(bare);
    return (receipt: DeliveryReceipt) => recordDelivery(system, receipt);
  },
  'publish-events': (bare: System) => (items: readonly Item[]) =>
    publishEvents(
      bare,
      items.map((item) => ({ item })),
    ),
  sweep: (bare: System) => {
    const system = settling(bare);
    return async (_event: undefined) => sweep(system);
  },
  reconcile: (bare: System) => {
    const system = {
      ...withClinics(bare),
      takeIn: async (_clinic: unknown, message: ListedMessage) => {
        const { providerSid: messageSid, from, to, body, createdAt: receivedAt } = message;
        const text = { messageSid, from, to, body, receivedAt, mediaUrls: [], source: 'reconcile' } as const;
        return (await receiveInbound(bare, text)).kind === 'stored' ? ('new' as const) : ('known' as const);
      },
    };
    return async (_event: undefined) => reconcile(system);
  },
};
export type Bodies = typeof bodies;
export type FunctionName = keyof Bodies;

/** The positions of the messages that failed, as a partial batch response names them. */
type FromQueue = (bodies: readonly Item[]) => Promise<readonly number[]>;

function fromQueue(handler: (event: SQSEvent) => Promise<SQSBatchResponse>): FromQueue {
  return async (all) => {
    const Records = all.map((body, position) => ({
      messageId: String(position),
      body: JSON.stringify(body),
      attributes: { ApproximateReceiveCount: '1' },
    }));
    const answer = await handler({ Records } as unknown as SQSEvent);
    return answer.batchItemFailures.map((failure) => Number(failure.itemIdentifier));
  };
}

function partial(one: (body: Item) => Promise<unknown>): FromQueue {
  return async (all) => {
    const results = await Promise.allSettled(all.map(one));
    return results.flatMap((result, position) => (result.status === 'rejected' ? [position] : []));
  };
}
