import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mountConsole } from '@aftercare/local/runtime/console-pages';
import { startLocalRuntime } from '@aftercare/local/runtime/local-runtime';

export type ConsoleSystem = {
  /** Without a slash at the end. */
  readonly url: string;
  readonly stop: () => Promise<void>;
};

/** A Monday morning in New York: office hours, and no daylight saving change within the two weeks. */
const startedAtMs = Date.parse('2026-11-09T15:00:00Z');

/** The whole system on a free port, as `start` runs it, in a folder of its own; its wall clock starts on that Monday. */
export async function startConsoleSystem(): Promise<ConsoleSystem> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-console-'));
  const beganMs = performance.now();
  const started = await startLocalRuntime({
    folder,
    port: 0,
    wallMs: () => Math.floor(startedAtMs + performance.now() - beganMs),
    ticking: true,
    pages: mountConsole,
  });
  if (!started.ok) throw new Error(started.message);
  const { runtime } = started;
  return {
    url: runtime.info.endpoints.api.replace('127.0.0.1', 'localhost'),
    stop: async () => {
      await runtime.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
