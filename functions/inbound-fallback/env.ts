import * as z from 'zod/mini';

export const environment = z.object({
  STAGE: z.enum(['dev', 'prod']),
  QUEUE_URL_INBOUND_FALLBACK: z.string(),
});
export type Environment = z.input<typeof environment>;
