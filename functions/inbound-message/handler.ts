import { httpRequestOf, httpResultOf } from '@aftercare/adapters/lambda/http-event';
import { readInboundText } from '@aftercare/adapters/twilio/forms';
import { admitTwilio } from '@aftercare/adapters/twilio/webhook-gate';
import { emptyTwiml } from '@aftercare/usecases/http/message';
import type { System } from '@aftercare/usecases/ports';
import { receiveInbound } from '@aftercare/usecases/receive-inbound';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

export type InboundReach = Pick<System, 'table' | 'queues' | 'secrets' | 'clock' | 'log' | 'metrics'> & {
  readonly publicBaseUrl: string;
};

export const createHandler = (system: InboundReach) => async (event: APIGatewayProxyEventV2) => {
  const gate = await admitTwilio(system, system.publicBaseUrl, httpRequestOf(event));
  if (gate.kind === 'refused') return httpResultOf(gate.answer);
  const text = readInboundText(gate.fields);
  if (text === undefined) throw new Error('a signed inbound webhook lacks a field that it must have');
  await receiveInbound(system, { ...text, source: 'webhook' });
  return httpResultOf(emptyTwiml);
};
