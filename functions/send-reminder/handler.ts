import { handleRecords } from '@aftercare/adapters/lambda/sqs-records';
import { type SendReach, sendReminder } from '@aftercare/usecases/send-reminder';
import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod';

const command = z.object({
  sessionKey: z.string(),
  revision: z.number().int().min(1),
  day: z.number().int().min(0),
  attempt: z.number().int().min(1),
  hint: z.string().optional(),
});

export const createHandler = (system: SendReach) => (event: SQSEvent) =>
  handleRecords(event, command, system.log, (due) => sendReminder(system, due));
