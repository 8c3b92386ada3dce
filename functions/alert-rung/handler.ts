import { handleRecords } from '@aftercare/adapters/lambda/sqs-records';
import { alertRung } from '@aftercare/usecases/alert-rung';
import type { ReplyReach } from '@aftercare/usecases/inbound/reach';
import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';

const command = z.object({ clinicId: z.string(), alertId: z.string(), rung: z.int() });

export const createHandler = (system: ReplyReach) => (event: SQSEvent) =>
  handleRecords(event, command, system.log, (due) => alertRung(system, due));
