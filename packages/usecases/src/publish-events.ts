import type { Item, System } from './ports.ts';
import { eventRow } from './rows.ts';

/** A new image of the table's stream, as plain data. */
export type StreamInsert = { readonly item: Item };

/**
 * Puts the events a clinic hears of on their queue, in the order they were written (design 5.6). Enqueues
 * only: a record seen twice is enqueued twice, and the receiver knows it by its `webhook-id`.
 */
export async function publishEvents(
  system: Pick<System, 'queues' | 'metrics'>,
  inserts: readonly StreamInsert[],
): Promise<{ readonly enqueued: number }> {
  const bodies = inserts.flatMap(({ item }) => {
    if (item.row !== 'event') return [];
    const { publishAs, clinicId, pk, eventId } = eventRow.parse(item);
    return publishAs === undefined ? [] : [{ clinicId, pk, eventId, attempt: 1 }];
  });
  await system.queues.enqueueAll('webhooks-due', bodies);
  system.metrics.count('events_enqueued', bodies.length);
  return { enqueued: bodies.length };
}
