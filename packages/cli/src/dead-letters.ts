import { runProgram } from './administration/command.ts';
import { deadLetterCommands } from './administration/dead-letter-commands.ts';
import { processTerminal } from './administration/process-terminal.ts';

/** `npx pnpm@12 dead-letters …`: look at what was given up, and give it another try (issue 6, point 8). */
process.exitCode = await runProgram(
  'dead-letters',
  deadLetterCommands(process.env),
  process.argv.slice(2),
  processTerminal(),
);
