import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSystemSecrets } from '@aftercare/adapters/secrets/system-secrets';
import { webhookSecretOf } from '@aftercare/contract/request-signature';
import type { SystemSecrets } from '@aftercare/usecases/ports';
import * as z from 'zod';

/**
 * What Secrets Manager holds on AWS, and the sample clinic's webhook secret, which only its own software
 * knows there.
 */
export type LocalSecrets = { readonly system: SystemSecrets; readonly sampleWebhookSecret: string };

export type ReadLocalSecrets =
  | { readonly ok: true; readonly secrets: LocalSecrets }
  | { readonly ok: false; readonly message: string };

const sampleSchema = z.object({ sampleWebhookSecret: z.string().startsWith('whsec_') });

/**
 * Reads `secrets.json` in LOCAL_DATA, or makes it at the first start. Every value is random and of this
 * folder only.
 */
export function readLocalSecrets(folder: string): ReadLocalSecrets {
  const file = join(folder, 'secrets.json');
  try {
    const text = readOrCreate(file);
    const { sampleWebhookSecret } = sampleSchema.parse(JSON.parse(text));
    return { ok: true, secrets: { system: parseSystemSecrets(text), sampleWebhookSecret } };
  } catch (error) {
    const damaged = error instanceof z.ZodError || error instanceof SyntaxError;
    const cause = damaged || !(error instanceof Error) ? 'it is damaged' : error.message;
    const out = 'Put it back, or set LOCAL_DATA to a new folder: what is stored can only be read with it.';
    return { ok: false, message: `${file} cannot be used (${cause}). ${out}` };
  }
}

function readOrCreate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const text = JSON.stringify(generated(), undefined, 2);
    writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
    return text;
  }
}

function generated(): SystemSecrets & { sampleWebhookSecret: string } {
  return {
    twilioAccountSid: `AC${randomBytes(16).toString('hex')}`,
    twilioAuthTokens: [randomBytes(16).toString('hex')],
    phonePepper: randomBytes(32).toString('base64'),
    dataKeys: [{ id: 'local-1', key: randomBytes(32).toString('base64') }],
    sampleWebhookSecret: webhookSecretOf(randomBytes(32)),
  };
}
