import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import type { EmulatedServices } from './emulated-services.ts';

const script = fileURLToPath(new URL('./services-process.ts', import.meta.url));

/** The emulated services in another process, on the files in `folder`. */
export async function startSeparateServices(
  folder: string,
): Promise<{ readonly services: EmulatedServices; readonly stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(createInterface(child.stdout), 'line');
  const services: EmulatedServices = JSON.parse(String(line));
  return {
    services,
    stop: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
