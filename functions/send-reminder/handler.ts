import { handleRecords } from '@aftercare/adapters/lambda/sqs-records';
import { type SendReach, sendReminder } from '@aftercare/usecases/send-reminder';
import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';

const command = z.object({
  sessionKey: z.string(),
  revision: z.int().check(z.minimum(1)),
  day: z.int().check(z.minimum(0)),
  attempt: z.int().check(z.minimum(1)),
  hint: z.optional(z.string()),
});

export const createHandler = (system: SendReach) => (event: SQSEvent) =>
  handleRecords(event, command, system.log, (due) => sendReminder(system, due));
