import { fileURLToPath } from 'node:url';
import { readVersion } from '@aftercare/cli/preview/content-files';

export const CONTENT_FOLDER = fileURLToPath(new URL('../../packages/protocol/content', import.meta.url));
export const VERSION = 'microneedling/v1';

/** A fresh copy of the bundled version's files, for a test to break. */
export function bundledFiles(): Record<string, unknown> {
  return readVersion(CONTENT_FOLDER, VERSION).files;
}

/**
 * The files with one value at a dotted path replaced; throws when the path leads nowhere, so a test cannot
 * pass by a typo.
 */
export function withChange(
  file: string,
  path: string,
  change: (value: unknown) => unknown,
): Record<string, unknown> {
  const files = bundledFiles();
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let holder = files[file] as Record<string, unknown>;
  for (const key of keys) holder = holder[key] as Record<string, unknown>;
  if (!Object.hasOwn(holder, last)) throw new Error(`no ${path} in ${file}`);
  holder[last] = change(holder[last]);
  return files;
}
