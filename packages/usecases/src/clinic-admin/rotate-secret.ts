import { type SecretsRow, secretsRow } from '../clinic-secrets.ts';
import { clinicSecretsRowKey } from '../keys.ts';
import type { Condition, System } from '../ports.ts';
import { putRow, toJson } from '../row-item.ts';
import { newSecret, type SecretReach } from './admit-clinic.ts';
import { clinicHistory, readStoredClinic } from './clinic-row.ts';

export type RotateOutcome =
  /** Both secrets are active now; the new one is shown this once. */
  | { readonly kind: 'added'; readonly webhookSecret: string }
  | { readonly kind: 'finished'; readonly removed: number }
  /** Starting again would cut off whoever still signs with the older of the two. */
  | { readonly kind: 'rotation_open'; readonly since: string }
  | { readonly kind: 'no_clinic' };

/**
 * Rotation by overlap (issue 6): `start` adds a second active secret, `finish` removes the older one when
 * the clinic signs with the new. Nothing is redeployed; both steps are known everywhere within 60 s.
 */
export async function rotateSecret(
  system: SecretReach,
  clinicId: string,
  step: 'start' | 'finish',
  by: string,
): Promise<RotateOutcome> {
  if ((await readStoredClinic(system, clinicId)) === undefined) return { kind: 'no_clinic' };
  const item = await system.table.get(clinicSecretsRowKey(clinicId));
  const held = item === undefined ? [] : secretsRow.parse(item).webhookSecrets;
  const newest = [...held].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  if (step === 'finish') {
    const kept = newest.slice(0, 1);
    if (kept.length < held.length)
      await save(system, clinicId, held, kept, `Older secrets were removed by ${by}.`);
    return { kind: 'finished', removed: held.length - kept.length };
  }
  const latest = newest[0];
  if (latest !== undefined && held.length > 1) return { kind: 'rotation_open', since: latest.createdAt };
  const { secret, entry } = await newSecret(system, clinicId);
  await save(system, clinicId, held, [entry, ...newest], `A new secret was added by ${by}.`);
  return { kind: 'added', webhookSecret: secret };
}

async function save(
  system: SecretReach,
  clinicId: string,
  read: SecretsRow['webhookSecrets'],
  next: SecretsRow['webhookSecrets'],
  text: string,
): Promise<void> {
  const asRead: Condition =
    read.length === 0 ? { is: 'absent' } : { is: 'equal', attribute: 'webhookSecrets', value: toJson(read) };
  const written = await system.table.transact([
    putRow(secretsRow, { ...clinicSecretsRowKey(clinicId), row: 'secrets', webhookSecrets: next }, asRead),
    ...clinicHistory(system, clinicId, 'clinic.secret_rotated', text),
  ]);
  if (!written.ok) throw new Error('The secrets were changed at the same moment by somebody else; try again');
}

/** When each active secret was made, newest first; never what it is. */
export async function secretAges(
  system: Pick<System, 'table'>,
  clinicId: string,
): Promise<readonly string[]> {
  const item = await system.table.get(clinicSecretsRowKey(clinicId));
  if (item === undefined) return [];
  return secretsRow
    .parse(item)
    .webhookSecrets.map(({ createdAt }) => createdAt)
    .sort()
    .reverse();
}
