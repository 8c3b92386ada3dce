import { epochMs } from '@aftercare/time/instant';
import type { Clinic, ClinicDirectory } from '@aftercare/usecases/clinics';
import { clinicRowKey, clinicSecretsRowKey } from '@aftercare/usecases/keys';
import type { System } from '@aftercare/usecases/ports';
import type { Approvals } from './approvals.ts';
import { simulatedWebhookSecret } from './http-events.ts';

/**
 * The directory of one container: the same two reads and the same 60 s cache as the real one, but no parsing,
 * which would cost a third of a run. Of a seed's configurations only the approvals change.
 */
export function createSimulatedDirectory(
  system: Pick<System, 'table' | 'clock'>,
  approvals: Approvals,
): ClinicDirectory {
  const loadedMs = new Map<string, number>();
  const known = new Map<string, Clinic>();
  return {
    async load(clinicId) {
      const nowMs = epochMs(system.clock.now());
      const atMs = loadedMs.get(clinicId);
      if (atMs !== undefined && nowMs - atMs < 60_000 && nowMs >= atMs) return known.get(clinicId);
      const [config] = await Promise.all([
        system.table.get(clinicRowKey(clinicId)),
        system.table.get(clinicSecretsRowKey(clinicId)),
      ]);
      if (config === undefined) return undefined;
      const stored = approvals.configAt(clinicId, nowMs);
      if (stored === undefined) return undefined;
      loadedMs.set(clinicId, nowMs);
      const webhookSecrets = [simulatedWebhookSecret];
      known.set(clinicId, { config: stored, webhookSecrets });
      return known.get(clinicId);
    },
  };
}
