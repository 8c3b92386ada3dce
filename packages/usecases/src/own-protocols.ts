import { createHash } from 'node:crypto';
import { isOwnRelease, type ProtocolRelease } from '@aftercare/protocol/release';
import { protocolRow } from './clinic-rows.ts';
import { protocolRowKey } from './keys.ts';
import type { System } from './ports.ts';

/** Names one version of a protocol. */
export type ProtocolName = { readonly id: string; readonly version: number };

/**
 * The protocols that a clinic brought, as they were stored after their lint (`clinic protocol`). One that
 * is missing, or not what was sealed, is left out: nothing is sent under it, and its rows say why.
 */
export async function readOwnProtocols(
  system: Pick<System, 'table'>,
  clinicId: string,
  names: readonly ProtocolName[],
): Promise<readonly ProtocolRelease[]> {
  const items = await Promise.all(
    names.map(({ id, version }) => system.table.get(protocolRowKey(clinicId, id, version))),
  );
  return items.flatMap((item) => {
    if (item === undefined) return [];
    const { document, seal } = protocolRow.parse(item);
    if (sealOf(document) !== seal) return [];
    const release: unknown = JSON.parse(document);
    return isOwnRelease(release) ? [release] : [];
  });
}

/** SHA-256 in hex. */
export const sealOf = (document: string): string => createHash('sha256').update(document).digest('hex');
