import { parentPort, workerData } from 'node:worker_threads';
import { plantFault } from './plant-hook.ts';

/** One worker: runs the seeds it is sent, one after the other, and sends back what each came to. */
const { plant } = workerData as { readonly plant?: string };
if (plant !== undefined) plantFault(plant);
// Only now, so that a planted fault is in what is loaded.
const { runSeed } = await import('./run-seed.ts');

parentPort?.on('message', (seed: number) => {
  void runSeed(seed).then((result) => parentPort?.postMessage(result));
});
