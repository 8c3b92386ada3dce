import { createHandler as alertRung } from '@aftercare/functions/alert-rung/handler';
import { createHandler as deliverWebhook } from '@aftercare/functions/deliver-webhook/handler';
import { createHandler as deliveryStatus } from '@aftercare/functions/delivery-status/handler';
import { createHandler as inboundFallback } from '@aftercare/functions/inbound-fallback/handler';
import { createHandler as inboundMessage } from '@aftercare/functions/inbound-message/handler';
import { createHandler as inboundReplay } from '@aftercare/functions/inbound-replay/handler';
import { createHandler as intake } from '@aftercare/functions/intake/handler';
import { createHandler as processInbound } from '@aftercare/functions/process-inbound/handler';
import { createHandler as publishEvents } from '@aftercare/functions/publish-events/handler';
import { createHandler as reconcile } from '@aftercare/functions/reconcile/handler';
import { createHandler as sendReminder } from '@aftercare/functions/send-reminder/handler';
import { createHandler as staffApi } from '@aftercare/functions/staff-api/handler';
import { createHandler as sweep } from '@aftercare/functions/sweep/handler';
import { createHandler as testPages } from '@aftercare/functions/test-pages/handler';
import type { Instant } from '@aftercare/time/instant';
import type { ClinicDirectory } from '@aftercare/usecases/clinics';
import type { QueueName, System } from '@aftercare/usecases/ports';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyResultV2,
  DynamoDBBatchResponse,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';

export type HttpHandler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyResultV2>;

/** Every function of the system under the event source that calls it. */
export type FunctionHandlers = {
  /** By route key, `$default` included. */
  readonly http: ReadonlyMap<string, HttpHandler>;
  readonly queues: Readonly<Record<QueueName, (event: SQSEvent) => Promise<SQSBatchResponse | undefined>>>;
  readonly stream: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse | undefined>;
  readonly sweep: () => Promise<unknown>;
  readonly reconcile: () => Promise<unknown>;
  readonly testPages: () => Promise<unknown>;
};

/** What the functions' compositions build from the environment on AWS. */
export type FunctionReach = System & {
  readonly clinics: ClinicDirectory;
  readonly publicBaseUrl: string;
  /** A signature's time counts by this clock or by the wall clock (design 6.3). */
  readonly signatureClocks: () => readonly Instant[];
};

/** The same handler factories as on AWS, under the same routes and event sources. */
export function createFunctionHandlers(reach: FunctionReach): FunctionHandlers {
  const sessions = intake(reach);
  // The table of infra/lib/app-stack.ts: methods are the functions' business (405), so every route takes any.
  return {
    http: new Map<string, HttpHandler>([
      ['ANY /v1/clinics/{clinicId}/sessions', sessions],
      ['ANY /v1/clinics/{clinicId}/sessions/{sessionId}', sessions],
      ['ANY /health', sessions],
      ['ANY /v1/clinics/{clinicId}/{proxy+}', staffApi(reach)],
      ['ANY /twilio/status', deliveryStatus(reach)],
      ['ANY /twilio/inbound', inboundMessage(reach)],
      ['ANY /twilio/inbound-fallback', inboundFallback(reach)],
      ['$default', sessions],
    ]),
    queues: {
      'reminders-due': sendReminder(reach),
      'inbound-received': processInbound(reach),
      'inbound-fallback': inboundReplay(reach),
      'alerts-due': alertRung(reach),
      'webhooks-due': deliverWebhook(reach),
    },
    stream: publishEvents(reach),
    sweep: sweep(reach),
    reconcile: reconcile(reach),
    testPages: testPages(reach),
  };
}
