import { readFile } from 'node:fs/promises';
import type { Clock, Secrets } from '@aftercare/usecases/ports';
import { cachedSecrets } from './cached-secrets.ts';
import { parseSystemSecrets } from './system-secrets.ts';

/** The same JSON text in a file, for one machine. */
export function createSecretFileSecrets(options: { readonly path: string; readonly clock: Clock }): Secrets {
  return cachedSecrets(options.clock, async () => parseSystemSecrets(await readFile(options.path, 'utf8')));
}
