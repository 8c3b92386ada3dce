import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type PlantedFault, plantedFaults } from './planted-faults.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The source with the fault in it. Throws unless `find` stands there exactly once. */
export function withFault(fault: PlantedFault, source: string): string {
  const parts = source.split(fault.find);
  if (parts.length !== 2) {
    throw new Error(
      `planted fault "${fault.name}" fits ${parts.length - 1} times in ${fault.file}, not once`,
    );
  }
  return parts.join(fault.replace);
}

/**
 * From now on modules are loaded with the fault in them. Call it before anything of the system is imported.
 */
export function plantFault(name: string): void {
  const fault = plantedFaults.find((candidate) => candidate.name === name);
  if (fault === undefined) throw new Error(`no planted fault is called "${name}"`);
  const path = `${root}${fault.file}`;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.startsWith('file:') || fileURLToPath(url) !== path) return loaded;
      const source =
        typeof loaded.source === 'string'
          ? loaded.source
          : Buffer.from(loaded.source as Uint8Array).toString();
      return { ...loaded, source: withFault(fault, source) };
    },
  });
}
