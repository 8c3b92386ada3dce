import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { FieldError } from '@aftercare/contract/validate';
import { findRelease, type ProtocolRelease } from '@aftercare/protocol/release';
import { protocolRow } from '../clinic-rows.ts';
import { protocolRowKey } from '../keys.ts';
import { type ProtocolName, sealOf } from '../own-protocols.ts';
import type { Put } from '../ports.ts';
import { putRow } from '../row-item.ts';
import { type AdminReach, type ConfigChange, changeConfig } from './clinic-row.ts';

/**
 * Stores a protocol of the clinic's own and lets new sessions use it; sessions that run stay with the
 * version they are pinned to. A version never changes: the same words again change nothing, other words
 * need a higher version. Nothing of it is sent before a clinician has signed it for the clinic
 * (product-rules 1). The caller has read it with the schema and linted it.
 */
export async function bringProtocol(
  system: AdminReach,
  clinicId: string,
  release: ProtocolRelease,
  by: string,
): Promise<ConfigChange> {
  const { id, version } = release;
  if (findRelease(id, version) !== undefined)
    return refused('id', 'must not be the id of one of our protocols');
  const document = JSON.stringify(release);
  const held = await system.table.get(protocolRowKey(clinicId, id, version));
  if (held !== undefined && protocolRow.parse(held).document !== document)
    return refused(
      'version',
      'must be higher: this version is stored with other words, and may have been sent',
    );
  const happening = {
    type: 'clinic.protocol_brought',
    text: `Protocol ${id} v${version} was brought by ${by}; new sessions use it.`,
  };
  const put: Put = putRow(protocolRow, {
    ...protocolRowKey(clinicId, id, version),
    row: 'protocol',
    clinicId,
    id,
    version,
    document,
    seal: sealOf(document),
    broughtAt: system.clock.now(),
  });
  return changeConfig(
    system,
    clinicId,
    happening,
    (config) => ({ ok: true, value: usingOwn(config, { id, version }) }),
    () => (held === undefined ? [{ ...put, condition: { is: 'absent' } }] : []),
  );
}

function usingOwn(config: ClinicConfig, name: ProtocolName): ClinicConfig {
  const others = (config.ownProtocols ?? []).filter((one) => !isSame(one, name));
  return { ...config, ownProtocols: [...others, name], protocol: name };
}

const isSame = (a: ProtocolName, b: ProtocolName): boolean => a.id === b.id && a.version === b.version;

/** Whether the system can compose under it: one of ours, or one that this clinic brought. */
export function holdsProtocol(config: Pick<ClinicConfig, 'ownProtocols'>, name: ProtocolName): boolean {
  if (findRelease(name.id, name.version) !== undefined) return true;
  return (config.ownProtocols ?? []).some((one) => isSame(one, name));
}

export const unknownProtocol = (path: string): FieldError => ({
  path,
  code: 'not_found',
  message: 'must be a version of a protocol that this system holds',
});

function refused(path: string, message: string): ConfigChange {
  return { kind: 'invalid', errors: [{ path, code: 'protocol_exists', message }] };
}
