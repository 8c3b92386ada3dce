import { createHandler as createAlertRung } from '@aftercare/functions/alert-rung/handler';
import { createHandler as createDeliverWebhook } from '@aftercare/functions/deliver-webhook/handler';
import { createHandler as createDeliveryStatus } from '@aftercare/functions/delivery-status/handler';
import { createHandler as createInboundFallback } from '@aftercare/functions/inbound-fallback/handler';
import { createHandler as createInboundMessage } from '@aftercare/functions/inbound-message/handler';
import { createHandler as createInboundReplay } from '@aftercare/functions/inbound-replay/handler';
import { createHandler as createIntake } from '@aftercare/functions/intake/handler';
import { createHandler as createProcessInbound } from '@aftercare/functions/process-inbound/handler';
import { createHandler as createReconcile } from '@aftercare/functions/reconcile/handler';
import { createHandler as createSendReminder } from '@aftercare/functions/send-reminder/handler';
import { createHandler as createStaffApi } from '@aftercare/functions/staff-api/handler';
import { createHandler as createSweep } from '@aftercare/functions/sweep/handler';
import type { ClinicDirectory } from '@aftercare/usecases/clinics';
import type { Item, System } from '@aftercare/usecases/ports';
import { publishEvents } from '@aftercare/usecases/publish-events';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import { publicBaseUrl } from './http-events.ts';

/** What a container composes its handler from. */
export type Bare = System & { readonly clinics: ClinicDirectory };

const withClock = (bare: Bare) => ({ ...bare, signatureClocks: () => [bare.clock.now()] });
const withUrl = (bare: Bare) => ({ ...bare, publicBaseUrl });

/**
 * The handler of each function, as its `main.ts` composes it: what a container holds after its cold start.
 */
export const bodies = {
  intake: (bare: Bare) => overHttp(createIntake(withClock(bare))),
  'staff-api': (bare: Bare) => overHttp(createStaffApi(withClock(bare))),
  'inbound-message': (bare: Bare) => overHttp(createInboundMessage(withUrl(bare))),
  'inbound-fallback': (bare: Bare) => overHttp(createInboundFallback(bare)),
  'delivery-status': (bare: Bare) => overHttp(createDeliveryStatus(withUrl(bare))),
  'send-reminder': (bare: Bare) => fromQueue(createSendReminder(bare)),
  'process-inbound': (bare: Bare) => fromQueue(createProcessInbound(bare)),
  'alert-rung': (bare: Bare) => fromQueue(createAlertRung(bare)),
  'deliver-webhook': (bare: Bare) => fromQueue(createDeliverWebhook(bare)),
  'inbound-replay': (bare: Bare) => fromQueue(createInboundReplay(withUrl(bare))),
  'publish-events': (bare: Bare) => (items: readonly Item[]) =>
    publishEvents(
      bare,
      items.map((item) => ({ item })),
    ),
  sweep: (bare: Bare) => async (_event: undefined) => createSweep(bare)(),
  reconcile: (bare: Bare) => async (_event: undefined) => createReconcile(bare)(),
};
export type Bodies = typeof bodies;
export type FunctionName = keyof Bodies;

/** A thrown error is a 500 to the caller, as the gateway makes it. */
const overHttp =
  (handler: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>) =>
  async (event: APIGatewayProxyEventV2): Promise<{ readonly status: number; readonly body: string }> => {
    const { statusCode = 200, body = '' } = await handler(event);
    if (statusCode === 403 || statusCode === 401) throw new Error('the simulation signs wrongly');
    return { status: statusCode, body };
  };

/** The positions of the messages that failed, as a partial batch response names them. */
function fromQueue(
  handler: (event: SQSEvent) => Promise<SQSBatchResponse>,
): (bodies: readonly Item[]) => Promise<readonly number[]> {
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
