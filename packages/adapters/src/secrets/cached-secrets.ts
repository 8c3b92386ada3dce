import { type Instant, secondsBetween } from '@aftercare/time/instant';
import type { Clock, Secrets, SystemSecrets } from '@aftercare/usecases/ports';

const freshSeconds = 60;
/** A patient's emergency must not wait for Secrets Manager: an older copy serves until it is this old. */
const usableSeconds = 3600;

/**
 * Reads at most once a minute; when reading fails, goes on with the copy at hand for an hour, then throws.
 */
export function cachedSecrets(clock: Clock, read: () => Promise<SystemSecrets>): Secrets {
  let held: { readonly secrets: SystemSecrets; readonly readAt: Instant } | undefined;
  return {
    async current() {
      const now = clock.now();
      const ageSeconds = held === undefined ? Number.POSITIVE_INFINITY : secondsBetween(held.readAt, now);
      if (held !== undefined && ageSeconds < freshSeconds) return held.secrets;
      try {
        held = { secrets: await read(), readAt: now };
        return held.secrets;
      } catch (error) {
        if (held === undefined || ageSeconds >= usableSeconds) throw error;
        return held.secrets;
      }
    },
  };
}
