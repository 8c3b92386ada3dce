import type { ClinicDirectory } from '@aftercare/usecases/clinics';
import type { ListedMessage, System } from '@aftercare/usecases/ports';
import { receiveInbound } from '@aftercare/usecases/receive-inbound';
import { reconcile } from '@aftercare/usecases/reconcile';

export type DailyReach = Pick<
  System,
  'table' | 'sms' | 'queues' | 'secrets' | 'clock' | 'log' | 'metrics'
> & { readonly clinics: ClinicDirectory };

/** The event says nothing that matters: the carrier's lists do. */
export const createHandler = (system: DailyReach) => async () => {
  const report = await reconcile({ ...system, takeIn: (_clinic, message) => takeIn(system, message) });
  // All that could be done is done; Lambda runs a failed invocation twice more, which is for the rest.
  if (report.failed > 0) throw new Error(`${report.failed} parts of the reconciliation failed`);
  return report;
};

async function takeIn(system: DailyReach, message: ListedMessage): Promise<'new' | 'known'> {
  const received = await receiveInbound(system, {
    messageSid: message.providerSid,
    from: message.from,
    to: message.to,
    body: message.body,
    mediaUrls: [],
    receivedAt: message.createdAt,
    source: 'reconcile',
  });
  return received.kind === 'stored' ? 'new' : 'known';
}
