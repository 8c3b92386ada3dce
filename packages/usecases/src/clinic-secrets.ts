import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import * as z from 'zod/mini';
import type { Item, Random } from './ports.ts';

/**
 * Clinic webhook secrets live in the table, sealed under a data key that only Secrets Manager holds, so that
 * a copy of the table forges nothing. AES-256-GCM; the clinic id is bound as associated data, so that one
 * clinic's sealed secret cannot be moved into another clinic's row.
 */

type DataKey = { readonly id: string; readonly key: string };

export const secretsRow = z.object({
  pk: z.string(),
  sk: z.string(),
  row: z.literal('secrets'),
  webhookSecrets: z.array(z.object({ id: z.string(), sealed: z.string(), createdAt: z.string() })),
});
export type SecretsRow = z.infer<typeof secretsRow>;

const keys = new WeakMap<DataKey, KeyObject>();

/** Taking a key's bytes anew costs three times as much as sealing a short text with it. */
function keyOf(dataKey: DataKey): KeyObject {
  const known = keys.get(dataKey);
  if (known !== undefined) return known;
  const key = createSecretKey(Buffer.from(dataKey.key, 'base64'));
  keys.set(dataKey, key);
  return key;
}

/** `keyId.iv.tag.ciphertext`, the last three base64url. */
export function sealSecret(
  clinicId: string,
  secret: string,
  dataKey: DataKey,
  random: Pick<Random, 'bytes'>,
): string {
  const iv = random.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(dataKey), iv);
  cipher.setAAD(Buffer.from(clinicId));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  const parts = [Buffer.from(iv), cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'));
  return [dataKey.id, ...parts].join('.');
}

/** Throws when the key is not among those given, or the text was changed or belongs to another clinic. */
export function openSecret(clinicId: string, sealedText: string, dataKeys: readonly DataKey[]): string {
  const [keyId, iv, tag, sealed] = sealedText.split('.');
  const dataKey = dataKeys.find((candidate) => candidate.id === keyId);
  if (dataKey === undefined || iv === undefined || tag === undefined || sealed === undefined) {
    throw new Error('A sealed clinic secret names no data key that is active');
  }
  const decipher = createDecipheriv('aes-256-gcm', keyOf(dataKey), Buffer.from(iv, 'base64url'));
  decipher.setAAD(Buffer.from(clinicId));
  decipher.setAuthTag(Buffer.from(tag, 'base64url'));
  return Buffer.concat([decipher.update(Buffer.from(sealed, 'base64url')), decipher.final()]).toString(
    'utf8',
  );
}

/** The open secrets of a clinic, newest first. */
export function openSecrets(clinicId: string, item: Item, dataKeys: readonly DataKey[]): readonly string[] {
  const row = secretsRow.parse(item);
  return [...row.webhookSecrets]
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    .map((secret) => openSecret(clinicId, secret.sealed, dataKeys));
}
