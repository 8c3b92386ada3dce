import { handleRecords } from '@aftercare/adapters/lambda/sqs-records';
import { readInboundText } from '@aftercare/adapters/twilio/forms';
import { admitTwilio } from '@aftercare/adapters/twilio/webhook-gate';
import type { System } from '@aftercare/usecases/ports';
import { receiveInbound } from '@aftercare/usecases/receive-inbound';
import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';

const caught = z.object({ path: z.string(), query: z.string(), signature: z.string(), form: z.string() });

export type ReplayReach = Pick<System, 'table' | 'queues' | 'secrets' | 'clock' | 'log' | 'metrics'> & {
  readonly publicBaseUrl: string;
};

export const createHandler = (system: ReplayReach) => (event: SQSEvent) =>
  handleRecords(event, caught, system.log, async ({ path, query, signature, form }) => {
    const gate = await admitTwilio(system, system.publicBaseUrl, {
      method: 'POST',
      path,
      query,
      headers: { 'x-twilio-signature': signature },
      body: Buffer.from(form, 'utf8'),
    });
    if (gate.kind === 'refused') return;
    const text = readInboundText(gate.fields);
    if (text === undefined) throw new Error('a signed inbound webhook lacks a field that it must have');
    await receiveInbound(system, { ...text, source: 'fallback' });
  });
