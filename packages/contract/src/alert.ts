import * as z from 'zod/mini';
import { id, instant, plainText } from './fields.ts';

/** Alerts as the staff API shows them and what staff send back (design 6.1, product-rules 6). */

export const alertStatus = z.enum(['open', 'acknowledged', 'done']);
export const alertOutcome = z.enum(['real', 'false', 'duplicate', 'not_reached']);

export const alert = z
  .object({
    alertId: id,
    level: z.enum(['emergency', 'urgent']),
    status: alertStatus,
    sessionId: z.nullable(id).register(z.globalRegistry, {
      description: 'null when the text came from a number without a session.',
    }),
    patientId: z.nullable(id),
    openedAt: instant,
    rung: z
      .int()
      .check(z.minimum(-1))
      .register(z.globalRegistry, { description: 'Index of the last rung paged; -1 before the first page.' }),
    nextRungAt: z.exactOptional(instant),
    acknowledgedAt: z.exactOptional(instant),
    acknowledgedBy: z.exactOptional(z.string()),
    code: z
      .exactOptional(z.string())
      .register(z.globalRegistry, { description: 'What staff type: ACK 1042.' }),
    locationId: z.exactOptional(id),
    linkedAlertId: z.exactOptional(id),
    closedAt: z.exactOptional(instant),
    closedBy: z.exactOptional(z.string()),
    outcome: z.exactOptional(alertOutcome),
  })
  .register(z.globalRegistry, { id: 'Alert' });
export type AlertAnswer = z.output<typeof alert>;

export const alertList = z.object({ alerts: z.array(alert) }).register(z.globalRegistry, { id: 'AlertList' });

/** Of `GET …/alerts`: no status = all. */
export const alertQuery = z.strictObject({ status: z.exactOptional(alertStatus) });

/**
 * The body names its object, so that its signature fits this alert only (design 6.1). `by`: a staffId or a
 * name.
 */
export const acknowledgeRequest = z
  .strictObject({ alertId: id, by: plainText(80) })
  .register(z.globalRegistry, { id: 'AcknowledgeRequest' });
export type AcknowledgeRequest = z.output<typeof acknowledgeRequest>;

export const doneRequest = z
  .strictObject({ alertId: id, by: plainText(80), outcome: alertOutcome })
  .register(z.globalRegistry, { id: 'DoneRequest' });
export type DoneRequest = z.output<typeof doneRequest>;
