import type { AlertLevel } from './ladder.ts';

export type KnownAlert = {
  readonly alertId: string;
  readonly level: AlertLevel;
  readonly status: 'open' | 'acknowledged' | 'done';
};

/**
 * What a severe text does to the patient's latest alert (product-rules 6): `join` only an open,
 * unacknowledged one of the same or a higher level; otherwise a new alert pages from rung 0, linked to the
 * earlier. A lower one that is still open is replaced, so that staff are not paged twice for one patient.
 */
export type Joining =
  | { readonly kind: 'join'; readonly alertId: string }
  | { readonly kind: 'open'; readonly linkedAlertId?: string; readonly replacesAlertId?: string };

export function joining(known: KnownAlert | undefined, level: AlertLevel): Joining {
  if (known === undefined) return { kind: 'open' };
  if (known.status !== 'open') return { kind: 'open', linkedAlertId: known.alertId };
  if (known.level === 'emergency' || level === 'urgent') return { kind: 'join', alertId: known.alertId };
  return { kind: 'open', linkedAlertId: known.alertId, replacesAlertId: known.alertId };
}
