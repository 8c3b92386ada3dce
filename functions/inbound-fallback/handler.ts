import { httpRequestOf, httpResultOf } from '@aftercare/adapters/lambda/http-event';
import { emptyTwiml, problemAnswer } from '@aftercare/usecases/http/message';
import type { System } from '@aftercare/usecases/ports';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** One SMS form is far smaller; a queue message holds 256 KB. */
const mostBodyBytes = 16 * 1024;

export const createHandler =
  (system: Pick<System, 'queues' | 'metrics'>) => async (event: APIGatewayProxyEventV2) => {
    const request = httpRequestOf(event);
    const signature = request.headers['x-twilio-signature'] ?? '';
    if (request.method !== 'POST' || signature === '' || request.body.length > mostBodyBytes) {
      const title = 'Not a request of the carrier';
      return httpResultOf(
        problemAnswer({ type: 'about:blank', title, status: 403, detail: `${title}.`, code: 'carrier_only' }),
      );
    }
    await system.queues.enqueue('inbound-fallback', {
      path: request.path,
      query: request.query,
      signature,
      form: Buffer.from(request.body).toString('utf8'),
    });
    system.metrics.count('inbound_fallback_used');
    return httpResultOf(emptyTwiml);
  };
