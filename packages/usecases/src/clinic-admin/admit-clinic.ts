import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { clinicConfig } from '@aftercare/contract/clinic-file';
import { webhookSecretOf } from '@aftercare/contract/request-signature';
import { type FieldError, type Validated, validate } from '@aftercare/contract/validate';
import { type SecretsRow, sealSecret } from '../clinic-secrets.ts';
import type { System, Write } from '../ports.ts';
import { addClinic } from './add-clinic.ts';
import { holdsProtocol, unknownProtocol } from './bring-protocol.ts';
import { type AdminReach, type ConfigChange, changeConfig } from './clinic-row.ts';
import { claimNumber, clinicNumbers, retireNumber, takenNumbers } from './number-rows.ts';

export type SecretReach = AdminReach & Pick<System, 'secrets'>;

export type AdmitOutcome =
  /** The webhook secret is shown this once; the table holds it sealed only. */
  | { readonly kind: 'added'; readonly config: ClinicConfig; readonly webhookSecret: string }
  | { readonly kind: 'exists' }
  | { readonly kind: 'invalid'; readonly errors: readonly FieldError[] };

const secretBytes = 32;

/** Adds a clinic from its configuration file, validated like a request body; all wrong fields at once. */
export async function admitClinic(system: SecretReach, file: unknown): Promise<AdmitOutcome> {
  const read = validate(clinicConfig, file);
  if (!read.ok) return { kind: 'invalid', errors: read.errors };
  // A protocol of its own comes by `clinic protocol`, which a clinic must exist for.
  const { ownProtocols: _later, ...rest } = read.value;
  const config: ClinicConfig = rest;
  if (!holdsProtocol(config, config.protocol))
    return { kind: 'invalid', errors: [unknownProtocol('protocol')] };
  const taken = await takenNumbers(system, config);
  if (taken.length > 0) return { kind: 'invalid', errors: taken };
  const webhookSecret = webhookSecretOf(system.random.bytes(secretBytes));
  const added = await addClinic(system, config, webhookSecret);
  switch (added.kind) {
    case 'added':
      return { kind: 'added', config, webhookSecret };
    case 'clinic_exists':
      return { kind: 'exists' };
    case 'number_taken': {
      const message = 'must not be a number of another clinic';
      return { kind: 'invalid', errors: [{ path: added.field, code: 'number_taken', message }] };
    }
  }
}

/** A fresh webhook secret, open and sealed. */
export async function newSecret(
  system: SecretReach,
  clinicId: string,
): Promise<{ readonly secret: string; readonly entry: SecretsRow['webhookSecrets'][number] }> {
  const { dataKeys } = await system.secrets.current();
  const dataKey = dataKeys[0];
  if (dataKey === undefined) throw new Error('The system secret holds no data key');
  const secret = webhookSecretOf(system.random.bytes(secretBytes));
  const now = system.clock.now();
  const sealed = sealSecret(clinicId, secret, dataKey, system.random);
  return { secret, entry: { id: system.random.ulid(now), sealed, createdAt: now } };
}

/**
 * Replaces a clinic's configuration by a whole file. Approvals are not taken from the file: they come by
 * `clinic approve` only. A number that is no longer used answers that it is not monitored.
 */
export async function updateClinic(
  system: AdminReach,
  clinicId: string,
  file: unknown,
  by: string,
): Promise<ConfigChange> {
  const read = validate(clinicConfig, file);
  if (!read.ok) return { kind: 'invalid', errors: read.errors };
  if (read.value.clinicId !== clinicId) {
    const message = 'must be the clinic that is updated; an id never changes';
    return { kind: 'invalid', errors: [{ path: 'clinicId', code: 'id_mismatch', message }] };
  }
  const taken = await takenNumbers(system, read.value);
  if (taken.length > 0) return { kind: 'invalid', errors: taken };
  const happening = { type: 'clinic.updated', text: `The configuration was replaced by ${by}.` };
  return changeConfig(
    system,
    clinicId,
    happening,
    (stored) => replacedBy(stored, read.value),
    (before, after) => numberChanges(system, before, after),
  );
}

/** What a file does not bring stays: signatures, and protocols of the clinic's own. */
function replacedBy(stored: ClinicConfig, file: ClinicConfig): Validated<ClinicConfig> {
  const { ownProtocols: _own, ...read } = file;
  const kept = stored.ownProtocols === undefined ? {} : { ownProtocols: stored.ownProtocols };
  const value: ClinicConfig = { ...read, ...kept, approvals: stored.approvals };
  if (!holdsProtocol(value, value.protocol)) return { ok: false, errors: [unknownProtocol('protocol')] };
  return { ok: true, value };
}

function numberChanges(system: AdminReach, before: ClinicConfig, after: ClinicConfig): Write[] {
  const kept = new Set(clinicNumbers(after).map(({ e164 }) => e164));
  const answer = { retiredAt: system.clock.now(), phone: mainPhone(after) };
  return [
    ...clinicNumbers(after).map(({ e164, role }) => claimNumber(after.clinicId, e164, role)),
    ...clinicNumbers(before)
      .filter(({ e164 }) => !kept.has(e164))
      .map(({ e164 }) => retireNumber(after.clinicId, e164, answer)),
  ];
}

/** The voice line of the default location. */
export function mainPhone(config: ClinicConfig): string {
  const main = config.locations.find((place) => place.locationId === config.defaultLocationId);
  return main?.phone ?? config.patientNumber;
}
