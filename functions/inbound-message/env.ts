import * as z from 'zod/mini';

export const environment = z.object({
  STAGE: z.enum(['dev', 'prod']),
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  QUEUE_URL_INBOUND_RECEIVED: z.string(),
  PUBLIC_BASE_URL: z.url(),
});
export type Environment = z.input<typeof environment>;
