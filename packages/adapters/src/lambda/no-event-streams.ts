/**
 * Stands in bundles for the SDK's event streams (20 KB): no command of ours has one. Whoever adds one is told
 * by its first call.
 */
export class EventStreamSerde {
  constructor() {
    throw new Error('event streams are left out of the bundles: see infra/lib/bundling.ts');
  }
}

export function eventStreamSerdeProvider(): never {
  throw new Error('event streams are left out of the bundles: see infra/lib/bundling.ts');
}
