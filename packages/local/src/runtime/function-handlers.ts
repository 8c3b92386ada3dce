import { createHandler as deliverWebhook } from '@aftercare/functions/deliver-webhook/handler';
import { createHandler as inboundFallback } from '@aftercare/functions/inbound-fallback/handler';
import { createHandler as inboundMessage } from '@aftercare/functions/inbound-message/handler';
import { createHandler as inboundReplay } from '@aftercare/functions/inbound-replay/handler';
import { createHandler as intake } from '@aftercare/functions/intake/handler';
import { createHandler as publishEvents } from '@aftercare/functions/publish-events/handler';
import { createHandler as sendReminder } from '@aftercare/functions/send-reminder/handler';
import type { Instant } from '@aftercare/time/instant';
import type { ClinicDirectory } from '@aftercare/usecases/clinics';
import { sessionRoutes } from '@aftercare/usecases/http/session-calls';
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
  return {
    http: new Map<string, HttpHandler>([
      ...sessionRoutes.map((route): [string, HttpHandler] => [`${route.method} ${route.pattern}`, sessions]),
      ['POST /twilio/inbound', inboundMessage(reach)],
      ['POST /twilio/fallback', inboundFallback(reach)],
      ['$default', sessions],
    ]),
    queues: {
      'reminders-due': sendReminder(reach),
      'webhooks-due': deliverWebhook(reach),
      'inbound-fallback': inboundReplay(reach),
      'inbound-received': notYet,
      'alerts-due': notYet,
    },
    stream: publishEvents(reach),
    sweep: async () => undefined,
    reconcile: async () => undefined,
  };
}

async function notYet(event: SQSEvent): Promise<SQSBatchResponse> {
  return { batchItemFailures: event.Records.map((record) => ({ itemIdentifier: record.messageId })) };
}
