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
  let enqueued = 0;
  for (const { item } of inserts) {
    if (item.row !== 'event') continue;
    const event = eventRow.parse(item);
    if (event.publishAs === undefined) continue;
    await system.queues.enqueue('webhooks-due', {
      clinicId: event.clinicId,
      pk: event.pk,
      eventId: event.eventId,
      attempt: 1,
    });
    enqueued += 1;
  }
  system.metrics.count('events_enqueued', enqueued);
  return { enqueued };
}
