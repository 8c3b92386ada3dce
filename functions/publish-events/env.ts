import * as z from 'zod/mini';

export const environment = z.object({
  STAGE: z.enum(['dev', 'prod']),
  QUEUE_URL_WEBHOOKS_DUE: z.string(),
});
export type Environment = z.input<typeof environment>;
