import { lifeCommands } from './administration/clinic-life.ts';
import { peopleCommands } from './administration/clinic-people.ts';
import { runProgram } from './administration/command.ts';
import { processTerminal } from './administration/process-terminal.ts';

/** `npx pnpm@12 clinic …`: add, configure, pause, export and remove clinics (issue 6). */
process.exitCode = await runProgram(
  'clinic',
  { ...lifeCommands, ...peopleCommands },
  process.argv.slice(2),
  processTerminal(),
);
