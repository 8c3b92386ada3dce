import type { Secrets, SystemSecrets } from '@aftercare/usecases/ports';
import { type Effect, withoutFaults } from './effect.ts';

export type MemorySecrets = Secrets & { replace(secrets: SystemSecrets): void };

export function createMemorySecrets(initial: SystemSecrets, effect: Effect = withoutFaults): MemorySecrets {
  let held = initial;
  return {
    current: () => effect('secrets.current', async () => held),
    replace(secrets) {
      held = secrets;
    },
  };
}
