import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { findRelease, type ProtocolRelease } from '@aftercare/protocol/release';
import { epochMs } from '@aftercare/time/instant';
import { switchRow } from './clinic-rows.ts';
import { openSecrets } from './clinic-secrets.ts';
import { clinicRowKey, clinicSecretsRowKey, clinicSwitchRowKey, systemSwitchRowKey } from './keys.ts';
import { readOwnProtocols } from './own-protocols.ts';
import type { System } from './ports.ts';

/** A clinic as the use cases know it. `webhookSecrets` are open (`whsec_…`), newest first; never log them. */
export type Clinic = {
  readonly config: ClinicConfig;
  readonly webhookSecrets: readonly string[];
  /** Protocols that the clinic brought; absent when it has none. */
  readonly protocols?: readonly ProtocolRelease[];
};

export type ClinicDirectory = {
  /** The clinic's configuration and secrets, at most 60 s old; undefined when there is no such clinic. */
  load(clinicId: string): Promise<Clinic | undefined>;
};

const cacheMs = 60_000;

type Cached = { readonly atMs: number; readonly clinic: Clinic | undefined };

/** One directory per process. Unknown clinics are not cached: adding one shows at once. */
export function createClinicDirectory(system: Pick<System, 'table' | 'clock' | 'secrets'>): ClinicDirectory {
  const cache = new Map<string, Cached>();
  return {
    async load(clinicId) {
      const nowMs = epochMs(system.clock.now());
      const cached = cache.get(clinicId);
      if (cached !== undefined && nowMs - cached.atMs < cacheMs && nowMs >= cached.atMs) return cached.clinic;
      const clinic = await readClinic(system, clinicId);
      if (clinic === undefined) cache.delete(clinicId);
      else cache.set(clinicId, { atMs: nowMs, clinic });
      return clinic;
    },
  };
}

/** The clinic as it is in the table now. */
export async function readClinic(
  system: Pick<System, 'table' | 'secrets'>,
  clinicId: string,
): Promise<Clinic | undefined> {
  const [config, sealed] = await Promise.all([
    system.table.get(clinicRowKey(clinicId)),
    system.table.get(clinicSecretsRowKey(clinicId)),
  ]);
  if (config === undefined) return undefined;
  const secrets = await system.secrets.current();
  // Loaded with the first clinic: building the schema is a tenth of a cold start, and receipts need none.
  const { storedClinicConfig } = await import('@aftercare/contract/clinic-config');
  const parsed = storedClinicConfig.parse(config.config);
  const clinic: Clinic = {
    config: parsed,
    webhookSecrets: sealed === undefined ? [] : openSecrets(clinicId, sealed, secrets.dataKeys),
  };
  if (parsed.ownProtocols === undefined || parsed.ownProtocols.length === 0) return clinic;
  return { ...clinic, protocols: await readOwnProtocols(system, clinicId, parsed.ownProtocols) };
}

/** The release a session is pinned to: one of ours, or one that the clinic brought. */
export function releaseOf(
  clinic: Pick<Clinic, 'protocols'>,
  id: string,
  version: number,
): ProtocolRelease | undefined {
  const isIt = (release: ProtocolRelease): boolean => release.id === id && release.version === version;
  return findRelease(id, version) ?? clinic.protocols?.find(isIt);
}

/** Whether proactive sending is stopped, for this clinic or for all. Read each time: it must hold at once. */
export async function isPaused(system: Pick<System, 'table'>, clinicId: string): Promise<boolean> {
  const rows = await Promise.all([
    system.table.get(clinicSwitchRowKey(clinicId)),
    system.table.get(systemSwitchRowKey),
  ]);
  return rows.some((row) => row !== undefined && switchRow.parse(row).paused);
}
