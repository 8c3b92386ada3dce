import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSystemSecrets } from '@aftercare/adapters/secrets/system-secrets';
import type { LocalInfo } from '@aftercare/local/runtime/control-api';
import { startLocalRuntime } from '@aftercare/local/runtime/local-runtime';
import { epochMs, type Instant } from '@aftercare/time/instant';
import type { SystemSecrets } from '@aftercare/usecases/ports';

/** The emulated AWS and Twilio that functions are measured against. */
export type EmulatedServices = {
  readonly info: LocalInfo;
  readonly secrets: SystemSecrets;
  readonly folder: string;
};

/** When every measurement begins: a Saturday, 11:30 in Miami, inside every window. */
export const startsAt: Instant = '2026-11-21T16:30:00.000Z';

/**
 * The embedded database and the emulators on a clock that stands still, with the sample clinic stored.
 * Nothing moves by itself: no schedule fires, no queue is read, no callback leaves.
 *
 * @param folder where their files are kept; a new one, removed with `stop`, when left out
 */
export async function startServices(
  folder?: string,
): Promise<EmulatedServices & { readonly stop: () => Promise<void> }> {
  const place = folder ?? mkdtempSync(join(tmpdir(), 'aftercare-bench-'));
  const wallMs = (): number => epochMs(startsAt);
  const started = await startLocalRuntime({ folder: place, port: 0, wallMs, ticking: false });
  if (!started.ok) throw new Error(started.message);
  const { runtime } = started;
  return {
    info: runtime.info,
    secrets: parseSystemSecrets(readFileSync(join(place, 'secrets.json'), 'utf8')),
    folder: place,
    stop: async () => {
      await runtime.stop();
      if (folder === undefined) rmSync(place, { recursive: true, force: true });
    },
  };
}
