import type { Item } from '@aftercare/usecases/ports';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';
import type { Faults } from './faults.ts';
import type { Functions } from './functions.ts';
import type { Outside } from './outside.ts';

/**
 * The table's stream: in order, in batches, again from the start of a batch that failed, and now and then
 * twice.
 */
export function startStream(parts: {
  readonly engine: Engine;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly outside: () => Outside;
  readonly functions: () => Functions;
}): void {
  const { engine, chance, faults } = parts;
  const waiting: Item[] = [];
  let busy = false;

  parts.outside().table.subscribe(({ eventName, newImage }) => {
    // The event filter of the function: new events that leave for a clinic.
    if (eventName !== 'INSERT' || newImage?.row !== 'event' || newImage.publishAs === undefined) return;
    waiting.push(newImage);
    arm(chance.whole(50, 400));
  });

  function arm(delayMs: number): void {
    if (busy || waiting.length === 0) return;
    busy = true;
    engine.at(engine.nowMs() + delayMs, () => void drain());
  }

  async function drain(): Promise<void> {
    for (const part of ['stream', 'publish-events'] as const) {
      if (!faults.isDown(part, engine.nowMs())) continue;
      return engine.at(faults.backAt(part, engine.nowMs()), () => void drain());
    }
    const batch = waiting.slice(0, chance.pick([1, 5, 20]));
    const invocation = await parts.functions().invoke('publish-events', batch);
    const again =
      invocation.kind !== 'answered' || faults.strikes('stream batch repeated', faults.roughness * 0.02);
    if (!again) waiting.splice(0, batch.length);
    busy = false;
    arm(again ? 1000 : 20);
  }
}
