import * as z from 'zod/mini';

export const environment = z.object({
  STAGE: z.enum(['dev', 'prod']),
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  SCHEDULE_GROUP: z.string(),
  SCHEDULER_ROLE_ARN: z.string(),
  SCHEDULER_DLQ_ARN: z.string(),
  QUEUE_URL_WEBHOOKS_DUE: z.string(),
  QUEUE_ARN_WEBHOOKS_DUE: z.string(),
  CARRIER: z.enum(['live', 'emulator']),
});
export type Environment = z.input<typeof environment>;
