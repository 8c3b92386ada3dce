import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { type SecretsRow, sealSecret, secretsRow } from '../clinic-secrets.ts';
import { clinicRegistryRowKey, clinicRowKey, clinicSecretsRowKey } from '../keys.ts';
import type { Put, System } from '../ports.ts';
import { putRow, toItem } from '../row-item.ts';
import { claimNumber } from './number-rows.ts';

export type AddClinicOutcome =
  | { readonly kind: 'added' }
  | { readonly kind: 'clinic_exists' }
  | { readonly kind: 'number_taken'; readonly field: 'patientNumber' | 'alertNumber' };

/**
 * Adds a clinic: configuration, sealed webhook secret, its two numbers and its place in the registry, all or
 * nothing. A number belongs to one clinic only, because inbound texts are routed by it.
 */
export async function addClinic(
  system: Pick<System, 'table' | 'secrets' | 'clock' | 'random'>,
  config: ClinicConfig,
  webhookSecret: string,
): Promise<AddClinicOutcome> {
  const { clinicId } = config;
  const writes = [
    configPut(config),
    await secretsPut(system, clinicId, webhookSecret),
    claimNumber(clinicId, config.patientNumber, 'patient'),
    claimNumber(clinicId, config.alertNumber, 'alert'),
    registryPut(clinicId),
  ];
  const result = await system.table.transact(writes);
  if (result.ok) return { kind: 'added' };
  const failed = new Set(result.failed.map((failure) => failure.index));
  if (failed.has(2)) return { kind: 'number_taken', field: 'patientNumber' };
  if (failed.has(3)) return { kind: 'number_taken', field: 'alertNumber' };
  return { kind: 'clinic_exists' };
}

const configPut = (config: ClinicConfig): Put => ({
  write: 'put',
  item: {
    ...clinicRowKey(config.clinicId),
    row: 'clinic',
    clinicId: config.clinicId,
    config: toItem(config),
    version: 1,
  },
  condition: { is: 'absent' },
});

async function secretsPut(
  system: Pick<System, 'secrets' | 'clock' | 'random'>,
  clinicId: string,
  webhookSecret: string,
): Promise<Put> {
  const [dataKey] = (await system.secrets.current()).dataKeys;
  if (dataKey === undefined) throw new Error('There is no data key to seal a clinic secret under');
  const now = system.clock.now();
  const row: SecretsRow = {
    ...clinicSecretsRowKey(clinicId),
    row: 'secrets',
    webhookSecrets: [
      {
        id: system.random.ulid(now),
        sealed: sealSecret(clinicId, webhookSecret, dataKey, system.random),
        createdAt: now,
      },
    ],
  };
  return putRow(secretsRow, row, { is: 'absent' });
}

const registryPut = (clinicId: string): Put => ({
  write: 'put',
  item: { ...clinicRegistryRowKey(clinicId), row: 'registry', clinicId },
});
