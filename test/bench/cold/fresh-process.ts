import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/**
 * What Lambda does with a bundle, in a process of its own: import it, then hand it one event. Prints how long
 * both took, on the clock and on the processor. Called with the bundle's file and the event's.
 */
const [bundle = '', eventFile = ''] = process.argv.slice(2);
const event: unknown = JSON.parse(readFileSync(eventFile, 'utf8'));
const context = { awsRequestId: 'bench', functionName: 'bench', getRemainingTimeInMillis: () => 15_000 };

const usedBefore = process.cpuUsage();
const startedMs = performance.now();
const { handler } = await import(pathToFileURL(bundle).href);
const importedMs = performance.now();
const result: unknown = await handler(event, context);
const answeredMs = performance.now();
const used = process.cpuUsage(usedBefore);

const { statusCode, batchItemFailures = [], body } = Object(result);
const refused = (typeof statusCode === 'number' && statusCode >= 300) || batchItemFailures.length > 0;
const spent = {
  importMs: importedMs - startedMs,
  bothMs: answeredMs - startedMs,
  cpuMs: (used.user + used.system) / 1000,
  ...(refused ? { problem: `${statusCode} ${body}` } : {}),
};
console.error(JSON.stringify(spent));
process.exit(0);
