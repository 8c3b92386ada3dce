import { type ClinicConfig, storedClinicConfig } from '@aftercare/contract/clinic-config';
import type { FieldError, Validated } from '@aftercare/contract/validate';
import * as z from 'zod';
import { clinicPartition, clinicRowKey } from '../keys.ts';
import type { Put, System, Write } from '../ports.ts';
import { putRow, toJson } from '../row-item.ts';
import { looseEvents } from '../timeline.ts';

/**
 * The stored configuration. `version` binds a change to what was read; two operators never overwrite each
 * other.
 */
export const clinicRow = z.object({
  pk: z.string(),
  sk: z.string(),
  row: z.literal('clinic'),
  clinicId: z.string(),
  config: z.json(),
  version: z.number().int(),
  /** When `clinic export` last wrote everything out; a change of any kind makes it stale. */
  exportedAt: z.string().optional(),
  changedAt: z.string(),
});
export type ClinicRow = z.infer<typeof clinicRow>;

export type StoredClinic = { readonly row: ClinicRow; readonly config: ClinicConfig };

/** What administration reaches. `by` in every command is who did it, for the clinic's history. */
export type AdminReach = Pick<System, 'table' | 'clock' | 'random'>;

/** The clinic as it is in the table now; undefined when there is none. */
export async function readStoredClinic(
  system: Pick<System, 'table'>,
  clinicId: string,
): Promise<StoredClinic | undefined> {
  const item = await system.table.get(clinicRowKey(clinicId));
  if (item === undefined) return undefined;
  const row = clinicRow.parse({ version: 0, changedAt: '', ...item, row: 'clinic', clinicId });
  return { row, config: storedClinicConfig.parse(row.config) };
}

/** The put that replaces the configuration only if nobody did since it was read. */
export function replaceConfig(stored: StoredClinic, config: ClinicConfig, changedAt: string): Put {
  const { exportedAt: _stale, ...row } = stored.row;
  const next: ClinicRow = { ...row, config: toJson(config), version: row.version + 1, changedAt };
  const unchanged = { is: 'equal', attribute: 'version', value: row.version } as const;
  const unversioned = { is: 'attributeAbsent', attribute: 'version' } as const;
  return putRow(clinicRow, next, row.version === 0 ? unversioned : unchanged);
}

/** One line in the clinic's own history: what was changed and by whom, never a number or a name. */
export function clinicHistory(
  system: Pick<System, 'clock' | 'random'>,
  clinicId: string,
  type: string,
  text: string,
): Write[] {
  const owner = { pk: clinicPartition(clinicId), clinicId };
  return looseEvents(system.random, system.clock.now(), owner, { type, text });
}

export type ConfigChange =
  | { readonly kind: 'changed'; readonly config: ClinicConfig }
  | { readonly kind: 'no_clinic' }
  | { readonly kind: 'invalid'; readonly errors: readonly FieldError[] };

const attempts = 5;

/**
 * Changes a configuration: reads, lets `change` decide, writes under the version read; reads again after a
 * conflict. `also` are writes that must agree with it. Takes effect within 60 s, the time that
 * configurations are cached.
 */
export async function changeConfig(
  system: AdminReach,
  clinicId: string,
  happening: { readonly type: string; readonly text: string },
  change: (config: ClinicConfig) => Validated<ClinicConfig>,
  also: (before: ClinicConfig, after: ClinicConfig) => readonly Write[] = () => [],
): Promise<ConfigChange> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const stored = await readStoredClinic(system, clinicId);
    if (stored === undefined) return { kind: 'no_clinic' };
    const changed = change(stored.config);
    if (!changed.ok) return { kind: 'invalid', errors: changed.errors };
    const written = await system.table.transact([
      replaceConfig(stored, changed.value, system.clock.now()),
      ...clinicHistory(system, clinicId, happening.type, happening.text),
      ...also(stored.config, changed.value),
    ]);
    if (written.ok) return { kind: 'changed', config: changed.value };
  }
  throw new Error('A clinic met other writers too often');
}
