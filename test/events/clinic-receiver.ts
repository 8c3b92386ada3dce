import { Webhook } from 'standardwebhooks';

/** An event as the clinic's software sees it. */
export type ReceivedEvent = {
  readonly webhookId: string;
  readonly type: string;
  readonly sequence: number;
};

/**
 * A clinic's receiver as a clinic would write it: verifies with the specification's own library, and knows a
 * repeated event by its `webhook-id`.
 */
export function createClinicReceiver(secret: string) {
  const webhook = new Webhook(secret);
  const events = new Map<string, ReceivedEvent>();
  let calls = 0;
  return {
    /** Throws when the signature or its time is not good; answers with the HTTP status otherwise. */
    receive(headers: Record<string, string>, body: string): number {
      calls += 1;
      const event = webhook.verify(body, headers) as {
        readonly type: string;
        readonly data: { readonly sequence: number };
      };
      const webhookId = headers['webhook-id'] ?? '';
      if (!events.has(webhookId)) {
        events.set(webhookId, { webhookId, type: event.type, sequence: event.data.sequence });
      }
      return 204;
    },
    events: (): readonly ReceivedEvent[] => [...events.values()],
    calls: (): number => calls,
  };
}
