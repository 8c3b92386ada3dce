import { problemOf } from '@aftercare/contract/problem';
import { problemAnswer } from '@aftercare/usecases/http/message';
import type { Log } from '@aftercare/usecases/ports';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { errorFields } from './error-fields.ts';
import { httpResultOf } from './http-event.ts';

export type Observers = {
  readonly log: Log & { withRequest(context: Context): void };
  readonly metrics: { publish(): void };
};

/**
 * The frame around every handler: lines carry the request id, metrics leave at the end, and an unexpected
 * error is logged by us and thrown on without its message, because the runtime prints whatever is thrown.
 */
export function observed<Event, Result>(
  observers: Observers,
  handler: (event: Event) => Promise<Result>,
): (event: Event, context: Context) => Promise<Result> {
  return async (event, context) => {
    observers.log.withRequest(context);
    try {
      return await handler(event);
    } catch (error) {
      observers.log.error('unhandled_error', errorFields(error));
      throw new Error('failed: see the line unhandled_error of this request');
    } finally {
      observers.metrics.publish();
    }
  };
}

/** The gateway's own id of a request: its access log and the caller's `apigw-requestid` header have it. */
type FromGateway = { readonly requestContext?: { readonly requestId?: string; readonly routeKey?: string } };

/**
 * The same for HTTP: the caller gets a 500 in the form of the contract, which makes Twilio try its fallback.
 */
export function observedHttp<Event extends FromGateway>(
  observers: Observers,
  handler: (event: Event) => Promise<APIGatewayProxyStructuredResultV2>,
): (event: Event, context: Context) => Promise<APIGatewayProxyStructuredResultV2> {
  const inner = observed(observers, (event: Event) => {
    const { requestId: apiRequestId, routeKey: route } = event.requestContext ?? {};
    observers.log.info('http_request', { apiRequestId, route });
    return handler(event);
  });
  return async (event, context) => {
    try {
      return await inner(event, context);
    } catch {
      return httpResultOf(
        problemAnswer(problemOf('internal-error', 'Nothing is known to be wrong with the request.')),
      );
    }
  };
}
