import { enableCompileCache } from 'node:module';

// Compiled code is kept between runs (in the system's temporary folder): a quarter of a short walk's time.
enableCompileCache();
const { journeyCommand } = await import('./journey/journey-command.ts');
process.exitCode = await journeyCommand(process.argv.slice(2));
