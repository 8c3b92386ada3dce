import { handleRecords } from '@aftercare/adapters/lambda/sqs-records';
import { deliverWebhook, type WebhookReach } from '@aftercare/usecases/deliver-webhook';
import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';

const command = z.object({
  clinicId: z.string(),
  pk: z.string(),
  eventId: z.string(),
  attempt: z.int().check(z.minimum(1)),
});

export const createHandler = (system: WebhookReach) => (event: SQSEvent) =>
  handleRecords(event, command, system.log, (due) => deliverWebhook(system, due));
