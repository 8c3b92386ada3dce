import * as z from 'zod';
import { id, instant, plainText } from './fields.ts';

/** Alerts as the staff API shows them and what staff send back (design 6.1, product-rules 6). */

export const alertStatus = z.enum(['open', 'acknowledged', 'done']);
export const alertOutcome = z.enum(['real', 'false', 'duplicate', 'not_reached']);

export const alert = z
  .object({
    alertId: id,
    level: z.enum(['emergency', 'urgent']),
    status: alertStatus,
    sessionId: id
      .nullable()
      .meta({ description: 'null when the text came from a number without a session.' }),
    patientId: id.nullable(),
    openedAt: instant,
    rung: z.int().min(-1).meta({ description: 'Index of the last rung paged; -1 before the first page.' }),
    nextRungAt: instant.exactOptional(),
    acknowledgedAt: instant.exactOptional(),
    acknowledgedBy: z.string().exactOptional(),
    code: z.string().exactOptional().meta({ description: 'What staff type: ACK 1042.' }),
    locationId: id.exactOptional(),
    linkedAlertId: id.exactOptional(),
    closedAt: instant.exactOptional(),
    closedBy: z.string().exactOptional(),
    outcome: alertOutcome.exactOptional(),
  })
  .meta({ id: 'Alert' });
export type AlertAnswer = z.output<typeof alert>;

export const alertList = z.object({ alerts: z.array(alert) }).meta({ id: 'AlertList' });

/** Of `GET …/alerts`: no status = all. */
export const alertQuery = z.strictObject({ status: alertStatus.exactOptional() });

/**
 * The body names its object, so that its signature fits this alert only (design 6.1). `by`: a staffId or a
 * name.
 */
export const acknowledgeRequest = z
  .strictObject({ alertId: id, by: plainText(80) })
  .meta({ id: 'AcknowledgeRequest' });
export type AcknowledgeRequest = z.output<typeof acknowledgeRequest>;

export const doneRequest = z
  .strictObject({ alertId: id, by: plainText(80), outcome: alertOutcome })
  .meta({ id: 'DoneRequest' });
export type DoneRequest = z.output<typeof doneRequest>;
