import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { epochMs } from '@aftercare/time/instant';
import type { Clinic, ClinicDirectory } from '@aftercare/usecases/clinics';
import { clinicRowKey, clinicSecretsRowKey } from '@aftercare/usecases/keys';
import type { System } from '@aftercare/usecases/ports';
import { simulatedWebhookSecret } from './http-events.ts';

/**
 * The directory of one container: the same two reads and the same 60 s cache as the real one, but no parsing,
 * which would cost a third of a run. The configurations of a seed do not change.
 */
export function createSimulatedDirectory(
  system: Pick<System, 'table' | 'clock'>,
  clinics: readonly ClinicConfig[],
): ClinicDirectory {
  const loadedMs = new Map<string, number>();
  const known = new Map<string, Clinic>(
    clinics.map((config) => [config.clinicId, { config, webhookSecrets: [simulatedWebhookSecret] }]),
  );
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
      loadedMs.set(clinicId, nowMs);
      return known.get(clinicId);
    },
  };
}
