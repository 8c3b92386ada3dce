import { httpRequestOf, httpResultOf } from '@aftercare/adapters/lambda/http-event';
import { readDeliveryReport } from '@aftercare/adapters/twilio/forms';
import { admitTwilio } from '@aftercare/adapters/twilio/webhook-gate';
import { emptyAnswer } from '@aftercare/usecases/http/message';
import type { ReplyReach } from '@aftercare/usecases/inbound/reach';
import type { Secrets } from '@aftercare/usecases/ports';
import { recordDelivery } from '@aftercare/usecases/record-delivery';
import type { MessageRow } from '@aftercare/usecases/rows';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

type PageReceiver = (message: MessageRow) => Promise<void>;

/** One receipt in hundreds is of a page or a reply: what follows from those is loaded when one comes. */
const pageReceiver =
  (system: ReplyReach): PageReceiver =>
  async (message) => {
    const { onPageReceipt } = await import('@aftercare/usecases/alert-rung');
    await onPageReceipt(system, message);
  };

export type StatusReach = ReplyReach & { readonly secrets: Secrets; readonly publicBaseUrl: string };

export const createHandler = (system: StatusReach) => async (event: APIGatewayProxyEventV2) => {
  const request = httpRequestOf(event);
  const gate = await admitTwilio(system, system.publicBaseUrl, request);
  if (gate.kind === 'refused') return httpResultOf(gate.answer);
  const report = readDeliveryReport(gate.fields);
  if (report === undefined) return httpResultOf(emptyAnswer);
  const ref = new URLSearchParams(request.query).get('ref') ?? '';
  const reach = { ...system, onPageReceipt: pageReceiver(system) };
  await recordDelivery(reach, { ref, ...report });
  return httpResultOf(emptyAnswer);
};
