import { handleRecords } from '@aftercare/adapters/lambda/sqs-records';
import type { ReplyReach } from '@aftercare/usecases/inbound/reach';
import { processInbound } from '@aftercare/usecases/process-inbound';
import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';

const command = z.object({ clinicId: z.string(), phoneKey: z.string(), messageSid: z.string() });

export const createHandler = (system: ReplyReach) => (event: SQSEvent) =>
  handleRecords(event, command, system.log, (received) => processInbound(system, received));
