import { addSeconds, type Instant } from '@aftercare/time/instant';
import type { Clock, Item, QueueName, Queues } from '@aftercare/usecases/ports';
import { type Effect, withoutFaults } from './effect.ts';
import { copyItem } from './json.ts';

export type MemoryDelivery = {
  readonly id: string;
  readonly queue: QueueName;
  readonly body: Item;
  /** Starts at 1. */
  readonly receiveCount: number;
};

export type MemoryQueues = Queues & {
  /** Up to `most` visible messages; each stays hidden for the visibility time unless deleted. */
  receive(queue: QueueName, most: number): readonly MemoryDelivery[];
  /** Deleting an unknown id changes nothing. */
  remove(id: string): void;
  /** When the next message of any queue becomes visible, or undefined when all queues are empty. */
  nextVisibleAt(): Instant | undefined;
  /** What was received too often, in order. */
  deadLetters(): readonly MemoryDelivery[];
  /** Everything that is neither deleted nor dead, visible or not. */
  waiting(): readonly MemoryDelivery[];
  /** Puts the dead letters back, as a redrive does. */
  redrive(): void;
};

type Held = {
  readonly id: string;
  readonly queue: QueueName;
  readonly body: Item;
  visibleAt: Instant;
  received: number;
};

const maximumReceives = 5;

/** At-least-once queues in memory; visibility by the clock that is handed in. */
export function createMemoryQueues(options: {
  readonly clock: Clock;
  readonly effect?: Effect;
  /** Design 2: 90 s. */
  readonly visibilitySeconds?: number;
}): MemoryQueues {
  const { clock, effect = withoutFaults, visibilitySeconds = 90 } = options;
  const held = new Map<string, Held>();
  let dead: MemoryDelivery[] = [];
  let lastId = 0;

  function hold(queue: QueueName, body: Item, visibleAt: Instant): void {
    lastId += 1;
    const id = `m${lastId}`;
    held.set(id, { id, queue, body: copyItem(body), visibleAt, received: 0 });
  }

  const delivery = (message: Held): MemoryDelivery => ({
    id: message.id,
    queue: message.queue,
    body: copyItem(message.body),
    receiveCount: message.received,
  });

  return {
    enqueue: (queue, body, delaySeconds = 0) =>
      effect('queues.enqueue', async () => {
        if (!(delaySeconds >= 0 && delaySeconds <= 900)) throw new Error('a queue delays 0 to 900 seconds');
        hold(queue, body, addSeconds(clock.now(), delaySeconds));
      }),
    enqueueAll: (queue, bodies) =>
      effect('queues.enqueue', async () => {
        for (const body of bodies) hold(queue, body, clock.now());
      }),
    receive(queue, most) {
      const now = clock.now();
      const visible = [...held.values()].filter(
        (message) => message.queue === queue && message.visibleAt <= now,
      );
      const taken: MemoryDelivery[] = [];
      for (const message of visible) {
        if (taken.length === most) break;
        if (message.received >= maximumReceives) {
          held.delete(message.id);
          dead.push(delivery(message));
          continue;
        }
        message.received += 1;
        message.visibleAt = addSeconds(now, visibilitySeconds);
        taken.push(delivery(message));
      }
      return taken;
    },
    remove: (id) => void held.delete(id),
    nextVisibleAt: () =>
      [...held.values()].reduce<Instant | undefined>(
        (soonest, { visibleAt }) => (soonest === undefined || visibleAt < soonest ? visibleAt : soonest),
        undefined,
      ),
    deadLetters: () => dead,
    waiting: () => [...held.values()].map(delivery),
    redrive() {
      const again = dead;
      dead = [];
      for (const letter of again) hold(letter.queue, letter.body, clock.now());
    },
  };
}
