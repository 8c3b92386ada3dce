import { startServices } from './emulated-services.ts';

/**
 * The emulated services in a process of their own, so that their work is not counted as the caller's: prints
 * where they are as one line of JSON and ends when its input does. Called with the folder of their files.
 */
const { info, secrets, folder, stop } = await startServices(process.argv[2]);
console.log(JSON.stringify({ info, secrets, folder }));
process.stdin.resume();
process.stdin.once('end', () => void stop().then(() => process.exit(0)));
