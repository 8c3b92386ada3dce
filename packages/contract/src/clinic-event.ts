import * as z from 'zod/mini';
import { id, instant } from './fields.ts';

/** Events to the clinic's webhook: thin, signed, at least once (design 5.6, issue 7). */

export const clinicEventType = z.enum([
  'session.accepted',
  'session.amended',
  'session.cancelled',
  'reminder.sent',
  'reminder.delivered',
  'reminder.failed',
  'reminder.skipped',
  'patient.replied',
  'patient.opted_out',
  'alert.opened',
  'alert.escalated',
  'alert.acknowledged',
  'protocol.warning',
]);
export type ClinicEventType = z.infer<typeof clinicEventType>;

/**
 * Ids only: no symptom, no phone, no name. `sequence` orders the events of one session; 0 outside any
 * session.
 */
export const clinicEvent = z
  .strictObject({
    type: clinicEventType,
    timestamp: instant,
    data: z.strictObject({
      clinicId: id,
      sessionId: z.exactOptional(id),
      day: z.exactOptional(z.int().check(z.minimum(0))),
      alertId: z.exactOptional(id),
      sequence: z.int().check(z.minimum(0)),
    }),
  })
  .register(z.globalRegistry, { id: 'ClinicEvent' });
export type ClinicEvent = z.output<typeof clinicEvent>;
